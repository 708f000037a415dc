import type { Hypothesis, Test } from '../../src/domain/investigation/hypothesis.ts';
import { actions } from '../controls.ts';
import { shorten } from '../fit.ts';
import { verdicts } from '../investigation/verdicts.ts';
import type { Block, Reading } from '../message.ts';
import { labelled, lines } from '../rich.ts';
import { bold, words } from '../text.ts';

/** The test that a query was run for. */
export interface Tested {
  readonly hypothesis: Hypothesis;
  readonly test: Test;
}

/** On an evidence card: what was expected, said before the query ran, beside what came back; and how it ended, one click. */
export function expectedBlocks(
  incident: number,
  { hypothesis, test }: Tested,
  got: string,
  reading: Reading,
): Block[] {
  return [
    lines([
      labelled('Tests', bold(hypothesis.id), ' ', words(shorten(hypothesis.statement, 300), reading)),
      labelled('Wrong if', words(shorten(hypothesis.disproof, 300), reading)),
      labelled('Expected', words(shorten(test.expected, 300), reading)),
      labelled('Got', bold(got)),
    ]),
    actions(...verdicts(incident, hypothesis, test)),
  ];
}
