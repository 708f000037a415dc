import { claims } from '../../src/domain/claim.ts';
import { type Incident, incidentId, type Recorded } from '../../src/domain/incident.ts';
import type { Review } from '../../src/domain/investigation/conclusion.ts';
import type { ConclusionEvent } from '../../src/domain/investigation/events.ts';
import { saysNow } from '../../src/domain/investigation/posted-claims.ts';
import { brief, message, some } from '../fit.ts';
import { notification, sayClaim } from '../headline.ts';
import type { Message, Reading } from '../message.ts';
import { bullets, lines, section } from '../rich.ts';
import { bold, moment, nameOf, notation, ours, plain, sayMoment, sayNotation, words } from '../text.ts';
import { claimText } from './claim.ts';
import { answerButton, interimPost } from './interim.ts';

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
    case 'resolution-proposed':
      return proposal(incident, { ...recorded, event }, reading);
    case 'conclusion-returned': {
      const why = {
        questions: 'not concluded yet: a question is open',
        gaps: 'not concluded yet: the judge found a gap',
        unanswered: 'not concluded: nobody answered the five questions',
        withdrawn: 'not concluded: the proposal was taken back',
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
    case 'concluded':
      return interimPost(incident, { ...recorded, event }, reading);
    default:
      return undefined;
  }
}

type Proposed = Recorded & { readonly event: Extract<ConclusionEvent, { type: 'resolution-proposed' }> };

/** While it waits, what it waits for; one line without a button once it has moved on. */
function proposal(incident: Incident, recorded: Proposed, reading: Reading): Message {
  const { event, seq } = recorded;
  const id = incidentId(incident.number);
  const { conclusion } = incident;
  if (conclusion?.seq !== seq) return settled(incident, recorded, reading);
  const files: [] = [];
  const text = saysNow(incident, seq, event.text);
  const claim = text === undefined ? undefined : claims(text, incident.evidence);
  const whole = { name: `inc-${incident.number}-resolution.txt`, title: 'Resolution', files };
  const asked = conclusion.stage === 'questions';
  const waits = asked
    ? [
        'Reminders stop. Five questions about the cause are left, until ',
        moment(event.answerBy, reading),
        '.',
      ]
    : [
        'The five questions are answered; ',
        plain(conclusion.judge === undefined ? 'somebody' : nameOf(conclusion.judge, reading)),
        ' is to judge it.',
      ];
  return message(
    notification(incident, 'mitigated, conclusion pending', claim ? sayClaim(claim) : incident.title),
    [
      lines([
        section(
          ours(`🟢 ${id} · mitigated, conclusion pending`, { bold: true }),
          ' ',
          moment(event.effectiveAt, reading),
          plain(` · by ${nameOf(event.by, reading)}`),
        ),
        ...(claim ? [section(...claimText(claim, incident.evidence, reading, whole))] : []),
        section(...waits),
      ]),
      ...(asked ? [answerButton({ incident: incident.number })] : []),
    ],
    files,
  );
}

function settled(incident: Incident, { seq, at, event }: Proposed, reading: Reading): Message {
  const id = incidentId(incident.number);
  return message(notification(incident, 'was proposed as resolved', incident.title), [
    lines([
      section(
        ours(`${id} · `, { bold: true }),
        plain(`proposed as resolved by ${nameOf(event.by, reading)} `),
        moment(at, reading),
        `: ${became(incident, seq)}.`,
      ),
    ]),
  ]);
}

/** What a proposal came to. */
function became(incident: Incident, seq: number): string {
  for (const { event } of incident.timeline.slice(seq)) {
    if (event.type === 'resolution-proposed') return 'proposed anew since';
    if (event.type === 'resolved') return 'it is resolved';
    if (event.type === 'conclusion-returned') return RETURNED[event.why];
    if (event.type === 'reopened' || event.type === 'cancelled') return event.type;
  }
  return 'it has moved on';
}

const RETURNED = {
  questions: 'not concluded, a question was open',
  gaps: 'not concluded, the judge found a gap',
  unanswered: 'not concluded, nobody answered the five questions',
  withdrawn: 'taken back',
} as const;
