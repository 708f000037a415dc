import { type ActionItem, openActions } from '../domain/action-item.ts';
import { type Incident, incidentId, type PersonId } from '../domain/incident.ts';
import type { Draft, Store, Write } from '../storage/store.ts';
import { findIncident } from './incident-of.ts';

/** An open action item with the incident it is of. */
export interface Owned {
  readonly incident: Incident;
  readonly item: ActionItem;
}

/** Action items of one person that are read at once: a list that is longer is no list to work from. */
const READ = 100;

/** What stays with somebody until it is done is a stored draft of theirs, so that nobody has to look through incidents for it. */
export function keptActions(
  before: Incident | undefined,
  after: Incident,
): Pick<Write, 'drafts' | 'settled'> {
  if (before?.actions === after.actions) return {};
  const was = new Map((before ? openActions(before) : []).map((one) => [one.id, one]));
  const open = openActions(after);
  const changed = open.filter((one) => {
    const old = was.get(one.id);
    return old?.owner !== one.owner || old?.dueAt !== one.dueAt;
  });
  const gone = [...was.keys()].filter((id) => !open.some((one) => one.id === id));
  const drafts = changed.flatMap((one) => draftOf(after, one));
  return { drafts, settled: gone.map((id) => keyOf(after.number, id)) };
}

/** The open action items of a person, the earliest date first, those without one last. */
export async function ownedActions(store: Store, team: string, person: PersonId): Promise<readonly Owned[]> {
  const kept = (await store.drafts(team, person)).filter((one) => one.kind === 'action').slice(0, READ);
  const incidents = new Map<number, Incident | undefined>();
  for (const { incident: number } of kept)
    if (number !== undefined && !incidents.has(number))
      incidents.set(number, await findIncident(store, { team, number }));
  return kept.flatMap(({ incident: number, body }): readonly Owned[] => {
    const incident = incidents.get(number ?? 0);
    const item = incident?.actions.find((one) => one.id === (body as { action?: string }).action);
    return incident && item && !item.closed && item.owner === person ? [{ incident, item }] : [];
  });
}

function draftOf({ team, number }: Incident, { id, owner, dueAt }: ActionItem): readonly Draft[] {
  if (owner === undefined) return [];
  return [
    {
      team,
      key: keyOf(number, id),
      person: owner,
      incident: number,
      kind: 'action',
      body: { action: id },
      // Drafts are read oldest first: what has no date comes after what has one.
      at: dueAt ?? UNDATED,
    },
  ];
}

const UNDATED = Date.UTC(9999, 0, 1);

function keyOf(incident: number, action: string): string {
  return `${incidentId(incident)}/${action}`;
}
