import type { PersonId } from './incident.ts';
import type { Instant } from './time.ts';

/** Something to be done because of an incident, followed up until it is closed. */
export interface ActionItem {
  /** `A1`, counted within the incident; never used again. */
  readonly id: string;
  readonly seq: number;
  readonly text: string;
  readonly owner?: PersonId;
  readonly dueAt?: Instant;
  readonly by: PersonId;
  readonly at: Instant;
  /** Where the work is tracked, http or https. */
  readonly link?: string;
  /** What made it wait for this owner until this time, last; follow-ups count from here. */
  readonly asked: { readonly seq: number; readonly at: Instant };
  readonly closed?: ActionClosed;
}

export interface ActionClosed {
  readonly at: Instant;
  readonly by: PersonId;
  readonly how: 'done' | 'dropped';
  /** Always there where it was dropped. */
  readonly reason?: string;
}

export type ActionEvent =
  | {
      readonly type: 'action-added';
      readonly action: string;
      readonly text: string;
      readonly owner?: PersonId;
      readonly dueAt?: Instant;
      readonly link?: string;
    }
  /** Only what changed is there. */
  | {
      readonly type: 'action-changed';
      readonly action: string;
      readonly text?: string;
      readonly owner?: PersonId;
      readonly dueAt?: Instant;
    }
  | {
      readonly type: 'action-closed';
      readonly action: string;
      readonly how: ActionClosed['how'];
      readonly reason?: string;
    }
  | { readonly type: 'action-reopened'; readonly action: string };

/** What people do with action items; on ended incidents too, because that is when most are written. */
export type ActionCommand =
  | {
      readonly type: 'add-action';
      readonly text: string;
      readonly owner?: PersonId;
      readonly dueAt?: Instant;
      readonly link?: string;
    }
  | {
      readonly type: 'change-action';
      readonly action: string;
      readonly text?: string;
      readonly owner?: PersonId;
      readonly dueAt?: Instant;
    }
  | {
      readonly type: 'close-action';
      readonly action: string;
      readonly how: ActionClosed['how'];
      readonly reason?: string;
    }
  | { readonly type: 'reopen-action'; readonly action: string };

/** How an action item is named when typed: `A2`. */
export const ACTION_ID = /^A[1-9]\d{0,4}$/i;

/** Those that nobody did or dropped yet, as they were added. */
export function openActions({ actions }: { readonly actions: readonly ActionItem[] }): readonly ActionItem[] {
  return actions.filter((one) => one.closed === undefined);
}

/** Why nobody could tell when it is done; undefined where it says enough. Only ever a hint. */
export function whyVague(text: string): string | undefined {
  const [first = '', ...rest] = text.toLowerCase().match(/[\p{L}\p{N}'’-]+/gu) ?? [];
  const said = [first, ...rest].join(' ');
  if (NO_VERB.test(said))
    return 'it begins best with a verb that says what somebody does: `add`, `remove`, `alert on`, `limit`';
  if (VAGUE.test(said) && rest.length < BOUNDED && !/\d/.test(said))
    return 'nobody can tell when that is done. What exactly changes, and where?';
  return undefined;
}

/** Words after the verb from which on even a vague verb is about something that can be found again. */
const BOUNDED = 6;
const VAGUE =
  /^(?:improve|enhance|investigate|look (?:at|into)|consider|think about|discuss|explore|review|revisit|evaluate|optimi[sz]e|strengthen|harden|ensure|make sure|be more|try|better|clean up|refactor|communicate|document|monitor|test|fix|handle)\b/;
const NO_VERB =
  /^(?:the|a|an|we|i|it|there|someone|somebody|everyone|more|less|better|no|some|maybe|perhaps|should|need|needs|please|monitoring|alerting|alerts|tests|docs|documentation|runbook|dashboards?|training|process|communication)\b/;
