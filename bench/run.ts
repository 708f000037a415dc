import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { startPostgres } from '../test/storage/start-postgres.ts';
import { startHangingBackend } from './bots.ts';
import type { Line } from './line.ts';
import { measureCommands } from './measures/commands.ts';
import { measureKept } from './measures/kept.ts';
import { measureQuery } from './measures/query.ts';
import { measureRecall } from './measures/recall.ts';
import { measureStart } from './measures/start.ts';
import { measureTick } from './measures/tick.ts';

/** How much is measured. */
interface Effort {
  readonly rounds: number;
  /** Of sending, in ms. */
  readonly span: number;
  readonly starts: number;
  readonly questions: number;
  readonly open: readonly number[];
  /** Entries of knowledge. */
  readonly known: readonly number[];
}

const FULL: Effort = {
  rounds: 5,
  span: 2_000,
  starts: 3,
  questions: 200,
  open: [1_000, 10_000, 100_000],
  known: [1_000, 10_000, 100_000],
};
const QUICK: Effort = {
  rounds: 2,
  span: 1_000,
  starts: 1,
  questions: 60,
  open: [1_000, 10_000],
  known: [1_000, 10_000],
};
const SENDERS = 50;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
});
const effort = values.quick ? QUICK : FULL;
const wanted = (name: string) => values.only?.includes(name) ?? true;
let missed = false;

/** The machine is told with every line: with two cores a bot has one and the fake Slack with its people the other. */
function print(lines: readonly Line[]): void {
  for (const line of lines) {
    missed ||= !line.ok;
    process.stdout.write(`${JSON.stringify({ ...line, cores: availableParallelism() })}\n`);
  }
}

const backend = await startHangingBackend();
try {
  const { rounds, span, starts, questions, open, known } = effort;
  const backendUrl = backend.url;
  if (wanted('tick')) print(await measureTick({ open, rounds }));
  if (wanted('recall')) for (const many of known) print(await measureRecall({ many, rounds }));
  if (!values.quick && (wanted('tick-postgres') || wanted('recall-postgres'))) {
    const server = await startPostgres();
    if (server !== undefined) {
      const postgres = () => server.createPlace();
      try {
        if (wanted('tick-postgres')) print(await measureTick({ open, rounds, postgres }));
        if (wanted('recall-postgres'))
          for (const many of known) print(await measureRecall({ many, rounds, postgres }));
      } finally {
        await server.stop();
      }
    }
  }
  if (wanted('http'))
    print(await measureCommands({ transport: 'http', backendUrl, senders: SENDERS, rounds, span }));
  if (wanted('socket') && !values.quick)
    print(await measureCommands({ transport: 'socket', backendUrl, senders: SENDERS, rounds, span }));
  if (wanted('start')) print([await measureStart(backendUrl, starts)]);
  if (wanted('query')) print(await measureQuery(questions));
  if (wanted('kept')) print(await measureKept(rounds));
} finally {
  await backend.stop();
}
// A short look is too noisy to be held to a bound.
process.exitCode = missed && !values.quick ? 1 : 0;
