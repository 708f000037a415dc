import type { WebClient } from '@slack/web-api';
import type { PersonId } from '../domain/incident.ts';
import { type Duration, MINUTE } from '../domain/time.ts';
import type { Clock, Reach } from '../flows/ports.ts';
import type { Directory, Standing } from './directory.ts';

const PEOPLE_FOR: Duration = 10 * MINUTE;
const DND_FOR: Duration = MINUTE;
const MEMBERS_FOR: Duration = 15 * MINUTE;
/** Pages of 200 members that are read at most: an incident channel of 2,000 is known whole, a larger one counts as joined. */
const PAGES = 10;
/** Members of a channel that are looked up when somebody of it is wanted. */
const LOOKED_UP = 30;

interface Person extends Standing {
  readonly name: string;
  readonly zone: string;
}

export interface PeopleOptions {
  /** For reads alone, so that they never hold up the door. */
  readonly client: Pick<WebClient, 'users' | 'dnd' | 'conversations'>;
  readonly clock: Clock;
  readonly fault: (error: unknown, about: string) => void;
}

/** What Slack knows about people, cached; where Slack does not answer, a person counts as present and is named by id. */
export function createPeople({ client, clock, fault }: PeopleOptions): Directory {
  const people = remembering<Person | undefined>(clock, PEOPLE_FOR);
  const resting = remembering<boolean>(clock, DND_FOR);
  const members = remembering<ReadonlySet<string> | 'too-many'>(clock, MEMBERS_FOR);

  const quietly = async <T>(what: string, otherwise: T, look: () => Promise<T>): Promise<T> => {
    try {
      return await look();
    } catch (error) {
      fault(error, what);
      return otherwise;
    }
  };

  const find = (person: PersonId) =>
    people.get(person, () =>
      quietly(`users.info ${person}`, undefined, async () => {
        const { user } = await client.users.info({ user: person });
        if (!user) return undefined;
        return {
          name:
            user.profile?.display_name || user.profile?.real_name || user.real_name || user.name || person,
          zone: user.tz ?? 'UTC',
          homeTeam: user.team_id ?? '',
          guest: user.is_restricted === true || user.is_ultra_restricted === true,
          bot: user.is_bot === true,
          deactivated: user.deleted === true,
        };
      }),
    );

  const rests = (person: PersonId) =>
    resting.get(person, () =>
      quietly(`dnd.info ${person}`, false, async () => {
        const dnd = await client.dnd.info({ user: person });
        const now = clock.now() / 1000;
        return (
          dnd.dnd_enabled === true &&
          (dnd.next_dnd_start_ts ?? Number.POSITIVE_INFINITY) <= now &&
          now < (dnd.next_dnd_end_ts ?? 0)
        );
      }),
    );

  const inside = (channel: string) =>
    members.get(channel, () =>
      quietly<ReadonlySet<string> | 'too-many'>(`conversations.members ${channel}`, 'too-many', async () => {
        const found = new Set<string>();
        let cursor: string | undefined;
        for (let page = 0; page < PAGES; page++) {
          const answer = await client.conversations.members({
            channel,
            limit: 200,
            ...(cursor && { cursor }),
          });
          for (const member of answer.members ?? []) found.add(member);
          cursor = answer.response_metadata?.next_cursor;
          if (!cursor) return found;
        }
        return 'too-many';
      }),
    );

  const inChannel = async (_team: string, person: PersonId, channel: string) => {
    const known = await inside(channel);
    return known === 'too-many' || known.has(person);
  };

  return {
    name: async (_team, person) => (isGroup(person) ? 'escalation' : ((await find(person))?.name ?? person)),
    zone: async (_team, person) => (await find(person))?.zone ?? 'UTC',
    standing: async (_team, person) => find(person),
    inChannel,
    members: async (_team, channel) => {
      const known = await inside(channel);
      const some = known === 'too-many' ? [] : [...known].slice(0, LOOKED_UP);
      const found = await Promise.all(some.map(async (one) => ({ one, about: await find(one) })));
      return found.flatMap(({ one, about }) => (about?.bot || about?.deactivated ? [] : [one]));
    },
    reach: async (team, person, channel): Promise<Reach> => {
      if (isGroup(person)) return { reachable: true };
      const known = await find(person);
      if (known?.deactivated) return { reachable: false, why: 'deactivated' };
      if (!(await inChannel(team, person, channel))) return { reachable: false, why: 'not in the channel' };
      if (await rests(person)) return { reachable: false, why: 'in Do Not Disturb' };
      return { reachable: true };
    },
    changed: ({ person, channel }) => {
      if (person !== undefined) people.forget(person);
      if (channel !== undefined) members.forget(channel);
    },
  };
}

/** `escalate_to` may name user groups; Slack's ids tell. https://docs.slack.dev/reference/methods/usergroups.list */
export function isGroup(id: string): boolean {
  return /^S[A-Z0-9]+$/.test(id);
}

interface Remembering<T> {
  get(key: string, look: () => Promise<T>): Promise<T>;
  forget(key: string): void;
}

/** Keeps answers for a while; those who ask at the same time share one look-up. */
function remembering<T>(clock: Clock, keep: Duration): Remembering<T> {
  const known = new Map<string, { readonly until: number; readonly value: Promise<T> }>();
  return {
    get: (key, look) => {
      const now = clock.now();
      const found = known.get(key);
      if (found && found.until > now) return found.value;
      if (known.size > 5_000) for (const [old, { until }] of known) if (until <= now) known.delete(old);
      const value = look();
      known.set(key, { until: now + keep, value });
      return value;
    },
    forget: (key) => {
      known.delete(key);
    },
  };
}
