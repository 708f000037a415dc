import type { Reading } from '../../blocks/message.ts';
import type { Incident, MessageRef } from '../domain/incident.ts';
import { type Asked, readingOf } from './call.ts';

/** Addresses asked for at once; those of the newest rows. They never change, so the next look needs fewer. */
const LOOKED_UP = 40;

/** How the asker reads a timeline: with an address for the message behind each row, where Slack tells it. */
export async function linkedReading(asked: Asked, incident: Incident): Promise<Reading> {
  const said = incident.timeline
    .flatMap(({ event }) => (event.via && event.via.permalink === undefined ? [event.via] : []))
    .slice(-LOOKED_UP);
  const links = new Map<string, string>();
  await Promise.all(
    said.map(async (ref) => {
      const address = await asked.bot.looks.permalink({ channel: ref.channel, ts: ref.ts });
      if (address !== undefined) links.set(keyOf(ref), address);
    }),
  );
  const reading = await readingOf(asked, incident);
  return { ...reading, permalink: (ref) => links.get(keyOf(ref)) };
}

function keyOf({ channel, ts }: MessageRef): string {
  return `${channel}/${ts}`;
}
