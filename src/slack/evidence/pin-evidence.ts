import { doneLine } from '../../../blocks/done.ts';
import { sayEvidence } from '../../domain/draft-update.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { EvidenceNote } from '../../domain/evidence-note.ts';
import type { Incident } from '../../domain/incident.ts';
import { act } from '../../flows/act.ts';
import { type Asked, askerOf, readingOf } from '../call.ts';
import type { Said } from '../command-row.ts';
import { SlackRefusal } from '../outbound/contract.ts';

/**
 * Puts a card on the timeline, as 📌 does with a message, and among the channel's pins; unpinning it takes it off again.
 * The click is on the card, so its message is Slack's own word.
 */
export async function pinEvidence(asked: Asked, incident: Incident, note: EvidenceNote): Promise<Said> {
  const { bot, request } = asked;
  const { channel, ts } = request;
  if (channel === undefined || ts === undefined || channel !== incident.channel)
    throw new RuleViolation('pin-elsewhere', `Only a card in the incident's channel can be pinned there.`);
  if (incident.entries.some((one) => one.message.ts === ts))
    throw new RuleViolation('pinned', `${note.id} is pinned already. Unpin its card to take it off again.`);
  const permalink = await bot.looks.permalink({ channel, ts });
  await act(
    bot.world,
    incident,
    {
      type: 'add-entry',
      message: { channel, ts, ...(permalink !== undefined && { permalink }) },
      text: sayEvidence(note),
      author: note.askedBy,
      writtenAt: note.askedAt,
      how: 'pin',
    },
    askerOf(request),
  );
  const refused = await pinned(asked, { channel, ts });
  const said =
    refused === undefined ? 'pinned, and on the timeline' : `on the timeline, but not pinned: ${refused}`;
  return {
    kind: 'private',
    message: doneLine(incident, `${note.id} is ${said}.`, await readingOf(asked, incident)),
  };
}

/** The timeline has it whatever Slack says of the pin; answers why there is none. */
async function pinned(
  { bot }: Asked,
  at: { readonly channel: string; readonly ts: string },
): Promise<string | undefined> {
  try {
    await bot.door.pin(at);
    await bot.door.react(at, bot.rules.recordedEmoji);
    return undefined;
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return `Slack says ${error.reason}${error.needed === undefined ? '' : `, it needs ${error.needed}`}`;
  }
}
