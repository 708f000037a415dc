import { sayNumber } from '../src/domain/say-number.ts';
import type { Compared, CompareReport, Stats } from '../src/domain/signals/compare.ts';
import { sayDuration } from '../src/domain/time.ts';
import { sayDifference, sayTimes } from './amount.ts';
import { citation } from './cited.ts';
import { brief, message, some } from './fit.ts';
import { notification, plainNotification } from './headline.ts';
import type { Block, Message, Reading } from './message.ts';
import { lines, preformatted, section, small } from './rich.ts';
import type { ReportPlace } from './signals-card.ts';
import { tableOf } from './table-of.ts';
import { bold, nameOf, ours, plain, sayWindow, visible } from './text.ts';

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
    bold(`Now and ${apart} earlier · ${brief(report.source, 80)}`),
    ...(asker === undefined ? [] : [plain(` · asked by ${nameOf(asker, reading)}`)]),
  );
  const times = section(
    ours(`now ${sayWindow(window, reading)} `),
    ...citation(report.now),
    ours(` · earlier ${sayWindow(earlier, reading)} `),
    ...citation(report.was),
  );
  const several = report.total > 1;
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
      : [
          tableOf(
            ['Value', 'Now', 'Earlier', 'Change', 'Times'],
            rows.flatMap((row) => STATS.map((stat) => cells(row, stat, rows, several))),
            [1, 2, 3, 4],
          ),
        ]),
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

function cells(
  row: Compared,
  stat: keyof Stats,
  all: readonly Compared[],
  several: boolean,
): readonly string[] {
  const [now, was] = [row.now?.[stat], row.was?.[stat]];
  const both = now !== undefined && was !== undefined;
  const name = several ? `${seriesName(row, all)} ${stat}` : stat;
  return [
    name,
    now === undefined ? 'gone' : sayNumber(now),
    was === undefined ? 'new' : sayNumber(was),
    both ? sayDifference(now, was) : '',
    both ? (sayTimes(now, was) ?? '') : '',
  ];
}

/** The labels that tell it from the others. */
function seriesName({ labels }: Compared, all: readonly Compared[]): string {
  const telling = Object.entries(labels).filter(([key, value]) =>
    all.some((one) => one.labels[key] !== value),
  );
  const said = telling.slice(0, 4).map(([, value]) => brief(value, 40));
  return said.join(' ') || 'value';
}
