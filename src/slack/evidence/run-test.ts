import { RuleViolation } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import { act } from '../../flows/act.ts';
import { type Asked, askerOf } from '../call.ts';
import type { CommandRow, Said } from '../command-row.ts';
import { parseCommand } from '../words/parse-command.ts';

export interface TestRun {
  readonly incident: Incident;
  readonly hypothesis: string;
  readonly expected: string;
  /** As typed after the mention: `prom up since:5m`. */
  readonly query: string;
}

/** Writes down what is expected, then asks: in that order on the timeline, so that nobody expects what they have seen. */
export async function runTest(asked: Asked, run: TestRun, table: readonly CommandRow[]): Promise<Said> {
  const { incident, hypothesis } = run;
  const read = parseCommand(run.query, table);
  if (read.kind !== 'command' || read.parsed.row.asks === undefined) {
    const tools = table.flatMap((row) => (row.asks === undefined ? [] : [`\`${row.name}\``]));
    throw new RuleViolation(
      'test-asks',
      `A test asks the telemetry: \`${hypothesis} test prom … expect:"…"\`. It can ask ${tools.join(', ')}.`,
    );
  }
  const asker = askerOf(asked.request);
  const { after } = await act(
    asked.bot.world,
    incident,
    { type: 'plan-test', hypothesis, expected: run.expected },
    { ...asker, ...(asker.key !== undefined && { key: `${asker.key}/expected` }) },
  );
  const number = after.hypotheses.find((one) => one.id === hypothesis)?.tests.at(-1)?.number ?? 0;
  return read.parsed.row.run({
    ...asked,
    ...read.parsed,
    incident: incident.number,
    test: { hypothesis, number },
  });
}
