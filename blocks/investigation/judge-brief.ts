import { claims } from '../../src/domain/claim.ts';
import { type Incident, incidentId, startedAt } from '../../src/domain/incident.ts';
import { QUESTIONS } from '../../src/domain/investigation/conclusion.ts';
import { evidenceFor, leading, ruledOut } from '../../src/domain/investigation/hypothesis.ts';
import { showUpdate } from '../../src/domain/update.ts';
import { ACTIONS, encodeRef } from '../action-ids.ts';
import { actions, button } from '../controls.ts';
import { brief, message } from '../fit.ts';
import { notification } from '../headline.ts';
import type { Block, Message, Reading } from '../message.ts';
import { labelled, lines, section } from '../rich.ts';
import { bold, link, moment, nameOf, plain } from '../text.ts';
import { claimText, evidenceLinks } from './claim.ts';
import { ruledOutLine, standLine } from './hypothesis-card.ts';

/** To one person who is independent: what was reported, what it was, what speaks for it, and the form to judge it. */
export function judgeBrief(incident: Incident, reading: Reading): Message {
  const late = incident.review?.kind === 'unreviewed';
  const says = late
    ? ' closed without a second pair of eyes. The review is due today (about 3 minutes).'
    : ' needs a second pair of eyes before it closes (about 3 minutes).';
  return message(
    notification(incident, late ? 'a review is due' : 'please judge the conclusion', incident.title),
    [
      lines([section(bold(incidentId(incident.number)), says)]),
      ...briefBlocks(incident, reading),
      actions(button(ACTIONS.judgeIt, 'Judge it', encodeRef({ incident: incident.number }), 'primary')),
    ],
  );
}

/** The brief itself; above the form as well. */
export function briefBlocks(incident: Incident, reading: Reading): readonly Block[] {
  const { evidence, conclusion } = incident;
  const cause = leading(incident);
  const out = ruledOut(incident);
  const text = conclusion?.text ?? incident.resolution;
  const files: [] = [];
  const whole = { name: 'brief', title: 'the timeline', files, max: 900 };
  const impact = incident.updates.findLast((one) => one.fields.impact !== undefined);
  const hurt = impact && showUpdate(impact.fields, evidence).impact;
  const until = conclusion?.effectiveAt ?? incident.resolvedAt;
  const alert = incident.alert?.permalink;
  return [
    lines([
      labelled(
        'Reported',
        moment(incident.declaredAt, reading),
        plain(` “${brief(incident.title, 200)}”, lead ${nameOf(incident.lead, reading)}`),
        ...(alert === undefined ? [] : [' · ', link(alert, 'the alert')]),
      ),
      labelled(
        'Impact',
        moment(startedAt(incident), reading),
        ...(until === undefined ? [] : ['–', moment(until, reading)]),
        ...(hurt ? [', ', claimText(hurt, evidence, reading, whole)] : [', not said how much']),
      ),
      labelled(
        'Root cause as stated',
        ...(text === undefined
          ? ['not said']
          : [claimText(claims(text, evidence), evidence, reading, whole)]),
      ),
      labelled(
        'Hypothesis',
        ...(cause ? standLine(cause, reading, 400) : ['none was stated']),
        ...(cause && evidenceFor(cause).length > 0
          ? [' · for it: ', evidenceLinks(evidenceFor(cause).slice(0, 6), evidence)]
          : []),
        ...(cause ? [' · would have been wrong if: ', plain(brief(cause.disproof, 300))] : []),
      ),
      labelled('Ruled out', ...(out.length > 0 ? ruledOutLine(out, evidence, reading) : ['nothing'])),
      labelled('Recovery', ...recovery(incident)),
    ]),
    ...answersPart(incident),
  ];
}

/** What was asked after the impact ended shows whether it did. */
function recovery(incident: Incident) {
  const since = incident.mitigatedAt;
  const after = since === undefined ? [] : incident.evidence.filter((one) => one.askedAt >= since);
  return after.length > 0
    ? [
        evidenceLinks(
          after.slice(-3).map((one) => one.id),
          incident.evidence,
        ),
      ]
    : ['no query since it was mitigated'];
}

function answersPart({ conclusion, evidence }: Incident): readonly Block[] {
  if (!conclusion || conclusion.answers.length === 0) return [];
  const rows = conclusion.answers.map((one) => {
    const asks = QUESTIONS.find(({ name }) => name === one.question)?.asks ?? '';
    return section(
      asks,
      ' ',
      ...(one.says === 'yes' ? ['Yes: ', evidenceLinks([one.evidence], evidence)] : [bold('No')]),
    );
  });
  return [lines(rows)];
}
