import { attachModal } from '../../blocks/modals/attach.ts';
import { type HypothesisDraft, hypothesisModal } from '../../blocks/modals/hypothesis.ts';
import { testModal } from '../../blocks/modals/test.ts';
import { known } from '../domain/decide/hypotheses.ts';
import { RuleViolation } from '../domain/errors.ts';
import type { Incident } from '../domain/incident.ts';
import type { Asked } from './call.ts';
import type { Said } from './command-row.ts';
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
