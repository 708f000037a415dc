import { doneLine } from '../../../blocks/done.ts';
import { boardMessage } from '../../../blocks/investigation/hypothesis-card.ts';
import type { Message } from '../../../blocks/message.ts';
import { disprovedButton, stateButton } from '../../../blocks/state-button.ts';
import { known } from '../../domain/decide/hypotheses.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Outcome, Side } from '../../domain/investigation/hypothesis.ts';
import { readHypothesis, readTest } from '../../domain/investigation/read-hypothesis.ts';
import { act } from '../../flows/act.ts';
import { type Asked, askerOf, readingOf } from '../call.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { runTest } from '../evidence/run-test.ts';
import { openHypothesis, openTest } from '../forms/open-investigation.ts';
import { targetOf } from '../target.ts';

const SIDE_WORDS: Readonly<Record<string, Side>> = {
  for: 'for',
  supports: 'for',
  against: 'against',
  contradicts: 'against',
  tests: 'tests',
};

const OUTCOME_WORDS: Readonly<Record<string, Outcome>> = {
  supported: 'held',
  held: 'held',
  disproved: 'killed',
  disproven: 'killed',
  wrong: 'killed',
  inconclusive: 'unclear',
  unclear: 'unclear',
};

/** Hypotheses: stated, tested, judged. `table` is the whole table: a test asks by any row that asks. */
export function hypothesisRows(table: () => readonly CommandRow[]): readonly CommandRow[] {
  return [
    {
      name: 'hypothesis',
      first: 4,
      also: ['hypo', 'theory', 'state hypothesis'],
      group: 'investigate',
      usage:
        'hypothesis <one sentence> disproof:<what would prove it wrong> [strategy:…] [method:…] [under:H2]',
      summary: 'State what you think it is, with what would prove it wrong. Its card is edited in place.',
      examples: [
        'hypothesis payments limits us disproof: 429s stay level when our retry rate halves',
        'hypothesis only eu-west is limited disproof: us-east shows 429s too under:H2 strategy:bisection',
      ],
      options: [],
      target: 'open',
      run: async (call) => {
        const incident = await targetOf(call);
        const read = readHypothesis(call.text);
        if (read.statement !== '' && read.disproof !== '') return state(call, incident, read);
        if (call.request.trigger !== undefined) return openHypothesis(call, incident, read);
        return {
          kind: 'thread',
          message: stateButton(incident, read.statement, await readingOf(call, incident)),
        };
      },
    },
    {
      name: 'h',
      also: [],
      verbatim: true,
      shape: /^h\d{1,4}(?:\.\d{1,4})*(?=\s|$)/i,
      group: 'investigate',
      usage:
        'h<number> [test <query> expect:"…" | for|against|test E7 | supported|disproved|inconclusive | disproof: …]',
      summary: 'One hypothesis: run its test, attach evidence, say how the test ended.',
      examples: [
        'H2 test prom sum(rate(payments_429_total[5m])) since:10m expect:"429s fall to 0"',
        'H2 against E7',
        'H2 disproved',
      ],
      options: [],
      target: 'open',
      run: (call) => about(call, table()),
    },
    {
      name: 'board',
      also: ['hypotheses', 'theories'],
      group: 'investigate',
      usage: 'board',
      summary: 'Every hypothesis with its evidence and state, those that were ruled out as well.',
      examples: ['board'],
      options: [],
      target: 'any',
      looks: true,
      run: async (call) => {
        const incident = await targetOf(call);
        const message = boardMessage(incident, await readingOf(call, incident));
        return { kind: call.request.kind === 'slash' ? 'private' : 'thread', message };
      },
    },
  ];
}

/** States it; whoever asked hears its number and the next step, its card is under the status card. */
export async function state(
  asked: Asked,
  incident: Incident,
  said: ReturnType<typeof readHypothesis>,
): Promise<Said> {
  const { statement, disproof, ...named } = said;
  const { after, events } = await act(
    asked.bot.world,
    incident,
    { type: 'state-hypothesis', statement, disproof, ...named },
    askerOf(asked.request),
  );
  const stated = events[0]?.event;
  const id = stated?.type === 'hypothesis-stated' ? stated.hypothesis : 'it';
  return done(
    asked,
    after,
    `${id} is stated; its card is under the status card. Next, try to kill it: \`${id} test prom … expect:"…"\`.`,
  );
}

async function about(call: Call, table: readonly CommandRow[]): Promise<Said> {
  const incident = await targetOf(call);
  const [first = '', ...words] = call.text.trim().split(/\s+/);
  const hypothesis = known(incident, first.toUpperCase());
  const rest = call.text.trim().slice(first.length).trim();
  const verb = (words[0] ?? '').toLowerCase().replace(/[:,]$/, '');
  const argument = rest.slice(words[0]?.length ?? 0).trim();
  const evidence = /^E\d{1,6}$/i.exec(argument)?.[0].toUpperCase();
  const side = SIDE_WORDS[verb] ?? (verb === 'test' ? 'tests' : undefined);
  if (side && evidence !== undefined) return attach(call, incident, hypothesis.id, evidence, side);
  if (verb === 'test' || verb === 'run') return test(call, incident, hypothesis.id, argument, table);
  const outcome = OUTCOME_WORDS[verb];
  if (outcome && argument === '') return judge(call, incident, { hypothesis: hypothesis.id, outcome });
  if (verb === 'disproof' && argument !== '') {
    const { after } = await act(
      call.bot.world,
      incident,
      { type: 'set-disproof', hypothesis: hypothesis.id, disproof: argument },
      askerOf(call.request),
    );
    return done(
      call,
      after,
      `${hypothesis.id} would be wrong if: ${argument}. Earlier tests no longer decide it.`,
    );
  }
  if (verb === '' || verb === 'show') {
    const only = { ...incident, hypotheses: [hypothesis] };
    return { kind: 'thread', message: boardMessage(only, await readingOf(call, incident)) };
  }
  throw new RuleViolation(
    'hypothesis-verb',
    `What about ${hypothesis.id}? \`${hypothesis.id} test prom … expect:"…"\`, \`${hypothesis.id} for E7\`, \`${hypothesis.id} against E7\`, or \`${hypothesis.id} disproved\` once its test has run.`,
    [{ label: 'Run the test', command: `${hypothesis.id} test` }],
  );
}

function test(
  call: Call,
  incident: Incident,
  hypothesis: string,
  text: string,
  table: readonly CommandRow[],
): Promise<Said> {
  const { query, expected } = readTest(text);
  if (call.request.trigger !== undefined && (query === '' || expected === ''))
    return openTest(call, incident, hypothesis);
  if (query === '')
    throw new RuleViolation(
      'test-needed',
      `Which query would show it? \`${hypothesis} test prom … expect:"429s fall to 0"\`, the expected result first in your mind and last in the line.`,
      [{ label: 'Run the test', command: `${hypothesis} test` }],
    );
  return runTest(call, { incident, hypothesis, query, expected }, table);
}

export async function attach(
  asked: Asked,
  incident: Incident,
  hypothesis: string,
  evidence: string,
  side: Side,
): Promise<Said> {
  const { after } = await act(
    asked.bot.world,
    incident,
    { type: 'attach', hypothesis, evidence, side },
    askerOf(asked.request),
  );
  const says = { for: 'supports', against: 'contradicts', tests: 'bears on' }[side];
  const decides =
    side === 'for'
      ? ''
      : ` It was not asked as a test of ${hypothesis}, so it does not decide it: \`${hypothesis} test …\` does.`;
  return done(asked, after, `${evidence} ${says} ${hypothesis}.${decides}`);
}

/** How a test ended. What was disproved asks for the next at once, where a modal can be opened. */
export async function judge(
  asked: Asked,
  incident: Incident,
  verdict: { readonly hypothesis: string; readonly outcome: Outcome; readonly test?: number },
): Promise<Said> {
  const { after } = await act(
    asked.bot.world,
    incident,
    { type: 'judge-hypothesis', ...verdict },
    askerOf(asked.request),
  );
  const { hypothesis, outcome } = verdict;
  if (outcome === 'killed' && asked.request.trigger !== undefined) return openHypothesis(asked, after);
  if (outcome === 'killed')
    return heard(asked, disprovedButton(after, hypothesis, await readingOf(asked, after)));
  const line = {
    held: `${hypothesis} is supported: its disproof was run and did not come true. Narrower: \`hypothesis … under:${hypothesis}\`.`,
    unclear: `${hypothesis} is inconclusive. Another query may tell: \`${hypothesis} test …\`.`,
  }[outcome];
  return done(asked, after, line);
}

async function done(asked: Asked, after: Incident, line: string): Promise<Said> {
  return heard(asked, doneLine(after, line, await readingOf(asked, after)));
}

function heard({ request }: Asked, message: Message): Said {
  return { kind: request.kind === 'mention' || request.kind === 'dm' ? 'thread' : 'private', message };
}
