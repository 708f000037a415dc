import { attachModal } from '../../../blocks/modals/attach.ts';
import { type HypothesisDraft, hypothesisModal } from '../../../blocks/modals/hypothesis.ts';
import { interimModal } from '../../../blocks/modals/interim.ts';
import { judgeModal } from '../../../blocks/modals/judge.ts';
import { testModal } from '../../../blocks/modals/test.ts';
import { known } from '../../domain/decide/hypotheses.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { type Incident, incidentId } from '../../domain/incident.ts';
import { whyNotJudge } from '../../domain/investigation/conclusion.ts';
import { type Asked, readingOf } from '../call.ts';
import type { Said } from '../command-row.ts';
import { takeUp } from './closing-form.ts';
import { openResolve } from './open-closing.ts';
import { metaOf, openModal } from './open-modal.ts';

/** Asks for a hypothesis, or for what is missing of one. */
export function openHypothesis(
  asked: Asked,
  incident: Incident,
  draft: Omit<HypothesisDraft, 'parent'> & { readonly parent?: string } = {},
): Promise<Said> {
  const { parent: id, ...rest } = draft;
  const parent = id === undefined ? undefined : known(incident, id);
  const meta = metaOf(asked, { incident: incident.number, ...(parent && { about: parent.id }) });
  return openModal(asked, hypothesisModal(incident, { ...rest, ...(parent && { parent }) }, meta));
}

/** Asks for the expected result and the query that tests a hypothesis. */
export function openTest(asked: Asked, incident: Incident, id: string): Promise<Said> {
  const hypothesis = known(incident, id);
  return openModal(
    asked,
    testModal(incident, hypothesis, metaOf(asked, { incident: incident.number, about: hypothesis.id })),
  );
}

/** The five questions of a conclusion that ends nothing; `seq` is the one that a button was about. */
export async function openInterim(
  asked: Asked,
  incident: Incident,
  seq = incident.interim?.seq,
): Promise<{ readonly kind: 'modal' }> {
  const { interim, number } = incident;
  const id = incidentId(number);
  if (!interim || interim.seq !== seq)
    throw new RuleViolation('moved-on', `${id} has moved on since. \`status\` shows where it stands.`, [
      { label: 'Status', command: `${id} status` },
    ]);
  const held = await takeUp(asked, incident, seq);
  const answers = [...(held?.resolve.answers ?? []), ...(interim.answers ?? [])];
  return openModal(
    asked,
    interimModal(incident, { ...interim, answers }, metaOf(asked, { incident: number, seq })),
  );
}

/** The five questions that wait: of a proposed end, else of the last conclusion. */
export function openQuestions(asked: Asked, incident: Incident): Promise<Said> {
  return !incident.conclusion && incident.interim
    ? openInterim(asked, incident)
    : openResolve(asked, incident);
}

/** The four checks, for somebody who may judge; anybody else hears why not before they have typed. */
export async function openJudge(asked: Asked, incident: Incident): Promise<Said> {
  const why = whyNotJudge(incident, asked.request.by);
  if (why !== undefined)
    throw new RuleViolation(
      'not-independent',
      `You cannot judge it: @{${asked.request.by}} ${why}. \`judge @name\` asks somebody else.`,
    );
  if (incident.conclusion?.stage !== 'judge' && incident.review?.kind !== 'unreviewed')
    throw new RuleViolation(
      'nothing-to-judge',
      `Nothing of ${incidentId(incident.number)} waits for a judge. \`status\` shows where it stands.`,
      [{ label: 'Status', command: `status ${incidentId(incident.number)}` }],
    );
  const reading = await readingOf(asked, incident);
  return openModal(asked, judgeModal(incident, reading, metaOf(asked, { incident: incident.number })));
}

/** Asks what an evidence does for which hypothesis. */
export function openAttach(
  asked: Asked,
  incident: Incident,
  about: { readonly hypothesis?: string; readonly evidence?: string },
): Promise<Said> {
  if (incident.hypotheses.length === 0) return openHypothesis(asked, incident);
  if (incident.evidence.length === 0)
    throw new RuleViolation('no-evidence', 'There is no evidence yet. Ask something first: `prom …`.');
  return openModal(asked, attachModal(incident, about, metaOf(asked, { incident: incident.number })));
}
