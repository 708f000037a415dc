import type { RowsFormat } from '../../answers/rows-file.ts';
import type { EvidenceNote } from '../../domain/evidence-note.ts';
import type { IncidentRef } from '../../storage/store.ts';
import type { World } from '../ports.ts';
import { keptOf } from './kept-of.ts';

/** What is known of a file of rows when all of it was read. */
export interface RowsAsked {
  readonly format: RowsFormat;
  readonly rows: number;
  /** Only the beginning of the answer was kept. */
  readonly cut: boolean;
  /** The file ends at its limit. */
  readonly full: boolean;
}

/** All rows of an evidence as text, piece by piece; never all at once as anything else. */
export async function rowsOf(
  world: Pick<World, 'store' | 'answers'>,
  ref: IncidentRef,
  note: EvidenceNote,
  format: 'csv' | 'ndjson' | undefined,
  signal: AbortSignal,
): Promise<{ readonly text: AsyncIterable<string>; sofar(): RowsAsked }> {
  const kept = await keptOf(world, ref, note);
  let so: RowsAsked = { format: format ?? 'csv', rows: 0, cut: false, full: false };
  async function* text(): AsyncGenerator<string> {
    const wanted = format === undefined ? {} : { format };
    for await (const piece of world.answers.rows(kept, wanted, signal)) {
      if (piece.kind === 'text') yield piece.text;
      else {
        const { kind: _kind, ...told } = piece;
        so = { ...so, ...told };
      }
    }
  }
  return { text: text(), sofar: () => so };
}
