import type { DecodeModule } from '../backends/decoder.ts';
import type { KeptReader, KeptSnapshot } from '../backends/kept-reader.ts';
import type { Comparison } from '../domain/comparison.ts';
import type { PlotQuestion } from './make-plot.ts';
import type { Plot } from './plot.ts';
import type { RowsPiece, RowsWanted } from './rows-file.ts';

/** What can be made of kept answers, each in a worker. All throw BackendError where an answer cannot be read again. */
export interface KeptAnswers {
  plot(kept: KeptSnapshot, signal: AbortSignal): Promise<Plot>;
  /** The whole answer as a file, in pieces. */
  rows(kept: KeptSnapshot, wanted: RowsWanted, signal: AbortSignal): AsyncIterable<RowsPiece>;
  /** `limits` are reasons, already known, why the comparison is not the whole truth. */
  compare(
    before: KeptSnapshot,
    after: KeptSnapshot,
    limits: readonly string[],
    signal: AbortSignal,
  ): Promise<Comparison>;
}

export function createKeptAnswers(reader: KeptReader): KeptAnswers {
  return {
    async plot(kept, signal) {
      const { window, step } = kept;
      const question: PlotQuestion = { window, ...(step !== undefined && { step }) };
      return only(reader.read<Plot>([kept], shape('make-plot', 'makePlot'), question, signal));
    },
    rows: (kept, wanted, signal) => reader.read([kept], shape('rows-file', 'rowsFile'), wanted, signal),
    async compare(before, after, limits, signal) {
      return only(
        reader.read<Comparison>([before, after], shape('compare', 'compareAnswers'), limits, signal),
      );
    },
  };
}

/** A shape is loaded in a worker, so it is named and not imported. */
function shape(file: string, name: string): DecodeModule {
  return { href: new URL(`./${file}.ts`, import.meta.url).href, name };
}

async function only<One>(shaped: AsyncIterable<One>): Promise<One> {
  for await (const one of shaped) return one;
  throw new TypeError('Nothing was made of the kept answer');
}
