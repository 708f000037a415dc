import { draftMessage } from '../../blocks/draft.ts';
import { updateHints } from '../../blocks/hints.ts';
import { refusal } from '../../blocks/notice.ts';
import type { Incident, PersonId } from '../domain/incident.ts';
import type { Duration } from '../domain/time.ts';
import { hintsFor, type UpdateFields } from '../domain/update.ts';
import { act } from '../flows/act.ts';
import { HELD_WORDS, holdUpdate, whyHeld } from '../flows/hold-update.ts';
import { doneUnder } from '../flows/incident-of.ts';
import { type Asked, askerOf, readingOf } from './call.ts';
import type { Said } from './command-row.ts';

const HELD_WHERE =
  'Your update is held and nothing was posted. What to do with it is in your messages with me, on my home tab and in `status`.';

export interface HowPosted {
  readonly next?: Duration;
  /** The promise a click was about. */
  readonly promise?: number;
  /** Who wrote it, where someone else publishes it. */
  readonly author?: PersonId;
  /** Key of the stored draft that this settles. */
  readonly settles?: string;
}

/**
 * Posts an update at once; hints follow privately with *Fix*. Only a secret, a broadcast or the same words again hold it, and
 * then it is kept as a draft of its author.
 */
export async function postUpdate(
  asked: Asked,
  incident: Incident,
  fields: UpdateFields,
  how: HowPosted = {},
): Promise<Said> {
  const { bot, request } = asked;
  const { settles, ...rest } = how;
  const { value: safe, found } = bot.redactor.redactLeaves(fields);
  // Posted before a crash, the same words are this update itself.
  const done = request.resumed && (await doneUnder(bot.world.store, incident, request.key)).length > 0;
  const held = done ? undefined : whyHeld(incident, fields, found.length > 0);
  if (held !== undefined) {
    const draft = await holdUpdate(bot.world, incident, safe, held, request.by);
    const item = {
      incident,
      promise: incident.promise?.number ?? 0,
      fields: safe,
      held: HELD_WORDS[held],
      key: draft.key,
    };
    const message = draftMessage([item], await readingOf(asked, incident));
    if (request.direct) return { kind: 'private', message };
    // An ephemeral is gone with a reload; what somebody must still act on also reaches them by direct message.
    await bot.door.dm(request.by, message, { priority: 0 });
    return { kind: 'private', message: refusal(HELD_WHERE, [], await readingOf(asked, incident)) };
  }
  const { after } = await act(
    bot.world,
    incident,
    { type: 'update', fields: safe, ...rest },
    askerOf(request),
    settles === undefined ? {} : { settled: [settles] },
  );
  const record = after.updates.at(-1);
  const hints = hintsFor(safe, after.evidence);
  if (!record || hints.length === 0) return { kind: 'posted' };
  return { kind: 'posted', also: updateHints(after, record, hints, await readingOf(asked, after)) };
}
