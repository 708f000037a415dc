import type { PersonId } from '../domain/incident.ts';
import type { MitigationSettings } from '../domain/investigation/mitigation-command.ts';
import type { World } from '../flows/ports.ts';
import type { Openings } from '../safety/access.ts';
import type { Redactor } from '../safety/redactor.ts';
import type { IncidentRef } from '../storage/store.ts';
import type { Directory } from './directory.ts';
import type { Door, Looks } from './outbound/contract.ts';

/** What the incoming side of Slack works with; the composition root fills it. */
export interface Bot {
  readonly world: World;
  readonly door: Door;
  readonly looks: Looks;
  readonly directory: Directory;
  readonly redactor: Redactor;
  readonly rules: BotRules;
  /** Whether a person is in a user group that the configuration lets act everywhere (`allow_groups`). */
  readonly inAllowedGroup: (person: PersonId) => Promise<boolean>;
  /** Waits until what a decision made Steady say is out, so that what follows comes after it; with `ref`, all of that incident's. */
  readonly sent: (ref?: IncidentRef) => Promise<void>;
  /** Slack will not have this app any more: Steady says so and ends. */
  readonly lost: (why: string) => void;
  /** Told of every command with how it went, for the metrics. Its name is one of the table's, or `unknown`. */
  readonly ran: (command: string, outcome: 'done' | 'refused' | 'unknown') => void;
  readonly log: (
    level: 'info' | 'warn' | 'error',
    what: string,
    about?: Readonly<Record<string, string | number | boolean>>,
  ) => void;
}

/** The settings that listeners look at. */
export interface BotRules {
  /** `U…` of Steady itself, by team. */
  readonly botUserId: string;
  readonly team: string;
  /** As the workspace calls itself. */
  readonly workspace: string;
  /** Its address, `https://acme.slack.com/`, where Slack says it. */
  readonly workspaceUrl?: string;
  /** The emoji that puts a message on the timeline, `pushpin` by default. */
  readonly emoji: string;
  /** Emoji that Steady answers with on a recorded message. */
  readonly recordedEmoji: string;
  readonly newChannels: boolean;
  readonly readMessages: boolean;
  /** Telemetry environment bound to a channel, by channel id or name. */
  readonly environments: Readonly<Record<string, string>>;
  /** Channels, shared with other companies, where Steady may declare and show evidence. */
  readonly sharedChannels: readonly string[];
  /** Guests, partner workspaces and bots that may act although the default rule would refuse them. */
  readonly openings: Openings;
  /** What a person would type to mitigate, by service (`[mitigations]`). */
  readonly mitigations: MitigationSettings;
}
