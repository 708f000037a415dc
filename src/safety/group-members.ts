import { type Duration, type Instant, MINUTE } from '../domain/time.ts';

/** How long a user group's members are believed. */
export const GROUP_TTL: Duration = 15 * MINUTE;

/** Asks Slack who is in a user group: user ids. Rejects when Slack does not say. */
export type AskMembers = (team: string, group: string) => Promise<readonly string[]>;

/** Members by group id, as `mayAct` takes them; groups that could not be looked up are absent. */
export type LookUpGroups = (
  team: string,
  groups: readonly string[],
) => Promise<ReadonlyMap<string, ReadonlySet<string>>>;

/**
 * Remembers members for 15 minutes. Groups asked for at the same moment share one question; a failure is not
 * remembered, and an answer past its time is not used, so that someone removed loses access.
 */
export function createGroupLookUp(ask: AskMembers, now: () => Instant): LookUpGroups {
  const known = new Map<
    string,
    { readonly until: Instant; readonly members: Promise<ReadonlySet<string>> }
  >();

  const members = (team: string, group: string): Promise<ReadonlySet<string>> => {
    const key = `${team}/${group}`;
    const kept = known.get(key);
    if (kept !== undefined && now() < kept.until) return kept.members;
    const asked = ask(team, group).then((users) => new Set(users));
    const entry = { until: now() + GROUP_TTL, members: asked };
    known.set(key, entry);
    asked.catch(() => {
      if (known.get(key) === entry) known.delete(key);
    });
    return asked;
  };

  return async (team, groups) => {
    const wanted = [...new Set(groups)];
    const answers = await Promise.allSettled(wanted.map((group) => members(team, group)));
    const found = new Map<string, ReadonlySet<string>>();
    answers.forEach((answer, at) => {
      const group = wanted[at];
      if (answer.status === 'fulfilled' && group !== undefined) found.set(group, answer.value);
    });
    return found;
  };
}
