import { RuleViolation } from '../errors.ts';
import type { EvidenceNote } from '../evidence-note.ts';
import { type Incident, type IncidentEvent, incidentId } from '../incident.ts';
import { whyNotBearing } from '../investigation/bears.ts';
import type { HypothesisCommand } from '../investigation/commands.ts';
import { type Hypothesis, nextHypothesisId, type Outcome, type Test } from '../investigation/hypothesis.ts';
import { type Bare, type Deciders, mustBeOpen, oneLine } from './rules.ts';

const STATE = { held: 'supported', killed: 'disproved', unclear: 'inconclusive' } as const;

/** Words that stand where nothing was said. */
const PLACEHOLDER =
  /^(?:none|no|nothing|n\/?a|tbd|todo|later|unknown|unclear|idk|dunno|anything|whatever|[^\p{L}\p{N}]*)$/iu;

/** What people do with hypotheses. Their states change by evidence alone. */
export const HYPOTHESES: Deciders<HypothesisCommand> = {
  'state-hypothesis': (incident, command) => {
    mustBeOpen(incident);
    const [statement, disproof] = [oneLine(command.statement), oneLine(command.disproof)];
    if (statement === '')
      throw new RuleViolation(
        'statement-needed',
        'What do you think it is, in one sentence? `hypothesis payments limits us disproof: 429s stay when retries halve`.',
      );
    mustDisprove(disproof, statement);
    const same = incident.hypotheses.find((one) => fold(one.statement) === fold(statement));
    if (same)
      throw new RuleViolation('same-hypothesis', `${same.id} says that already; it is ${same.state}.`, [
        { label: `Show ${same.id}`, command: same.id },
      ]);
    if (command.parent !== undefined) known(incident, command.parent);
    return [
      {
        type: 'hypothesis-stated',
        hypothesis: nextHypothesisId(incident, command.parent),
        statement,
        disproof,
        ...(command.parent !== undefined && { parent: command.parent }),
        ...(command.strategy && { strategy: command.strategy }),
        ...(command.method && { method: command.method }),
      },
    ];
  },
  'set-disproof': (incident, command) => {
    mustBeOpen(incident);
    const hypothesis = alive(incident, command.hypothesis);
    const disproof = oneLine(command.disproof);
    mustDisprove(disproof, hypothesis.statement);
    return disproof === hypothesis.disproof
      ? []
      : [{ type: 'disproof-set', hypothesis: hypothesis.id, disproof, was: hypothesis.disproof }];
  },
  'plan-test': (incident, command) => {
    mustBeOpen(incident);
    const hypothesis = alive(incident, command.hypothesis);
    const expected = oneLine(command.expected);
    if (isPlaceholder(expected))
      throw new RuleViolation(
        'expected-needed',
        `What will the answer show if ${hypothesis.id} is right? Say it before the query runs: \`${hypothesis.id} test prom … expect:"429s fall to 0"\`.`,
        [runIt(hypothesis)],
      );
    const last = hypothesis.tests.at(-1);
    const test = last === undefined ? 1 : last.evidence === undefined ? last.number : last.number + 1;
    return [{ type: 'test-planned', hypothesis: hypothesis.id, test, expected }];
  },
  attach: (incident, command) => {
    mustBeOpen(incident);
    const { id } = known(incident, command.hypothesis);
    const note = noted(incident, command.evidence);
    const there = known(incident, id).attached.some(
      (one) => one.evidence === note.id && one.side === command.side,
    );
    return there
      ? []
      : [{ type: 'evidence-attached', hypothesis: id, evidence: note.id, side: command.side }];
  },
  'judge-hypothesis': (incident, command) => {
    mustBeOpen(incident);
    const hypothesis = alive(incident, command.hypothesis);
    const test = toJudge(hypothesis, command.test);
    if (command.outcome === 'unclear' && !test) return [inconclusive(hypothesis)];
    if (!test || test.evidence === undefined) throw notRun(hypothesis, command.outcome);
    if (command.outcome !== 'unclear')
      mustBear(hypothesis, noted(incident, test.evidence), test, command.outcome);
    return [
      {
        type: 'hypothesis-judged',
        hypothesis: hypothesis.id,
        state: STATE[command.outcome],
        test: test.number,
        outcome: command.outcome,
      },
    ];
  },
};

/** Finds a hypothesis; refuses one that was never stated. */
export function known(incident: Incident, id: string): Hypothesis {
  const found = incident.hypotheses.find((one) => one.id === id);
  if (found) return found;
  const last = incident.hypotheses.at(-1);
  throw new RuleViolation(
    'no-such-hypothesis',
    last
      ? `${incidentId(incident.number)} has no ${id}. \`board\` shows them all.`
      : `${incidentId(incident.number)} has no hypothesis yet. \`hypothesis <one sentence> disproof: <what would prove it wrong>\` states one.`,
    last ? [{ label: 'Board', command: 'board' }] : [],
  );
}

/** Finds an evidence of this incident. */
export function noted(incident: Incident, id: string): EvidenceNote {
  const found = incident.evidence.find((one) => one.id === id);
  if (found) return found;
  const last = incident.evidence.at(-1)?.id;
  throw new RuleViolation(
    'no-such-evidence',
    last === undefined
      ? `${incidentId(incident.number)} has no evidence yet, so there is no ${id}. Ask something first: \`prom …\`.`
      : `${incidentId(incident.number)} has no ${id}; its evidence ends at ${last}.`,
  );
}

function alive(incident: Incident, id: string): Hypothesis {
  const hypothesis = known(incident, id);
  if (hypothesis.state !== 'disproved') return hypothesis;
  throw new RuleViolation(
    'disproved-already',
    `${id} is disproved and stays so. State what it is instead: \`hypothesis <one sentence> disproof: …\`.`,
    [{ label: 'State the next', command: 'hypothesis' }],
  );
}

function mustDisprove(disproof: string, statement: string): void {
  if (isPlaceholder(disproof) || fold(disproof) === fold(statement) || !/\S\s+\S/.test(disproof))
    throw new RuleViolation(
      'disproof-needed',
      'What would you see if it were wrong? Add it in a few words: `disproof: 429s stay level when our retry rate halves`.',
    );
}

export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text.trim());
}

/** The test that a click was about, or the newest that has answered; one that was judged meanwhile says so. */
function toJudge(hypothesis: Hypothesis, number: number | undefined): Test | undefined {
  if (number === undefined) return hypothesis.tests.findLast((one) => one.evidence !== undefined);
  const test = hypothesis.tests.find((one) => one.number === number);
  if (!test)
    throw new RuleViolation(
      'test-outdated',
      `That test was for an earlier disproof of ${hypothesis.id}. Now it would be wrong if: “${hypothesis.disproof}”.`,
      [runIt(hypothesis)],
    );
  if (test.outcome !== undefined)
    throw new RuleViolation(
      'test-judged',
      `That test is judged already: ${hypothesis.id} is ${hypothesis.state}. Run another to change it.`,
      [runIt(hypothesis)],
    );
  return test;
}

function notRun(hypothesis: Hypothesis, outcome: Outcome): RuleViolation {
  const word = outcome === 'killed' ? 'disproved' : 'supported';
  return new RuleViolation(
    'disproof-not-run',
    `A ${word} hypothesis needs its disproof run after it was written, with the expected result said first. ${hypothesis.id}'s: “${hypothesis.disproof}”.`,
    [runIt(hypothesis)],
  );
}

function inconclusive(hypothesis: Hypothesis): Bare<IncidentEvent> {
  if (hypothesis.attached.length === 0) throw notRun(hypothesis, 'held');
  return { type: 'hypothesis-judged', hypothesis: hypothesis.id, state: 'inconclusive' };
}

function mustBear(hypothesis: Hypothesis, note: EvidenceNote, test: Test, outcome: Outcome): void {
  const why = whyNotBearing(note, outcome === 'held' ? test.expected : hypothesis.disproof);
  if (why === undefined) return;
  throw new RuleViolation(
    'evidence-too-weak',
    `${why}. Run a query whose answer shows it, or call ${hypothesis.id} inconclusive.`,
    [runIt(hypothesis), { label: 'Inconclusive', command: `${hypothesis.id} inconclusive` }],
  );
}

function runIt({ id }: Hypothesis) {
  return { label: 'Run the test', command: `${id} test` };
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
