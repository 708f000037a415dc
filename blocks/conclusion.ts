import { claims } from '../src/domain/claim.ts';
import { type Incident, incidentId, type Recorded } from '../src/domain/incident.ts';
import type { Review } from '../src/domain/investigation/conclusion.ts';
import type { ConclusionEvent } from '../src/domain/investigation/events.ts';
import { ACTIONS, encodeRef } from './action-ids.ts';
import { claimText } from './claim.ts';
import { actions, button } from './controls.ts';
import { brief, message, some } from './fit.ts';
import { notification, sayClaim } from './headline.ts';
import type { Message, Reading } from './message.ts';
import { bullets, labelled, lines, section } from './rich.ts';
import {
  bold,
  type Inline,
  moment,
  nameOf,
  notation,
  ours,
  plain,
  sayMoment,
  sayNotation,
  words,
} from './text.ts';

/** How a resolution was looked at, in a few words; said wherever the resolution is. */
export function sayReview(review: Review, reading: Reading): string {
  switch (review.kind) {
    case 'judged': {
      const gaps = review.verdicts.filter((one) => !one.solid).length;
      return gaps === 0
        ? `judged by ${nameOf(review.by, reading)}`
        : `judged afterwards by ${nameOf(review.by, reading)}: ${some(gaps, 'gap')}`;
    }
    case 'unreviewed':
      return `unreviewed; the review is due ${sayMoment(review.dueAt, reading)}`;
    case 'overridden':
      return `without a judge, ${nameOf(review.by, reading)} says why: ${brief(review.reason, 300)}`;
    case 'skipped':
      return 'without a judge, as the configuration lets this severity';
  }
}

/** What the channel hears of a conclusion on its way. Undefined for what it does not hear. */
export function conclusionPost(
  incident: Incident,
  recorded: Recorded & { readonly event: ConclusionEvent },
  reading: Reading,
): Message | undefined {
  const { event } = recorded;
  const id = incidentId(incident.number);
  const by = plain(` · by ${nameOf(recorded.event.by, reading)}`);
  const head = (said: string) => ours(`${id} · ${said}`, { bold: true });
  switch (event.type) {
    case 'resolution-proposed': {
      const files: [] = [];
      const claim = event.text === undefined ? undefined : claims(event.text, incident.evidence);
      const whole = { name: `inc-${incident.number}-resolution.txt`, title: 'Resolution', files };
      const waits = incident.conclusion?.seq === recorded.seq && incident.conclusion.stage === 'questions';
      return message(
        notification(incident, 'mitigated, conclusion pending', claim ? sayClaim(claim) : incident.title),
        [
          lines([
            section(
              ours(`🟢 ${id} · mitigated, conclusion pending`, { bold: true }),
              ' ',
              moment(event.effectiveAt, reading),
              by,
            ),
            ...(claim ? [section(...claimText(claim, incident.evidence, reading, whole))] : []),
            section(
              'Reminders stop. Five questions about the cause are left, until ',
              moment(event.answerBy, reading),
              '.',
            ),
          ]),
          ...(waits
            ? [
                actions(
                  button(
                    ACTIONS.answerQuestions,
                    'Answer the five questions',
                    encodeRef({ incident: incident.number }),
                    'primary',
                  ),
                ),
              ]
            : []),
        ],
        files,
      );
    }
    case 'conclusion-returned': {
      const why = {
        questions: 'not concluded yet: a question is open',
        gaps: 'not concluded yet: the judge found a gap',
        unanswered: 'not concluded: nobody answered the five questions',
      }[event.why];
      // A judge's gap is a person's words; a missing test is ours and names its command.
      const said = (one: string) =>
        event.why === 'gaps' ? words(brief(one, 500), reading) : notation(brief(one, 500), reading);
      return message(notification(incident, why, sayNotation(event.missing[0] ?? '', reading)), [
        lines([section(head(why), ' · next update by ', moment(event.dueAt, reading, { bold: true }), by)]),
        ...(event.missing.length > 0
          ? [bullets(event.missing.map((one) => section(bold('Missing '), said(one))))]
          : []),
        lines([
          section(
            'Run what is missing, then ',
            ours('resolve', { code: true }),
            ' again; the words are kept.',
          ),
        ]),
      ]);
    }
    case 'concluded': {
      const owner = event.to === undefined ? [] : [plain(` · offered to ${nameOf(event.to, reading)}`)];
      const look: (string | Inline)[] =
        event.lookAt === undefined
          ? []
          : [' · looked at again ', moment(event.lookAt, reading, { bold: true })];
      return message(notification(incident, event.as, event.text ?? incident.title), [
        lines([
          section(head(event.as), ...owner, ...look, by),
          ...(event.text === undefined ? [] : [labelled('Why', words(brief(event.text, 2_000), reading))]),
        ]),
      ]);
    }
    default:
      return undefined;
  }
}
