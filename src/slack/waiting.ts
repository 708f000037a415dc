import type { Waiting } from '../../blocks/waiting.ts';
import type { Incident } from '../domain/incident.ts';
import type { UpdateFields } from '../domain/update.ts';
import { HELD_WORDS, type Held } from '../flows/hold-update.ts';
import { findIncident } from '../flows/incident-of.ts';
import type { Draft } from '../storage/store.ts';
import type { Asked } from './call.ts';
import { maySee } from './target.ts';

/** What a stored draft holds. */
export interface DraftBody {
  readonly fields: UpdateFields;
  readonly promise: number;
  readonly why?: Held;
}

export function bodyOf(draft: Draft): DraftBody {
  return draft.body as unknown as DraftBody;
}

/** What a person must still act on: shown by direct message, home tab and `status`. */
export async function waitingFor(asked: Asked): Promise<readonly Waiting[]> {
  const { bot, request } = asked;
  const waiting: Waiting[] = [];
  for (const draft of await bot.world.store.drafts(request.team, request.by)) {
    const incident =
      draft.incident === undefined
        ? undefined
        : await findIncident(bot.world.store, { team: request.team, number: draft.incident });
    if (incident) waiting.push(waitingOf(draft, incident));
  }
  for (const { ref } of await bot.world.store.list(request.team, { open: true, limit: 50 })) {
    const incident = await findIncident(bot.world.store, ref);
    const offer = incident?.offer;
    if (incident && offer?.to === request.by && (await maySee(asked, incident))) {
      waiting.push({
        incident: incident.number,
        kind: 'offer',
        at: offer.at,
        says: offer.role,
        second: offer.seq,
      });
    }
  }
  return waiting;
}

function waitingOf({ key, at, body }: Draft, incident: Incident): Waiting {
  const { why, promise } = body as unknown as DraftBody;
  const what = { incident: incident.number, second: promise, key };
  if (why !== undefined) return { ...what, kind: 'held-draft', at, says: HELD_WORDS[why] };
  const due = incident.promise?.number === promise ? incident.promise.dueAt : at;
  return { ...what, kind: 'update-due', at: due };
}
