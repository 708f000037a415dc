import type { RichTextSection } from '@slack/types';
import { type Answer, isEmpty, type Result, type Series, summarize } from '../../src/domain/evidence.ts';
import { sayNumber } from '../../src/domain/say-number.ts';
import { tellingLabels } from '../../src/domain/series-name.ts';
import { brief, count, cut, some } from '../fit.ts';
import type { Block, Reading, TextFile } from '../message.ts';
import { lines, preformatted, section } from '../rich.ts';
import { bold, type Inline, iso, moment, ours, plain, sayWindow } from '../text.ts';
import { resultTable } from './result-table.ts';

/** Series or rows shown; the rest is counted. */
export const FINDINGS_SHOWN = 8;
const COLUMNS_SHOWN = 12;
const LABELS_SHOWN = 8;

interface Whole {
  /** How many series or rows there were, where the answer holds only the first. */
  readonly total?: number;
  /** Its card can give all of it. */
  readonly inThread: boolean;
}

/** What came back, numbers first. */
export function findings(
  answer: Pick<Answer, 'result' | 'window' | 'completeness' | 'cost'>,
  reading: Reading,
  whole: Whole & { readonly name: string; readonly title: string; readonly files: TextFile[] },
): Block[] {
  const { result } = answer;
  if (isEmpty(result)) return [lines([nothing(answer, reading)])];
  if (result.kind === 'series') return [lines(seriesLines(result, whole.total ?? 0, reading))];
  if (result.kind === 'rows') {
    const table = resultTable(result, FINDINGS_SHOWN);
    if (!table) return [lines(rowLines(result, whole, iso(answer.window.to).slice(0, 10)))];
    const rest = unshown(result, { rows: FINDINGS_SHOWN, columns: result.columns.length }, whole);
    return [table, ...rest.map((one) => lines([one]))];
  }
  const { shown, rest } = cut(result.text, 2_500);
  if (rest === 0) return [preformatted(shown)];
  whole.files.push({ name: whole.name, title: whole.title, text: result.text });
  return [preformatted(`${shown}\n… ${count(rest)} characters more in ${whole.name}`)];
}

/** Nothing found is a finding, unless only a part was looked at. */
function nothing(
  { result, window, completeness, cost }: Pick<Answer, 'result' | 'window' | 'completeness' | 'cost'>,
  reading: Reading,
): RichTextSection {
  const what = result.kind === 'rows' ? 'No rows' : 'No data';
  const means =
    completeness.kind === 'partial'
      ? 'Only a part was looked at, so it does not show that nothing was there.'
      : 'That is a finding: it supports only that nothing was there.';
  const among = cost.examined === undefined ? '' : `, ${some(cost.examined, 'row')} examined`;
  return section(bold(what), ` in ${sayWindow(window, reading)}${among}. ${means}`);
}

function seriesLines({ series, unit }: Extract<Result, { kind: 'series' }>, total: number, reading: Reading) {
  const filled = series.filter((one) => one.samples.length > 0);
  const shown = filled.slice(0, FINDINGS_SHOWN);
  const rest = Math.max(filled.length, total) - shown.length;
  const rows = shown.map((one) => seriesLine(one, filled, reading, unit));
  if (rest <= 0) return rows;
  return [
    ...rows,
    section(
      ours(`${some(rest, 'series', 'series')} more, not shown. `, { italic: true }),
      ours('topk(8, …)', { code: true }),
      ours(' or fewer labels in ', { italic: true }),
      ours('by (…)', { code: true }),
      ours(' shows the ones that matter.', { italic: true }),
    ),
  ];
}

function seriesLine(series: Series, all: readonly Series[], reading: Reading, unit = '') {
  const { last, max, min } = summarize(series);
  const of = (value: number) => `${sayNumber(value)}${unit === '' ? '' : ` ${brief(unit, 20)}`}`;
  const parts: (string | Inline)[] = [bold(seriesName(series, all)), '  '];
  if (last) parts.push(bold(of(last.value)), ' at ', moment(last.at, reading));
  if (max && min && series.samples.length > 1)
    parts.push(
      ` · max ${of(max.value)} at `,
      moment(max.at, reading),
      ` · min ${of(min.value)} at `,
      moment(min.at, reading),
    );
  return section(...parts);
}

/** The labels that tell it from the others; all of them where it is alone. */
function seriesName({ labels }: Series, all: readonly Series[]): string {
  const shown = tellingLabels(
    labels,
    all.map((one) => one.labels),
  );
  const [only, ...others] = shown;
  if (!only) return 'value';
  if (others.length === 0) return `${brief(only[0], 60)} ${brief(only[1], 80) || '""'}`;
  const said = shown.slice(0, LABELS_SHOWN).map(([key, value]) => `${brief(key, 40)}=${brief(value, 40)}`);
  const rest = shown.length - said.length;
  return [...said, ...(rest > 0 ? [`and ${some(rest, 'more label')}`] : [])].join(' ');
}

type Rows = Extract<Result, { kind: 'rows' }>;

/** Fewer columns than this are read faster where they stand. */
const WIDE = 4;

function rowLines(result: Rows, whole: Whole, today: string): RichTextSection[] {
  const { columns, rows } = result;
  const shown = rows.slice(0, FINDINGS_SHOWN);
  const indexes = columns.map((_, index) => index).slice(0, COLUMNS_SHOWN);
  const [first = []] = shown;
  // What is the same in all of them is said once, or it hides what differs.
  const cellOf = (row: readonly unknown[], index: number) => JSON.stringify(row[index] ?? '');
  const same = (index: number) =>
    cellOf(first, index) !== '""' && shown.every((row) => cellOf(row, index) === cellOf(first, index));
  const shared = shown.length > 1 && columns.length > WIDE ? indexes.filter(same) : [];
  const cells = (row: readonly unknown[], some: readonly number[]) =>
    some.flatMap((index) => {
      // What a row lacks is left out: events of one table rarely have all its columns.
      const text = sayCell(row[index], today);
      return text === '' ? [] : [`${brief(columns[index] ?? '', 40)} ${text}`];
    });
  const own = indexes.filter((index) => !shared.includes(index));
  return [
    ...shown.map((row) => section(plain(cells(row, own).join(' · ') || 'a row without a value of its own'))),
    ...(shared.length === 0
      ? []
      : [section(ours('All of them: ', { italic: true }), plain(cells(first, shared).join(' · ')))]),
    ...unshown(result, { rows: FINDINGS_SHOWN, columns: COLUMNS_SHOWN }, whole),
  ];
}

function unshown(
  { columns, rows }: Rows,
  shown: { readonly rows: number; readonly columns: number },
  { total = 0, inThread }: Whole,
): RichTextSection[] {
  const count = Math.max(rows.length, total);
  const shownRows = Math.min(rows.length, shown.rows);
  const missing = [
    ...(count > shownRows ? [some(count - shownRows, 'row')] : []),
    ...(columns.length > shown.columns ? [some(columns.length - shown.columns, 'column')] : []),
  ];
  if (missing.length === 0) return [];
  const way = inThread ? 'All rows, under More, has them.' : 'Narrow the query.';
  return [section(ours(`${missing.join(' and ')} more, not shown. ${way}`, { italic: true }))];
}

const STAMP = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(?:Z|\+00:00)$/;

/** A time of the window's last day goes without its date. */
function sayCell(cell: unknown, today: string): string {
  if (cell === null || cell === undefined || cell === '') return '';
  if (typeof cell !== 'string') return brief(JSON.stringify(cell) ?? '', 80);
  const [, date, time] = STAMP.exec(cell) ?? [];
  return date === today && time !== undefined ? `${time} UTC` : brief(cell, 80);
}

/** The first number, for a lock screen. */
export function firstNumber({ result }: Pick<Answer, 'result'>, total = 0): string {
  if (isEmpty(result)) return 'no data';
  if (result.kind === 'rows') return some(Math.max(result.rows.length, total), 'row');
  if (result.kind === 'text') return result.text;
  const last = result.series.find((one) => one.samples.length > 0)?.samples.at(-1);
  return `${last ? sayNumber(last.value) : ''}, ${some(Math.max(result.series.length, total), 'series', 'series')}`;
}
