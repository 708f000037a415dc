import { inflateSync } from 'node:zlib';
import type { KeptPiece, ReadKept } from '../../../src/backends/kept-answer.ts';
import { TOOLS } from '../../../src/backends/registry.ts';
import { piecesOf } from '../../../src/backends/shape-kept.ts';
import type { Answer, Result, Sample, Series } from '../../../src/domain/evidence.ts';

/** A kept answer read again by its tool's own reader and put together as its card had it. */
export async function readKept(
  answer: Answer,
  bytes: Uint8Array = inflateSync(answer.snapshot),
): Promise<{ readonly result: Result; readonly cut: boolean }> {
  const { query, window, step } = answer;
  const module = TOOLS[answer.tool]?.kept;
  if (module === undefined) throw new Error(`${answer.tool} keeps nothing`);
  const read = (await import(module.href))[module.name] as ReadKept;
  const pieces = piecesOf(bytes, read, { query, window, ...(step !== undefined && { step }) });
  const all = [...pieces];
  return { result: together(all), cut: pieces.cut };
}

/** How much there is: samples, rows or characters. */
export function sizeOf(result: Result): number {
  if (result.kind === 'text') return result.text.length;
  if (result.kind === 'rows') return result.rows.length;
  return result.series.reduce((sum, one) => sum + one.samples.length, 0);
}

function together(pieces: readonly KeptPiece[]): Result {
  const series: { labels: Series['labels']; samples: Sample[] }[] = [];
  const rows: (readonly unknown[])[] = [];
  let columns: readonly string[] | undefined;
  let text: string | undefined;
  let unit: string | undefined;
  for (const piece of pieces) {
    if (piece.kind === 'text') text = (text ?? '') + piece.text;
    else if (piece.kind === 'rows') {
      columns = piece.columns;
      rows.push(...piece.rows);
    } else if (piece.kind === 'series') {
      unit ??= piece.unit;
      for (const { labels, continues, times, values } of piece.series) {
        if (!continues) series.push({ labels, samples: [] });
        for (const [index, at] of times.entries())
          series.at(-1)?.samples.push({ at, value: values[index] ?? Number.NaN });
      }
    }
  }
  if (text !== undefined) return { kind: 'text', text };
  if (columns !== undefined) return { kind: 'rows', columns, rows };
  return { kind: 'series', series, ...(unit !== undefined && { unit }) };
}
