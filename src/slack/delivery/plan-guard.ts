import { guardMessage } from '../../../blocks/investigation/guard.ts';
import { type Incident, incidentId, isOpen } from '../../domain/incident.ts';
import { ALONE, guardKey, guards } from '../../domain/investigation/guards.ts';
import type { Post } from '../../domain/post.ts';
import { type Duration, MINUTE } from '../../domain/time.ts';
import { guardRow } from '../../flows/posts-for.ts';
import { row } from '../../flows/row.ts';
import type { Office, Plan } from './plan.ts';
import { reading } from './plan-talk.ts';

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

/** At most one private message per person in this time for guards, triage and knowledge together; the rest waits in `status`. */
export const PRIVATE_PACE: Duration = 10 * MINUTE;

/** Who has been told something of their own accord lately. */
export function privatePaceKey(person: string): string {
  return `private-pace/${person}`;
}

/** Said to one person alone, while it still applies; what comes too soon after another waits in `status`. */
export async function planGuard(office: Office, incident: Incident, post: Of<'guard'>): Promise<Plan> {
  const { store } = office.world;
  const now = await store.now();
  const guard = guards(incident, now).find((one) => guardKey(one) === post.key);
  if (!guard) return { do: 'drop', why: 'it no longer applies' };
  if (!(await store.rememberOnce(incident.team, privatePaceKey(guard.to), now, PRIVATE_PACE)))
    return { do: 'drop', why: 'it waits in status' };
  return {
    do: 'whisper',
    place: { channel: incident.channel },
    to: guard.to,
    message: guardMessage(incident, guard, await reading(office, incident)),
  };
}

/** Guards that only time brings about: looked for every half hour while it lasts. */
export async function planGuardCheck({ world }: Office, incident: Incident): Promise<Plan> {
  if (!isOpen(incident)) return { do: 'drop', why: 'it is over' };
  return {
    do: 'run',
    run: async () => {
      const now = await world.store.now();
      for (const guard of guards(incident, now))
        if (guard.kind === 'hero') await world.store.enqueue(incident.team, guardRow(incident, guard));
      const next: Post = { kind: 'guard-check', incident: incident.number };
      const key = `${incidentId(incident.number)}/guard-check@${now}`;
      await world.store.enqueue(incident.team, row(key, next, now + ALONE));
      world.postsWaiting();
    },
  };
}
