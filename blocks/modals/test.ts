import { type Incident, incidentId } from '../../src/domain/incident.ts';
import type { Hypothesis } from '../../src/domain/investigation/hypothesis.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import { brief } from '../fit.ts';
import type { View } from '../message.ts';
import { plainText, type Submitted, textInput, typed } from './fields.ts';

/** The disproof as a query: what it should show is asked before the query. */
export function testModal(incident: Pick<Incident, 'number'>, hypothesis: Hypothesis, meta: Meta): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.test,
    title: plainText(`${incidentId(incident.number)} test ${hypothesis.id}`.slice(0, 24)),
    submit: plainText('Run it'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      textInput(INPUTS.expected, `What does the answer show if ${hypothesis.id} is right?`, {
        initial: hypothesis.tests.findLast((one) => one.evidence === undefined)?.expected,
        required: true,
        max: 1_000,
        placeholder: '429s fall to 0',
        hint: brief(`${hypothesis.id} would be wrong if: ${hypothesis.disproof}`, 140),
      }),
      textInput(INPUTS.query, 'The query', {
        required: true,
        multiline: true,
        placeholder: 'prom sum by (code) (rate(http_requests_total[5m])) since:30m',
        hint: 'As you would type it after the mention',
      }),
    ],
  };
}

export interface TestRead {
  readonly expected: string;
  readonly query: string;
}

export function readTest(values: Submitted): TestRead {
  return { expected: typed(values, INPUTS.expected) ?? '', query: typed(values, INPUTS.query) ?? '' };
}
