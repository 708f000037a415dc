import type { Completeness, Result } from '../../domain/evidence.ts';
import { collect } from '../prometheus/collect.ts';
import type { QueryPiece } from '../prometheus/decode.ts';
import type { AxiomPiece } from './decode.ts';
import type { TableHead } from './table.ts';

/** An answer put together from its pieces. */
export interface CollectedAxiom {
  readonly result: Result;
  readonly completeness: Completeness;
  readonly warnings: readonly string[];
  readonly cost: {
    readonly examined?: number;
    readonly matched?: number;
    readonly series?: number;
    readonly samples?: number;
  };
}

/** Events that a query without a limit of its own returns at most: https://axiom.co/docs/restapi/pagination */
const PAGE = 1_000;

/** `limited` says that the query itself asks for so many rows only. `quote` makes the server's text safe to show. */
export async function collectAxiom(
  pieces: AsyncIterable<AxiomPiece>,
  limited: boolean,
  quote: (text: string) => string,
): Promise<CollectedAxiom> {
  let head: TableHead | undefined;
  const rows: (readonly unknown[])[] = [];
  async function* numbers(): AsyncGenerator<QueryPiece> {
    for await (const piece of pieces) {
      if (piece.kind === 'head') head = piece;
      else if (piece.kind === 'rows') rows.push(...piece.rows);
      else yield piece;
    }
  }
  const found = await collect(numbers(), quote);
  const { examined, matched, columns, unit } = head ?? {};
  const said = head ? remarks(head, quote) : [];
  const counts = { ...(examined !== undefined && { examined }), ...(matched !== undefined && { matched }) };
  if (!columns) {
    const result =
      unit !== undefined && found.result.kind === 'series' ? { ...found.result, unit } : found.result;
    return {
      result,
      completeness: partial(head, quote),
      warnings: said,
      cost: { ...counts, series: found.series, samples: found.samples },
    };
  }
  const left = head ? leftOut(head, rows.length, limited) : undefined;
  return {
    result: { kind: 'rows', columns, rows },
    completeness: left === undefined ? partial(head, quote) : { kind: 'partial', why: left },
    warnings: [
      ...said,
      ...(left === undefined ? [] : ['Filter more, `summarize`, or ask for a shorter time to see all.']),
    ],
    cost: counts,
  };
}

function partial(head: TableHead | undefined, quote: (text: string) => string): Completeness {
  if (!head?.partial) return { kind: 'complete' };
  return { kind: 'partial', why: quote(head.messages[0] ?? '') || 'Axiom says that its answer is partial' };
}

/** More matched than came back. Groups are fewer than what they count, so there the number says nothing. */
function leftOut(head: TableHead, rows: number, limited: boolean): string | undefined {
  if (head.partial || head.grouped || limited || rows < PAGE) return undefined;
  const of =
    head.matched !== undefined && head.matched > rows ? ` of ${head.matched.toLocaleString('en')}` : '';
  return `these are ${rows.toLocaleString('en')}${of} events, the most that one answer holds`;
}

function remarks(head: TableHead, quote: (text: string) => string): readonly string[] {
  const { empty } = head;
  const names = empty.slice(0, 8).map(quote).join(', ');
  return [
    ...head.messages.map(quote),
    ...(head.partial ? ['A shorter time or a narrower filter lets Axiom finish.'] : []),
    ...(head.estimate ? ['These numbers are an estimate, Axiom says.'] : []),
    ...head.totals.map((one) => `Over the whole time: ${quote(one)}.`),
    ...(empty.length > 0
      ? [
          `Without a value, and not shown: ${names}${empty.length > 8 ? ` and ${empty.length - 8} more` : ''}.`,
        ]
      : []),
  ];
}
