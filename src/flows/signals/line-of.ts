import type { Answer } from '../../domain/evidence.ts';
import { amountsOf, type NowAndBefore } from '../../domain/signals/amounts.ts';
import type { SignalLine } from '../../domain/signals/report.ts';
import type { SignalQuery } from '../../domain/signals/signal.ts';
import type { Cite, Tried } from './gathered.ts';

/** One query of a line, and what came of it. */
export interface AskedQuery {
  readonly query: SignalQuery;
  readonly answer: Tried<Answer>;
}

/** A line from the answers to its queries; one that failed is told beside the numbers of the others. */
export function lineOf(
  line: Pick<SignalLine, 'signal' | 'chosen' | 'others'>,
  asked: readonly AskedQuery[],
  times: NowAndBefore,
  cite: Cite,
): SignalLine {
  const amounts = asked.flatMap(({ query, answer }) =>
    'value' in answer ? amountsOf(query, answer.value, times, cite(answer.value)) : [],
  );
  const failed = asked.flatMap(({ answer }) => ('why' in answer ? [answer.why] : []));
  const silent = amounts.length === 0 && failed.length === 0 ? ['No samples in this time.'] : [];
  const lacks = [...new Set([...failed, ...silent])].join(' ');
  return { ...line, amounts, ...(lacks !== '' && { lacks }) };
}

/** What was answered, in the order asked. */
export function answersOf(asked: readonly AskedQuery[]): readonly Answer[] {
  return asked.flatMap(({ answer }) => ('value' in answer ? [answer.value] : []));
}
