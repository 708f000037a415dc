import type { Due } from '../src/domain/cadence.ts';
import { type Incident, incidentId, type PersonId } from '../src/domain/incident.ts';
import { type Instant, sayDuration } from '../src/domain/time.ts';
import { ACTIONS, encodeRef } from './action-ids.ts';
import { actions, button, snoozeMenu } from './controls.ts';
import { brief, message } from './fit.ts';
import { notification } from './headline.ts';
import type { Block, Message, Reading } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, type Inline, mention, moment, nameOf, plain, sayMention, sayMoment } from './text.ts';

/** A rung to be said in the channel; what `due` answers fits. */
export type Nudge = Pick<Due, 'promise' | 'rung' | 'promisedAt' | 'overdueBy' | 'ask'> & {
  /** Whether a draft is stored, so that *Post as is* has something to post. */
  readonly hasDraft?: boolean;
};

/** The one nudge of a missed promise at top level. Mentions who is asked. */
export function nudgePost(incident: Incident, nudge: Nudge, reading: Reading): Message {
  return message(
    pinging(notification(incident, `update was due ${sayMoment(nudge.promisedAt, reading)}`), nudge.ask),
    [
      lines([
        section(
          ...asked(nudge.ask),
          bold(`${incidentId(incident.number)} ${incident.severity}`),
          ': the channel was promised an update by ',
          moment(nudge.promisedAt, reading, { bold: true }),
          nudge.overdueBy >= 60_000 ? `, ${sayDuration(nudge.overdueBy)} ago.` : '.',
        ),
      ]),
      promiseControls(incident, nudge.promise, nudge.hasDraft ?? false),
    ],
  );
}

/** Each later rung: a reply in the nudge's thread, and the same as a direct message to those asked. */
export function nudgeReply(incident: Incident, nudge: Nudge, reading: Reading): Message {
  const silent =
    incident.promise?.climbed.flatMap((one) => one.asked).filter((one) => !nudge.ask.includes(one)) ?? [];
  const names = [...new Set(silent)].map((one) => nameOf(one, reading));
  const late = sayDuration(nudge.overdueBy);
  return message(pinging(notification(incident, `update overdue by ${late}`), nudge.ask), [
    lines([
      section(
        ...asked(nudge.ask),
        bold(incidentId(incident.number)),
        ` overdue by ${late}, promised for `,
        moment(nudge.promisedAt, reading),
        names.length === 0 ? '.' : '; ',
        ...(names.length === 0
          ? []
          : [`${list(names)} ${names.length === 1 ? 'has' : 'have'} not answered.`]),
      ),
    ]),
    promiseControls(incident, nudge.promise, nudge.hasDraft ?? false),
  ]);
}

/** What a nudge shrinks to once the channel heard from us. No buttons, no mention. */
export function nudgeKept(
  incident: Incident,
  outcome: { readonly dueAt: Instant; readonly at: Instant },
  reading: Reading,
): Message {
  const said = `${incidentId(incident.number)}: update promised for `;
  return message(
    notification(
      incident,
      `update promised for ${sayMoment(outcome.dueAt, reading)} came at ${sayMoment(outcome.at, reading)}`,
    ),
    [lines([section(said, moment(outcome.dueAt, reading), ' came at ', moment(outcome.at, reading), '.')])],
  );
}

/** What a nudge shrinks to once somebody asked for more time: who, until when, and what for. */
export function nudgeSnoozed(
  incident: Incident,
  snoozed: { readonly by: PersonId; readonly dueAt: Instant; readonly reason: string },
  reading: Reading,
): Message {
  const by = nameOf(snoozed.by, reading);
  const why = brief(snoozed.reason, 200);
  return message(
    notification(incident, `${by} put the update off until ${sayMoment(snoozed.dueAt, reading)}: ${why}`),
    [
      lines([
        section(
          bold(incidentId(incident.number)),
          `: ${by} put the update off until `,
          moment(snoozed.dueAt, reading, { bold: true }),
          plain(`: ${why}.`),
        ),
      ]),
    ],
  );
}

/** The row of controls that drafts and nudges share. */
export function promiseControls(incident: Incident, promise: number, hasDraft: boolean): Block {
  const value = encodeRef({ incident: incident.number, second: promise });
  return actions(
    ...(hasDraft ? [button(ACTIONS.postDraft, 'Post as is', value, 'primary')] : []),
    hasDraft
      ? button(ACTIONS.editDraft, 'Edit', value)
      : button(ACTIONS.postUpdate, 'Post update', value, 'primary'),
    button(ACTIONS.noChange, 'No change', value),
    snoozeMenu(incident.number, promise),
    button(ACTIONS.handOff, 'Hand off', value),
  );
}

function asked(people: readonly PersonId[]): (Inline | string)[] {
  return [...new Set(people)].flatMap((one) => [mention(one), ' ']);
}

/** Notification text names whom it pings, as Slack writes a mention. */
function pinging(text: string, people: readonly PersonId[]): string {
  return [text, ...new Set(people.map(sayMention))].filter((one) => one !== '').join(' ');
}

function list(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
