import type { PersonId } from '../domain/incident.ts';
import type { Instant } from '../domain/time.ts';

/** Something a person asked for, whichever way it came. What a click carries is a hint; these fields are Slack's own. */
export interface Request {
  readonly kind: 'mention' | 'dm' | 'slash' | 'click' | 'submit' | 'shortcut';
  /** Unique: the key of the delivery. */
  readonly key: string;
  readonly team: string;
  /** The asker's own team; differs from `team` in channels shared with another company. */
  readonly byTeam: string;
  readonly by: PersonId;
  /** Undefined for the home tab and global shortcuts. */
  readonly channel?: string;
  readonly direct: boolean;
  /** The message that asked, or that the click was on. */
  readonly ts?: string;
  readonly thread?: string;
  readonly at: Instant;
  /** Opens a modal, for 3 seconds. */
  readonly trigger?: string;
  readonly responseUrl?: string;
  /** A process died over it: it may be done already, in part or wholly. */
  readonly resumed?: boolean;
}
