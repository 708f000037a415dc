import { type Incident, isOpen } from '../../src/domain/incident.ts';
import {
  attachedAs,
  evidenceAgainst,
  evidenceFor,
  type Hypothesis,
  type HypothesisState,
  type Test,
} from '../../src/domain/investigation/hypothesis.ts';
import type { Stand } from '../../src/domain/investigation/stand.ts';
import { ACTIONS, encodeRef } from '../action-ids.ts';
import { actions, button } from '../controls.ts';
import { brief, message, shorten } from '../fit.ts';
import { notification } from '../headline.ts';
import type { Block, Element, Message, Reading } from '../message.ts';
import { labelled, lines, section, small } from '../rich.ts';
import { bold, type Inline, nameOf, ours, plain, words } from '../text.ts';
import { evidenceLinks } from './claim.ts';
import { openTestBlocks } from './open-tests.ts';
import { verdicts } from './verdicts.ts';

/** Characters of a sentence on a card; the timeline has it whole. */
const SENTENCE = 1_200;

const SAID: Readonly<Record<HypothesisState, string>> = {
  open: 'open',
  testing: 'being tested',
  supported: 'supported',
  disproved: 'disproved',
  inconclusive: 'inconclusive',
};

/** How a state is said in a sentence. */
export function sayState(state: HypothesisState): string {
  return SAID[state];
}

const APPROACH: Readonly<Record<string, string>> = {
  differential: 'differential: what differs between good and bad',
  bisection: 'bisection: halve what it can be',
  'golden-signals': 'golden signals',
  red: 'RED',
  use: 'USE',
};

/** One hypothesis: its statement, what would prove it wrong, the evidence, and what to do next. Edited in place. */
export function hypothesisCard(incident: Incident, hypothesis: Hypothesis, reading: Reading): Message {
  const { id, state, statement } = hypothesis;
  return message(notification(incident, `${id} ${SAID[state]}`, statement), [
    lines(hypothesisLines(incident, hypothesis, reading)),
    actions(...controls(incident, hypothesis)),
  ]);
}

/** The card without its buttons; the board shows several. */
export function hypothesisLines(incident: Incident, hypothesis: Hypothesis, reading: Reading) {
  const { id, state, statement, disproof, by, strategy, method } = hypothesis;
  const approach = [strategy, method].flatMap((one) => (one ? [APPROACH[one] ?? one] : []));
  const linked = (ids: readonly string[]): (string | readonly Inline[])[] =>
    ids.length === 0 ? ['none yet'] : [evidenceLinks(ids, incident.evidence)];
  const bearing = attachedAs(hypothesis, 'tests');
  return [
    section(bold(`${id} · ${SAID[state]}`), plain(` · by ${nameOf(by, reading)}`)),
    section(words(shorten(statement, SENTENCE), reading)),
    labelled('Would be wrong if', words(shorten(disproof, SENTENCE), reading)),
    ...(approach.length > 0 ? [labelled('Looking by', approach.join(' · '))] : []),
    ...hypothesis.tests.slice(-3).map((test) => testLine(incident, test, reading)),
    labelled('For', ...linked(evidenceFor(hypothesis))),
    labelled('Against', ...linked(evidenceAgainst(hypothesis))),
    ...(bearing.length > 0 ? [labelled('Also looked at', evidenceLinks(bearing, incident.evidence))] : []),
  ];
}

const ENDED = {
  held: 'as expected',
  killed: 'the outcome that proves it wrong',
  unclear: 'unclear',
} as const;

function testLine(incident: Incident, test: Test, reading: Reading) {
  const expected = words(shorten(test.expected, 400), reading);
  if (test.evidence === undefined)
    return labelled('Expected', expected, ours(' · not run yet', { italic: true }));
  const ended = test.outcome === undefined ? 'not judged yet' : ENDED[test.outcome];
  return labelled(
    'Expected',
    expected,
    ' · got ',
    evidenceLinks([test.evidence], incident.evidence),
    `: ${ended}`,
  );
}

function controls(incident: Incident, hypothesis: Hypothesis): Element[] {
  const { id, state } = hypothesis;
  const value = encodeRef({ incident: incident.number, rest: id });
  const run = (label: string, primary = true) =>
    button(ACTIONS.runTest, label, value, primary ? 'primary' : undefined);
  const add = button(ACTIONS.addEvidence, 'Add evidence', value);
  const next = button(
    ACTIONS.stateHypothesis,
    'State the next',
    encodeRef({ incident: incident.number }),
    'primary',
  );
  switch (state) {
    case 'disproved':
      return [next];
    case 'supported':
      return [
        button(
          ACTIONS.stateHypothesis,
          'Narrow it',
          encodeRef({ incident: incident.number, rest: `under:${id}` }),
        ),
        run('Run another test', false),
        add,
      ];
    case 'inconclusive':
      return [run('Run another test'), add];
    case 'testing':
    case 'open': {
      const waiting = hypothesis.tests.findLast(
        (one) => one.evidence !== undefined && one.outcome === undefined,
      );
      return [
        ...(waiting ? verdicts(incident.number, hypothesis, waiting) : []),
        run(waiting ? 'Run another test' : 'Run the test', !waiting),
        add,
      ];
    }
  }
}

/** All hypotheses, those that were ruled out as well; each with the way to its next step. */
export function boardMessage(incident: Incident, reading: Reading): Message {
  const { hypotheses } = incident;
  const state = button(
    ACTIONS.stateHypothesis,
    hypotheses.length === 0 ? 'State a hypothesis' : 'State another',
    encodeRef({ incident: incident.number }),
  );
  const shown = hypotheses.slice(-20);
  const blocks: Block[] = shown.flatMap((one, index) => [
    ...(index > 0 ? [{ type: 'divider' } as const] : []),
    lines(hypothesisLines(incident, one, reading)),
    actions(...controls(incident, one)),
  ]);
  const said = hypotheses.map((one) => `${one.id} ${SAID[one.state]}`).join(', ');
  return message(notification(incident, 'board', said || 'no hypothesis yet'), [
    ...(hypotheses.length === 0
      ? [lines([section('No hypothesis yet. One sentence, and what would prove it wrong, is enough.')])]
      : blocks),
    ...(hypotheses.length > shown.length
      ? [small(`${hypotheses.length - shown.length} older ones: timeline`)]
      : []),
    ...(isOpen(incident) ? openTestBlocks(incident, reading) : []),
    ...(hypotheses.at(-1)?.state === 'disproved' ? [] : [actions(state)]),
  ]);
}

/** `H2 payments limits us, being tested`: one line for cards, drafts and those who join. */
export function standLine(
  hypothesis: Hypothesis,
  reading: Reading,
  max = 200,
): (string | readonly Inline[] | Inline)[] {
  return [
    bold(hypothesis.id),
    ' ',
    words(brief(hypothesis.statement, max), reading),
    `, ${SAID[hypothesis.state]}`,
  ];
}

/** `H1 deploy v2.3.45 (E3)`, several parted by semicolons. */
export function ruledOutLine(
  ruledOut: Stand['ruledOut'],
  evidence: Incident['evidence'],
  reading: Reading,
): (string | readonly Inline[] | Inline)[] {
  return ruledOut
    .slice(-5)
    .flatMap((one, index) => [
      ...(index > 0 ? ['; '] : []),
      bold(one.id),
      ' ',
      words(brief(one.statement, 140), reading),
      ' (',
      evidenceLinks(one.evidence.slice(0, 4), evidence),
      ')',
    ]);
}
