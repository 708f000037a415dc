import { WebClient } from '@slack/web-api';
import type { SlackSettings } from '../../config/slack-settings.ts';
import type { PersonId } from '../../domain/incident.ts';
import type { Clock } from '../../flows/ports.ts';
import { clientOptions } from '../outbound/clients.ts';
import { createPeople } from '../people.ts';
import { SILENT } from './silent-logger.ts';

/** What Slack tells of people and its own address, for whoever works without a bot. */
export interface Names {
  /** The id itself where Slack does not answer. */
  readonly name: (person: PersonId) => Promise<string>;
  /** `https://acme.slack.com/`, or Slack's own, which leads there for whoever is signed in. */
  readonly workspaceUrl: string;
  /** Whether somebody could not be named. */
  readonly nameless: () => boolean;
}

const NOBODY = { name: async (person: PersonId) => person, workspaceUrl: 'https://slack.com/' };

export async function namePeople(slack: SlackSettings | undefined, clock: Clock): Promise<Names> {
  if (!slack) return { ...NOBODY, nameless: () => false };
  const { apiUrl, botToken } = slack;
  const client = new WebClient(botToken.reveal(), clientOptions({ apiUrl, logger: SILENT }));
  let failed = false;
  const fault = () => {
    failed = true;
  };
  try {
    const { url, team_id: team = '' } = await client.auth.test();
    const people = createPeople({ client, clock, fault });
    return {
      name: (person) => people.name(team, person),
      workspaceUrl: url ?? NOBODY.workspaceUrl,
      nameless: () => failed,
    };
  } catch {
    return { ...NOBODY, nameless: () => true };
  }
}
