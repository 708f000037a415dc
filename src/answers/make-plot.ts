import type { Frame, KeptSeries } from '../backends/kept-answer.ts';
import type { KeptPieces } from '../backends/shape-kept.ts';
import { nameSeries } from '../domain/series-name.ts';
import type { Duration, Window } from '../domain/time.ts';
import { type Drawable, LINES, type Plot } from './plot.ts';
import { plotRows } from './plot-rows.ts';
import { type ThinSeries, thinSeries } from './thin-series.ts';

export interface PlotQuestion {
  readonly window: Window;
  readonly step?: Duration;
}

const NAME = 300;
/** Frames narrower than this share of the whole cannot be seen. */
const SHARE = 0.0008;

/** A shape for kept answers: the one plot of the first of them. */
export function* makePlot([pieces]: readonly KeptPieces[], question: PlotQuestion): Iterable<Plot> {
  if (!pieces) return;
  const largest = new Largest(question);
  const frames: Frame[] = [];
  const rows: (readonly unknown[])[] = [];
  let columns: readonly string[] | undefined;
  let unit: string | undefined;
  for (const piece of pieces) {
    if (piece.kind === 'series') {
      unit ??= piece.unit;
      for (const series of piece.series) largest.add(series);
    } else if (piece.kind === 'rows') {
      columns ??= piece.columns;
      for (const row of piece.rows) rows.push(row);
    } else if (piece.kind === 'frames') {
      unit ??= piece.unit;
      for (const frame of piece.frames) frames.push(frame);
    }
  }
  const { cut } = pieces;
  if (frames.length > 0) yield { ...flame(frames, unit ?? 'samples'), cut };
  else if (columns !== undefined) yield { ...plotRows(columns, rows, question.window), cut };
  else yield { ...largest.plot(unit), cut };
}

/** Series as they come, of which the largest stay. */
class Largest {
  readonly #question: PlotQuestion;
  #kept: ThinSeries[] = [];
  #parts: KeptSeries[] = [];
  #total = 0;

  constructor(question: PlotQuestion) {
    this.#question = question;
  }

  add(part: KeptSeries): void {
    if (!part.continues) this.#close();
    this.#parts.push(part);
  }

  plot(unit: string | undefined): Drawable {
    this.#close();
    const kept = this.#trimmed();
    if (kept.length === 0) return { kind: 'nothing' };
    const all = kept.map(({ labels }) => labels);
    return {
      kind: 'series',
      ...(unit !== undefined && { unit }),
      lines: kept.map(({ labels, times, values, spread }) => ({
        name: nameSeries(labels, all).slice(0, NAME),
        times,
        values,
        ...(spread && { spread }),
      })),
      total: this.#total,
    };
  }

  #close(): void {
    const parts = this.#parts;
    this.#parts = [];
    if (parts.every(({ times }) => times.length === 0)) return;
    this.#total++;
    this.#kept.push(thinSeries(parts, this.#question.window, this.#question.step));
    if (this.#kept.length > 4 * LINES) this.#kept = this.#trimmed();
  }

  #trimmed(): ThinSeries[] {
    return this.#kept.toSorted((a, b) => b.size - a.size).slice(0, LINES);
  }
}

/** Nanoseconds are how profiles count and not how people do. */
const NANOSECONDS = 1e-9;

function flame(counted: readonly Frame[], countedIn: string): Drawable {
  const nanoseconds = /^(?:ns|nanoseconds)$/i.test(countedIn);
  const unit = nanoseconds ? 's' : countedIn;
  const frames = nanoseconds ? counted.map((one) => scaled(one, NANOSECONDS)) : counted;
  const roots = frames.filter(({ depth }) => depth === 0);
  const total = roots.reduce((sum, one) => sum + one.total, 0);
  const compared = frames.some(({ before }) => before !== undefined);
  const boxes = frames
    .filter((one) => one.total >= SHARE * total)
    .map(({ name, depth, start, total, before }) => ({
      name: name.slice(0, NAME),
      depth,
      start,
      total,
      ...(before !== undefined && { before }),
    }));
  return {
    kind: 'flame',
    unit,
    total,
    ...(compared && { totalBefore: roots.reduce((sum, one) => sum + (one.before ?? 0), 0) }),
    boxes,
  };
}

function scaled(frame: Frame, by: number): Frame {
  const { start, total, self, before } = frame;
  return {
    ...frame,
    start: start * by,
    total: total * by,
    self: self * by,
    ...(before !== undefined && { before: before * by }),
  };
}
