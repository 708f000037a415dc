import type { Backend } from '../../backends/backend.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { Answer, Series } from '../../domain/evidence.ts';
import type { PersonId } from '../../domain/incident.ts';
import { type CompareReport, compareSeries } from '../../domain/signals/compare.ts';
import type { Duration, Window } from '../../domain/time.ts';
import { ask } from '../ask.ts';
import type { World } from '../ports.ts';
import type { Gathered } from './gathered.ts';

export interface CompareAsking {
  readonly backend: Backend;
  readonly query: string;
  readonly window: Window;
  /** Of the same length. */
  readonly earlier: Window;
  readonly step?: Duration;
  readonly by: PersonId;
}

/** One query over two windows of the same length, series by series. Throws RuleViolation where it gives no numbers. */
export async function readCompare(
  world: Pick<World, 'telemetry'>,
  asking: CompareAsking,
  signal: AbortSignal,
): Promise<Gathered<CompareReport>> {
  const { backend, query, by, step } = asking;
  const [now, then] = await Promise.all(
    [asking.window, asking.earlier].map((window) =>
      ask(world, { backend, query, window, by, ...(step !== undefined && { step }) }, signal),
    ),
  );
  if (!now || !then) throw new TypeError('Two questions gave no two answers');
  const { rows, total } = compareSeries(seriesOf(now), seriesOf(then));
  return {
    answers: [now, then],
    report: (cite) => ({
      kind: 'compare',
      source: backend.title,
      query: now.query,
      window: now.window,
      earlier: then.window,
      rows,
      total,
      now: cite(now),
      was: cite(then),
    }),
  };
}

function seriesOf({ result, source }: Answer): readonly Series[] {
  if (result.kind === 'series') return result.series;
  throw new RuleViolation(
    'no-numbers',
    `${source} answered with ${result.kind === 'rows' ? 'rows' : 'text'}, which cannot be compared. Ask for numbers: \`count_over_time(…)\`, \`rate(…)\`, \`sum(…)\`.`,
  );
}
