import type { Button } from '@slack/types';
import type { Hypothesis, Test } from '../../src/domain/investigation/hypothesis.ts';
import { ACTIONS, encodeRef, numbered } from '../action-ids.ts';
import { button } from '../controls.ts';

/** How a test ended, one click each; the state of the hypothesis follows from it. */
export function verdicts(incident: number, { id }: Hypothesis, { number }: Test): readonly Button[] {
  const value = (outcome: string) => encodeRef({ incident, second: number, rest: `${id}/${outcome}` });
  return [
    button(numbered(ACTIONS.judgeTest, 0), 'As expected', value('held'), 'primary'),
    button(numbered(ACTIONS.judgeTest, 1), `Proves ${id} wrong`, value('killed')),
    button(numbered(ACTIONS.judgeTest, 2), 'Unclear', value('unclear')),
  ];
}
