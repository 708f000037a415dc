import type { MessageRef, PersonId, Rung } from './incident.ts';
import type { Report } from './signals/report.ts';
import type { Instant } from './time.ts';

/**
 * Something Steady will say, told without words: `slack/` renders it from the incident as it stands when it is sent. Every
 * post is a row with a key, written in the same transaction as the events that cause it.
 */
export type Post =
  /** The start message; also becomes the status card, pinned and edited in place. */
  | { readonly kind: 'card'; readonly incident: number }
  /** Brings the card (and the announcement) up to date; of several waiting ones only the newest goes out. */
  | { readonly kind: 'card-edit'; readonly incident: number; readonly version: number }
  /** Topic, pin, bookmark: best effort, a failure becomes a line on the card. */
  | { readonly kind: 'furnish'; readonly incident: number; readonly version: number }
  | { readonly kind: 'announcement'; readonly incident: number }
  /** An update or a change of phase again, in the thread of the announcement. */
  | { readonly kind: 'announced'; readonly incident: number; readonly seq: number }
  /** An update or a heartbeat, by the `seq` of its event. */
  | { readonly kind: 'update'; readonly incident: number; readonly seq: number }
  | {
      readonly kind: 'update-edit';
      readonly incident: number;
      readonly seq: number;
      readonly version: number;
    }
  /** A change of phase, by the `seq` of its event. */
  | { readonly kind: 'phase'; readonly incident: number; readonly seq: number }
  /** A rung in the channel: the first at top level, later ones as replies in its thread. */
  | {
      readonly kind: 'nudge';
      readonly incident: number;
      readonly promise: number;
      readonly rung: Rung;
      readonly asked: readonly PersonId[];
      readonly promisedAt: Instant;
      readonly at: Instant;
    }
  /** The same rung, to one person alone. */
  | {
      readonly kind: 'nudge-dm';
      readonly incident: number;
      readonly promise: number;
      readonly rung: Rung;
      readonly to: PersonId;
      readonly promisedAt: Instant;
      readonly at: Instant;
    }
  /** The draft before a promise falls due; one message for all the incidents that a person leads. */
  | {
      readonly kind: 'draft';
      readonly to: PersonId;
      readonly items: readonly { readonly incident: number; readonly promise: number }[];
    }
  /** Shrinks what asked for this promise to one line without buttons. */
  | { readonly kind: 'settle'; readonly incident: number; readonly promise: number }
  /** A role offered, by the `seq` of its event; the same kind edits it once it is answered. */
  | { readonly kind: 'offer'; readonly incident: number; readonly seq: number; readonly to: PersonId }
  | {
      readonly kind: 'offer-answered';
      readonly incident: number;
      readonly seq: number;
      readonly offer: number;
    }
  | {
      readonly kind: 'evidence';
      readonly incident: number;
      readonly id: string;
      readonly thread?: MessageRef;
      readonly for: PersonId;
    }
  /** A hypothesis as it stands: posted once, edited from then on. */
  | { readonly kind: 'hypothesis'; readonly incident: number; readonly id: string }
  /** What several queries say together; each is evidence of its own, without a card of its own. */
  | {
      readonly kind: 'report';
      readonly incident: number;
      readonly report: Report;
      readonly thread?: MessageRef;
      readonly for: PersonId;
    }
  /** Asks the first questions of a P1; what comes of it is the card. `because` is the seq of what made it one. */
  | { readonly kind: 'triage'; readonly incident: number; readonly because: number }
  | { readonly kind: 'triage-card'; readonly incident: number; readonly seq: number }
  /** Looks for what is known that it resembles; what is found is the card. `because` is the seq of what made it look. */
  | { readonly kind: 'suggest'; readonly incident: number; readonly because: number }
  /** What was suggested, by the seq of its event: posted once, edited from then on. */
  | { readonly kind: 'suggestion-card'; readonly incident: number; readonly seq: number }
  /** What one person keeps for themselves that it resembles, to them alone. */
  | { readonly kind: 'own-suggestions'; readonly incident: number; readonly to: PersonId }
  /** A question of understanding, a fix report or a claim, by the seq of its event: posted once, edited from then on. */
  | { readonly kind: 'record'; readonly incident: number; readonly seq: number }
  /** A guard, to one person alone; `key` is its kind and situation. */
  | { readonly kind: 'guard'; readonly incident: number; readonly key: string }
  /** Says nothing itself: looks for guards that only time brings about. */
  | { readonly kind: 'guard-check'; readonly incident: number }
  /** Makes the files and the canvas of a postmortem; what comes of it is the message. */
  | { readonly kind: 'postmortem-files'; readonly incident: number; readonly revision: number }
  | { readonly kind: 'postmortem'; readonly incident: number; readonly revision: number }
  /** It was given up, because it cannot be checked for secrets: who asked hears of it. */
  | { readonly kind: 'postmortem-refused'; readonly incident: number; readonly revision: number }
  /** Asks one person to judge the conclusion, or, later, what closed without. */
  | { readonly kind: 'judge'; readonly incident: number; readonly to: PersonId }
  /** Says nothing itself: time is up for a proposal. */
  | { readonly kind: 'conclusion-late'; readonly incident: number; readonly proposal: number }
  /** The time came at which somebody said they would look again. */
  | { readonly kind: 'look-again'; readonly incident: number; readonly seq: number }
  /** Says nothing itself: the day comes on which the owner of an action item hears of it, for the `round`-th time. */
  | {
      readonly kind: 'action-due';
      readonly incident: number;
      readonly action: string;
      /** The `asked` of the item that this follows; one that was handed on or put off meanwhile has rows of its own. */
      readonly asked: number;
      readonly round: number;
    }
  /** One direct message with everything of a person that is followed up on a day of theirs, `2026-11-27`. */
  | { readonly kind: 'actions-due'; readonly to: PersonId; readonly day: string }
  /** What asked for an action item, as the item stands now. */
  | { readonly kind: 'action-settle'; readonly incident: number; readonly action: string }
  /** Asks the lead who does what nobody does yet, and until when. */
  | { readonly kind: 'actions-unnamed'; readonly incident: number; readonly since: Instant }
  /** The owner's account is deactivated: the lead hears of what they had to do. */
  | { readonly kind: 'actions-orphaned'; readonly incident: number; readonly owner: PersonId }
  /** One private message when it is over: how the promises were kept, and what it taught where nobody has said. */
  | { readonly kind: 'kept'; readonly incident: number; readonly to: PersonId }
  /** Who leads by now is told what somebody else's five answers leave to test. */
  | { readonly kind: 'to-test'; readonly incident: number; readonly to: PersonId }
  /** Says nothing itself: saves what somebody chose to keep of an incident that is over. */
  | { readonly kind: 'distil'; readonly incident: number; readonly seq: number }
  /** What was kept: to the team under the card, to one person alone where it is theirs. */
  | { readonly kind: 'distilled'; readonly incident: number; readonly seq: number }
  /** Asks whether a form is still meant that came just before a crash; `draft` is the key of what was written. */
  | { readonly kind: 'form-again'; readonly to: PersonId; readonly draft: string }
  | { readonly kind: 'catch-up'; readonly incident: number; readonly to: PersonId }
  /** The channel cannot be reached any more: who leads and who declared hear of it. */
  | { readonly kind: 'channel-lost'; readonly incident: number; readonly to: PersonId }
  /** A sleep of knowledge that nobody asked for, by the key of its notice; posted once, drawn again by its edit. */
  | { readonly kind: 'sleep'; readonly notice: string }
  | { readonly kind: 'sleep-edit'; readonly notice: string }
  /** Another company reads the channel now: who leads hears that evidence stops there. */
  | { readonly kind: 'channel-shared'; readonly incident: number; readonly to: PersonId };
