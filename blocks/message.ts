import type {
  Button,
  KnownBlock,
  Overflow,
  PlainTextOption,
  View as SlackView,
  StaticSelect,
} from '@slack/types';
import type { MessageRef, PersonId } from '../src/domain/incident.ts';
import type { NameLinks } from '../src/domain/name-links.ts';
import type { Instant } from '../src/domain/time.ts';

export type Block = KnownBlock;
/** What stands in a row of controls. */
export type Element = Button | Overflow | StaticSelect;
export type Option = PlainTextOption;

/** A message ready to be sent. Everything in it already fits Slack's limits and is already escaped. */
export interface Message {
  /** Notification and screen-reader text in Slack's mrkdwn, already escaped: escaping it again would show `&amp;amp;`. */
  readonly text: string;
  readonly blocks: readonly Block[];
  /** What did not fit, in order: belongs into the thread of this message, or right after it where it stands in one. */
  readonly more?: readonly Message[];
  /** Whole texts of which the blocks show the beginning: to be uploaded in the same thread. */
  readonly files?: readonly TextFile[];
}

/** A text too long for any message. */
export interface TextFile {
  /** `inc-42-what-we-know.txt`: lower case letters, digits, dashes. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** A modal or the home tab. */
export type View = SlackView;

/** What a block has to know about the reader and the moment; nothing here changes what is true. */
export interface Reading {
  readonly now: Instant;
  /** A person's display name without `@`; shown as plain text, so nobody is pinged. */
  name(person: PersonId): string;
  /** The address of a message, where it is known. */
  permalink?(ref: MessageRef): string | undefined;
  /** The names in people's words that lead somewhere: `[links]`, ids of a configured system. */
  readonly nameLinks?: NameLinks;
  /** IANA zone for times in plain text (`Europe/Berlin`); UTC where absent or unknown. Blocks use Slack's own dates. */
  readonly zone?: string;
}
