import type { PersonId } from '../domain/incident.ts';
import type { People } from '../flows/ports.ts';

/** What Slack knows about the people of a workspace; cached, and kind when a look-up fails. */
export interface Directory extends People {
  /** Display name without `@`; the id itself where nothing is known. */
  name(team: string, person: PersonId): Promise<string>;
  /** IANA zone; `UTC` where nothing is known. */
  zone(team: string, person: PersonId): Promise<string>;
  /** What the access rule looks at; undefined where Slack would not say. */
  standing(team: string, person: PersonId): Promise<Standing | undefined>;
  inChannel(team: string, person: PersonId, channel: string): Promise<boolean>;
  /** Forgets what an event says has changed. */
  changed(what: { readonly person?: PersonId; readonly channel?: string }): void;
}

export interface Standing {
  readonly homeTeam: string;
  readonly guest: boolean;
  readonly bot: boolean;
  readonly deactivated: boolean;
}
