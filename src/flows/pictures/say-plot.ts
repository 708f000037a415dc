import type { Plot, PlotLine } from '../../answers/plot.ts';
import type { Mark } from '../../charts/picture.ts';
import { sayNumber } from '../../domain/say-number.ts';

/** Slack takes more, but a screen reader reads all of it. */
const LONGEST = 900;
const SAID = 5;

/** A picture in words, for those who do not see it: what it is of, then its numbers, then its marks. */
export function sayPlot(
  subject: string,
  plot: Plot,
  unit: string | undefined,
  marks: readonly Mark[],
): string {
  const sentences = [
    `Chart of ${subject}.`,
    ...numbers(plot, unit ?? ('unit' in plot ? plot.unit : undefined)),
    ...(marks.length > 0
      ? [
          `Marked: ${marks
            .slice(0, 8)
            .map(({ at, label }) => `${label} ${clock(at)}`)
            .join(', ')}.`,
        ]
      : []),
    ...(plot.cut ? ['Only the beginning of the answer was kept.'] : []),
  ].join(' ');
  return sentences.length > LONGEST ? `${sentences.slice(0, LONGEST - 1).toWellFormed()}…` : sentences;
}

function numbers(plot: Plot, unit: string | undefined): readonly string[] {
  const of = (value: number) => `${sayNumber(value)}${unit === undefined ? '' : ` ${unit}`}`;
  if (plot.kind === 'series') {
    const more = plot.total - Math.min(SAID, plot.lines.length);
    return [
      ...plot.lines.slice(0, SAID).map((line) => sayLine(line, of)),
      ...(more > 0 ? [`And ${more.toLocaleString('en')} more series.`] : []),
    ];
  }
  if (plot.kind === 'bars')
    return [
      `The largest by ${plot.measure}: ${plot.bars
        .slice(0, SAID)
        .map(({ name, value }) => `${short(name)} ${of(value)}`)
        .join(', ')}.`,
    ];
  if (plot.kind !== 'flame') return [];
  const widest = plot.boxes.filter(({ depth }) => depth > 0).toSorted((a, b) => b.total - a.total);
  return [
    `${of(plot.total)} in all${plot.totalBefore === undefined ? '' : `, was ${of(plot.totalBefore)}`}.`,
    `Widest: ${widest
      .slice(0, SAID)
      .map(({ name, total }) => `${short(name)} ${Math.round((100 * total) / (plot.total || 1))} %`)
      .join(', ')}.`,
  ];
}

function sayLine({ name, times, values }: PlotLine, of: (value: number) => string): string {
  let [high, low] = [-1, -1];
  for (const [index, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    if (high === -1 || value > (values[high] ?? 0)) high = index;
    if (low === -1 || value < (values[low] ?? 0)) low = index;
  }
  const last = values.at(-1) ?? Number.NaN;
  if (high === -1) return `${short(name)}: no number.`;
  return `${short(name)}: last ${of(last)}, max ${of(values[high] ?? 0)} at ${clock(times[high] ?? 0)}, min ${of(values[low] ?? 0)} at ${clock(times[low] ?? 0)}.`;
}

function short(name: string): string {
  return name.length > 80 ? `${name.slice(0, 79).toWellFormed()}…` : name;
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}
