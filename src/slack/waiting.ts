import type { Waiting } from '../../blocks/waiting.ts';
import { owesDistillation } from '../domain/distillation.ts';
import type { Incident, PersonId } from '../domain/incident.ts';
import { guardKey, guards } from '../domain/investigation/guards.ts';
import type { UpdateFields } from '../domain/update.ts';
import { HELD_WORDS, type Held } from '../flows/hold-update.ts';
import { findIncident } from '../flows/incident-of.ts';
import { ownResembling } from '../flows/knowledge/suggest.ts';
import type { Draft } from '../storage/store.ts';
import type { Asked } from './call.ts';
import { maySee } from './target.ts';

/** Guards of one incident that wait at once; more would be noise. */
const GUARDS_SHOWN = 4;

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
    // Action items have weeks; the home tab and `actions mine` show them.
    if (draft.kind === 'action') continue;
    const incident =
      draft.incident === undefined
        ? undefined
        : await findIncident(bot.world.store, { team: request.team, number: draft.incident });
    if (draft.kind === 'form') {
      const { title } = draft.body as { readonly title?: string };
      if (incident && (await maySee(asked, incident)))
        waiting.push({
          incident: incident.number,
          kind: 'form',
          at: draft.at,
          says: title ?? 'form',
          key: draft.key,
        });
    } else if (draft.kind === 'distillation') {
      if (incident && owesDistillation(incident) && (await maySee(asked, incident)))
        waiting.push({ incident: incident.number, kind: 'distillation', at: draft.at });
    } else if (incident) waiting.push(waitingOf(draft, incident));
  }
  for (const { ref } of await bot.world.store.list(request.team, { open: true, limit: 50 })) {
    const incident = await findIncident(bot.world.store, ref);
    if (incident && (await maySee(asked, incident)))
      waiting.push(...(await guardsFor(asked, incident)), ...(await ownFor(asked, incident)));
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

/** Where a person said *Not now* to a guard. */
export function notNowKey(incident: Incident, guard: string, person: PersonId): string {
  return `guard-not-now/${incident.number}/${guard}/${person}`;
}

/** Guards for this person that still apply: those that were not said, and those that were and not put off. */
async function guardsFor({ bot, request }: Asked, incident: Incident): Promise<readonly Waiting[]> {
  const { store } = bot.world;
  const now = await store.now();
  const waiting: Waiting[] = [];
  for (const guard of guards(incident, now)) {
    if (guard.to !== request.by) continue;
    if ((await store.recall(request.team, notNowKey(incident, guardKey(guard), request.by))) === true)
      continue;
    waiting.push({ incident: incident.number, kind: 'guard', at: now, says: guard.says, show: guard.show });
  }
  return waiting.slice(0, GUARDS_SHOWN);
}

/** What whoever declared it keeps for themselves and it looks like: said once where the pace allows it, and here while it lasts. */
async function ownFor({ bot, request }: Asked, incident: Incident): Promise<readonly Waiting[]> {
  if (incident.declaredBy !== request.by) return [];
  const own = await ownResembling(bot.world, incident, request.by);
  return own.map(({ one: { entry } }) => ({
    incident: incident.number,
    kind: 'guard',
    at: incident.declaredAt,
    says: `you noted something like it: \`${entry.key.replaceAll('`', "'")}\``,
    show: `kb show ${entry.key}`,
  }));
}

function waitingOf({ key, at, body }: Draft, incident: Incident): Waiting {
  const { why, promise } = body as unknown as DraftBody;
  const what = { incident: incident.number, second: promise, key };
  if (why !== undefined) return { ...what, kind: 'held-draft', at, says: HELD_WORDS[why] };
  const due = incident.promise?.number === promise ? incident.promise.dueAt : at;
  return { ...what, kind: 'update-due', at: due };
}
