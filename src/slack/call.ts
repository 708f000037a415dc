import type { Reading } from '../../blocks/message.ts';
import type { Incident, PersonId } from '../domain/incident.ts';
import { startedAt } from '../domain/incident.ts';
import type { Instant } from '../domain/time.ts';
import { resolveTime } from '../domain/window.ts';
import type { Asker } from '../flows/act.ts';
import type { Bot } from './bot.ts';
import type { Call } from './command-row.ts';
import { peopleOf, readingFor } from './reading.ts';
import type { Request } from './request.ts';

/** Who asks, for the timeline: the message that asked where there is one. */
export function askerOf(request: Request): Asker {
  const { by, channel, ts, key, resumed } = request;
  return {
    by,
    key,
    ...(resumed && { resumed }),
    ...(channel !== undefined && ts !== undefined && request.kind === 'mention' && { via: { channel, ts } }),
  };
}

export interface Asked {
  readonly bot: Bot;
  readonly request: Request;
}

/** How the asker reads: names looked up, times in their zone. */
export async function readingOf(
  { bot, request }: Asked,
  incident?: Incident,
  more: readonly PersonId[] = [],
): Promise<Reading> {
  const zone = await bot.directory.zone(request.team, request.by);
  const people = [...(incident ? peopleOf(incident) : []), request.by, ...more];
  return readingFor(bot, request.team, people, zone);
}

/** The time that `at:` names, in the asker's zone. */
export async function timeOf(call: Call, incident?: Incident): Promise<Instant | undefined> {
  const { at } = call.options;
  if (at === undefined) return undefined;
  const zone = await call.bot.directory.zone(call.request.team, call.request.by);
  return resolveTime(at, {
    now: call.bot.world.clock.now(),
    zone,
    ...(incident && { incident: { since: startedAt(incident) } }),
  });
}

/** The thread an answer goes to: the one that asked, else under the message that asked. A direct message answers in line. */
export function threadOf(request: Request): string | undefined {
  if (request.direct) return request.thread;
  return request.thread ?? (request.kind === 'mention' || request.kind === 'click' ? request.ts : undefined);
}
