import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { CHECKS, type Verdict } from '../../src/domain/investigation/conclusion.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import { briefBlocks } from '../investigation/judge-brief.ts';
import type { Reading, View } from '../message.ts';
import { chosen, plainText, radio, type Submitted, textInput, typed } from './fields.ts';

const INPUT = {
  causation: [INPUTS.causation, INPUTS.causationWhy],
  assumptions: [INPUTS.judgedAssumptions, INPUTS.judgedAssumptionsWhy],
  alternatives: [INPUTS.judgedAlternatives, INPUTS.judgedAlternativesWhy],
  gaps: [INPUTS.gaps, INPUTS.gapsWhy],
} as const;

/** The four checks, each `solid because …` or `gap: …`; nothing is chosen beforehand. */
export function judgeModal(incident: Incident, reading: Reading, meta: Meta): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.judge,
    title: plainText(`Judge ${incidentId(incident.number)}`.slice(0, 24)),
    submit: plainText('Say so'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      ...briefBlocks(incident, reading),
      ...CHECKS.flatMap(({ name, asks }) => [
        radio(INPUT[name][0], asks, [
          ['solid', 'solid because …'],
          ['gap', 'gap: …'],
        ]),
        textInput(INPUT[name][1], 'Because, or the gap', { required: true, max: 500 }),
      ]),
    ],
  };
}

/** Only what was answered; the rules refuse what is missing. */
export function readJudge(values: Submitted): readonly Verdict[] {
  return CHECKS.flatMap(({ name }) => {
    const said = chosen(values, INPUT[name][0]);
    if (said !== 'solid' && said !== 'gap') return [];
    return [{ check: name, solid: said === 'solid', because: typed(values, INPUT[name][1]) ?? '' }];
  });
}
