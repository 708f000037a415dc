import { type Incident, incidentId, type PersonId } from '../domain/incident.ts';
import { sameUpdate, type UpdateFields } from '../domain/update.ts';
import type { Draft, Json } from '../storage/store.ts';
import type { World } from './ports.ts';

/** Why an update waits for its author: the only three things that may hold one. */
export type Held = 'secret' | 'broadcast' | 'same';

export const HELD_WORDS: Readonly<Record<Held, string>> = {
  secret: 'It looks like it holds a secret, so nothing was posted; the secret is taken out below.',
  broadcast: 'It would have called everyone in the channel. Say it without @here or @channel.',
  same: 'It is word for word the last update. Say what is new, or *No change*.',
};

const BROADCAST = /<!(?:here|channel|everyone)\b|<!subteam\^|(?:^|[\s(])@(?:here|channel|everyone)\b/i;

export function whyHeld(incident: Incident, fields: UpdateFields, secrets: boolean): Held | undefined {
  if (secrets) return 'secret';
  if (BROADCAST.test([fields.impact, fields.known, fields.doing].join('\n'))) return 'broadcast';
  const last = incident.updates.at(-1);
  return last && sameUpdate(last.fields, fields) ? 'same' : undefined;
}

/** Keeps a held update as a draft of its author; it survives crashes and stays until edited, posted or thrown away. */
export async function holdUpdate(
  world: World,
  incident: Incident,
  fields: UpdateFields,
  why: Held,
  author: PersonId,
): Promise<Draft> {
  const at = await world.store.now();
  const draft: Draft = {
    team: incident.team,
    key: `${incidentId(incident.number)}/held-${incident.version}/${author}`,
    person: author,
    incident: incident.number,
    kind: 'held-update',
    body: { why, fields: fields as Json, promise: incident.promise?.number ?? 0 },
    at,
  };
  await world.store.saveDraft(draft);
  return draft;
}
