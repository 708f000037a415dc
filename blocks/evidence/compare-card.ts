import type { RichTextSection } from '@slack/types';
import { sayNumber } from '../../src/domain/say-number.ts';
import type { Compared, CompareReport, Stats } from '../../src/domain/signals/compare.ts';
import { sayDuration } from '../../src/domain/time.ts';
import { brief, message, some } from '../fit.ts';
import { notification, plainNotification } from '../headline.ts';
import { citation } from '../investigation/cited.ts';
import type { Block, Message, Reading } from '../message.ts';
import { lines, preformatted, section, small } from '../rich.ts';
import { bold, type Inline, nameOf, ours, plain, sayWindow, visible } from '../text.ts';
import { sayDifference, sayTimes } from './amount.ts';
import type { ReportPlace } from './signals-card.ts';

const QUERY_SHOWN = 1_000;
const STATS: readonly (keyof Stats)[] = ['last', 'avg', 'max'];

/** One query over two stretches of time of the same length: last, average and maximum of both, and the change. */
export function compareCard(
  report: CompareReport,
  { incident, asker }: ReportPlace,
  reading: Reading,
): Message {
  const { window, earlier, rows } = report;
  const apart = sayDuration(window.to - earlier.to);
  const exact = visible(report.query);
  const head = section(
    bold(`Now and ${apart} earlier`),
    ours(` · ${brief(report.source, 80)}`),
    ...(asker === undefined ? [] : [plain(` · asked by ${nameOf(asker, reading)}`)]),
  );
  const times = section(
    ours(`now ${sayWindow(window, reading)} `),
    ...citation(report.now),
    ours(` · earlier ${sayWindow(earlier, reading)} `),
    ...citation(report.was),
  );
  const blocks: Block[] = [
    lines([head, times]),
    preformatted(exact.length > QUERY_SHOWN ? `${exact.slice(0, QUERY_SHOWN).toWellFormed()} …` : exact),
    ...(rows.length === 0
      ? [
          lines([
            section(
              bold('No data in either.'),
              ' That is a finding: it supports only that nothing was there.',
            ),
          ]),
        ]
      : rows.map((row) => lines(statLines(row, rows)))),
    ...(report.total > rows.length
      ? [small(`${some(report.total - rows.length, 'series', 'series')} more, which changed less, not shown`)]
      : []),
  ];
  const [first] = rows;
  const said =
    first?.now && first.was
      ? `compare: ${sayNumber(first.now.avg)} on average, ${sayNumber(first.was.avg)} ${apart} earlier`
      : `compare: ${rows.length === 0 ? 'no data' : 'only in one of the two'}`;
  return message(incident ? notification(incident, said) : plainNotification(said), blocks);
}

/** `**500**`, then `last **46.2**, was 0.105 (+46.1, ×440)` and the same of average and maximum, each on a line. */
function statLines(row: Compared, all: readonly Compared[]): RichTextSection[] {
  const { now, was } = row;
  const name = all.length > 1 ? seriesName(row, all) : '';
  const head = [
    ...(name === '' ? [] : [bold(name)]),
    ...(now ? [] : [ours(' gone now', { italic: true })]),
    ...(was ? [] : [ours(' not there earlier', { italic: true })]),
  ];
  return [
    ...(head.length === 0 ? [] : [section(...head)]),
    ...STATS.map((stat) => section(`${stat} `, ...said(now?.[stat], was?.[stat]))),
  ];
}

function said(now: number | undefined, was: number | undefined): Inline[] {
  if (now === undefined || was === undefined) return [bold(sayNumber(now ?? was ?? Number.NaN))];
  const change = [sayDifference(now, was), sayTimes(now, was)].filter((one) => one !== undefined).join(', ');
  return [bold(sayNumber(now)), ours(`, was ${sayNumber(was)} (${change})`)];
}

/** The labels that tell it from the others. */
function seriesName({ labels }: Compared, all: readonly Compared[]): string {
  const telling = Object.entries(labels).filter(([key, value]) =>
    all.some((one) => one.labels[key] !== value),
  );
  const said = telling.slice(0, 4).map(([, value]) => brief(value, 40));
  return said.join(' ') || 'value';
}
