import type { Answer, Evidence, Series } from '../src/domain/evidence.ts';
import { isEmpty, summarize } from '../src/domain/evidence.ts';
import type { Incident, PersonId } from '../src/domain/incident.ts';
import { formatDuration } from '../src/domain/time.ts';
import { ACTIONS, encodeRef } from './action-ids.ts';
import { actions, button } from './controls.ts';
import { brief, count, cut, message, shorten, some } from './fit.ts';
import { notification, plainNotification } from './headline.ts';
import type { Block, Message, Reading, TextFile } from './message.ts';
import { sayNumber } from './number.ts';
import { lines, preformatted, section, small } from './rich.ts';
import {
  bold,
  type Inline,
  moment,
  nameOf,
  notation,
  ours,
  plain,
  safeUrl,
  sayWindow,
  visible,
} from './text.ts';

/** Series shown in numbers; the rest is counted. */
export const SERIES_SHOWN = 8;
const QUERY_SHOWN = 1_500;

/** What an evidence card shows. Without `incident`, the answer has no number and nothing to re-run from. */
export interface EvidenceCard {
  readonly evidence: Evidence | Omit<Answer, 'snapshot'>;
  readonly incident?: Pick<Incident, 'number' | 'severity'>;
  /** Named where the card hangs on no question of theirs: a `/steady` query. */
  readonly asker?: PersonId;
  /** Why its sources were not checked against what exists, where they were not. */
  readonly unchecked?: string;
  /** How many series there were, where `evidence` holds only the first. */
  readonly total?: number;
}

/** The answer to one query: numbers first, the query exactly as sent, and the way to get the same again. */
export function evidenceCard(card: EvidenceCard, reading: Reading): Message {
  const { evidence, incident } = card;
  const id = 'id' in evidence ? evidence.id : undefined;
  const files: TextFile[] = [];
  const { window } = evidence;
  const head = section(
    bold([id, brief(evidence.source, 200)].filter(Boolean).join(' · ')),
    ' · ',
    moment(window.from, reading),
    '–',
    moment(window.to, reading),
    ours(` · ${sayWindow(window, reading)}`),
    ...(card.asker === undefined ? [] : [plain(` · asked by ${nameOf(card.asker, reading)}`)]),
  );
  const blocks: Block[] = [
    lines([head]),
    query(evidence.query, id, files),
    ...(evidence.completeness.kind === 'partial'
      ? [
          lines([
            section(
              ours('⚠ partial result: ', { bold: true }),
              plain(shorten(evidence.completeness.why, 500)),
            ),
          ]),
        ]
      : []),
    ...findings(evidence, reading, files, id, card.total),
    ...warnings(evidence.warnings, card.unchecked, reading, files, id),
    small(costLine(evidence)),
    ...reproduction(evidence, reading, files, id),
    ...controls(evidence, incident, id),
  ];
  const said = [id ?? '', evidence.source, firstNumber(evidence)];
  return message(
    incident ? notification(incident, ...said) : plainNotification(said.filter(Boolean).join(' · ')),
    blocks,
    files,
  );
}

function query(text: string, id: string | undefined, files: TextFile[]): Block {
  const exact = visible(text);
  if (exact.length <= QUERY_SHOWN) return preformatted(exact);
  const name = `${(id ?? 'query').toLowerCase()}-query.txt`;
  files.push({ name, title: `${id ?? 'The'} query`, text });
  return preformatted(
    `${exact.slice(0, QUERY_SHOWN).toWellFormed()}\n… ${count(exact.length - QUERY_SHOWN)} characters more in ${name}`,
  );
}

function findings(
  evidence: EvidenceCard['evidence'],
  reading: Reading,
  files: TextFile[],
  id = 'answer',
  total?: number,
): Block[] {
  const { result } = evidence;
  if (isEmpty(result)) {
    const what = result.kind === 'rows' ? 'No rows' : 'No data';
    return [
      lines([
        section(
          bold(what),
          ` in ${sayWindow(evidence.window, reading)}. That is a finding: it supports only that nothing was there.`,
        ),
      ]),
    ];
  }
  if (result.kind === 'text') {
    const { shown, rest } = cut(result.text, 2_500);
    if (rest === 0) return [preformatted(shown)];
    files.push({ name: `${id.toLowerCase()}-answer.txt`, title: `${id} answer`, text: result.text });
    return [preformatted(`${shown}\n… ${count(rest)} characters more in ${id.toLowerCase()}-answer.txt`)];
  }
  if (result.kind === 'rows') {
    const rows = result.rows.slice(0, SERIES_SHOWN).map((row) =>
      section(
        plain(
          row
            .slice(0, 12)
            .map(
              (cell, i) =>
                `${brief(String(result.columns[i] ?? ''), 40)} ${brief(typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? ''), 80)}`,
            )
            .join(' · '),
        ),
      ),
    );
    const rest = result.rows.length - rows.length;
    return [
      lines([
        ...rows,
        ...(rest > 0
          ? [
              section(
                ours(`${some(rest, 'row')} more, not shown. Narrow the query to see them.`, { italic: true }),
              ),
            ]
          : []),
      ]),
    ];
  }
  const filled = result.series.filter((one) => one.samples.length > 0);
  const rest = Math.max(filled.length, total ?? 0) - SERIES_SHOWN;
  const shown = filled.slice(0, SERIES_SHOWN).map((one) => seriesLine(one, filled, reading, result.unit));
  const more =
    rest > 0
      ? [
          section(
            ours(`${some(rest, 'series', 'series')} more, not shown. `, { italic: true }),
            ours('topk(8, …)', { code: true }),
            ours(' or fewer labels in ', { italic: true }),
            ours('by (…)', { code: true }),
            ours(' shows the ones that matter.', { italic: true }),
          ),
        ]
      : [];
  return [lines([...shown, ...more])];
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

function seriesName(series: Series, all: readonly Series[]): string {
  const entries = Object.entries(series.labels);
  const telling = entries.filter(
    ([key, value]) => all.length > 1 && all.some((one) => one.labels[key] !== value),
  );
  const shown = telling.length > 0 ? telling : entries;
  const [only] = shown;
  if (!only) return 'value';
  if (shown.length === 1) return `${brief(only[0], 60)} ${brief(only[1], 80) || '""'}`;
  return shorten(
    shown
      .slice(0, 12)
      .map(([key, value]) => `${brief(key, 60)}=${brief(value, 60)}`)
      .join(' '),
    160,
  );
}

function warnings(
  list: readonly string[],
  unchecked: string | undefined,
  reading: Reading,
  files: TextFile[],
  id = 'answer',
): Block[] {
  const all = [...(unchecked === undefined ? [] : [`not checked: ${unchecked}`]), ...list];
  if (all.length === 0) return [];
  const shown = all
    .slice(0, 6)
    .map((one) => section(ours('Note: ', { bold: true }), notation(brief(one, 300), reading)));
  const cutAny = all.length > 6 || all.some((one) => one.length > 300);
  if (cutAny)
    files.push({ name: `${id.toLowerCase()}-warnings.txt`, title: `${id} warnings`, text: all.join('\n') });
  return [
    lines([
      ...shown,
      ...(cutAny
        ? [
            section(
              ours(`All ${some(all.length, 'warning')} are in ${id.toLowerCase()}-warnings.txt`, {
                italic: true,
              }),
            ),
          ]
        : []),
    ]),
  ];
}

function costLine({ cost, step, result }: EvidenceCard['evidence']): string {
  const series = cost.series ?? (result.kind === 'series' ? result.series.length : undefined);
  return [
    ...(series === undefined ? [] : [some(series, 'series', 'series')]),
    ...(result.kind === 'rows' ? [some(result.rows.length, 'row')] : []),
    ...(cost.samples === undefined ? [] : [some(cost.samples, 'sample')]),
    ...(cost.bytes === undefined ? [] : [some(cost.bytes, 'byte')]),
    `${count(Math.round(cost.took))} ms`,
    ...(step === undefined ? [] : [`step ${formatDuration(step)}`]),
  ].join(', ');
}

function reproduction(
  { reproduction }: EvidenceCard['evidence'],
  reading: Reading,
  files: TextFile[],
  id = 'answer',
): Block[] {
  if (reproduction.kind === 'supplied')
    return [small(`Supplied by ${nameOf(reproduction.by, reading)}, not asked by Steady`)];
  if (reproduction.kind === 'permalink') {
    if (safeUrl(reproduction.url) !== undefined) return [];
    files.push({ name: `${id.toLowerCase()}-link.txt`, title: `${id} link`, text: reproduction.url });
    return [small(`The link is longer than Slack takes: it is in ${id.toLowerCase()}-link.txt`)];
  }
  const text = `${reproduction.method} ${reproduction.url}${reproduction.body === undefined ? '' : `\n\n${reproduction.body}`}`;
  if (text.length > QUERY_SHOWN) {
    files.push({ name: `${id.toLowerCase()}-request.txt`, title: `${id} request`, text });
    return [
      small(`No link shows this; the request that reproduces it is in ${id.toLowerCase()}-request.txt`),
    ];
  }
  return [small('No link shows this; the request that reproduces it:'), preformatted(text)];
}

function controls(
  { reproduction, source }: EvidenceCard['evidence'],
  incident: EvidenceCard['incident'],
  id: string | undefined,
): Block[] {
  const address =
    reproduction.kind === 'permalink'
      ? reproduction.url
      : reproduction.kind === 'supplied'
        ? reproduction.permalink
        : undefined;
  const url = safeUrl(address);
  const value =
    incident && id !== undefined
      ? encodeRef({ incident: incident.number, second: Number(id.slice(1)) })
      : undefined;
  const label =
    reproduction.kind === 'supplied'
      ? 'Open the message'
      : `Open in ${brief(source, 60).split(' ')[0] || 'the source'}`;
  const row = [
    ...(url === undefined ? [] : [{ ...button(ACTIONS.openEvidence, label, value), url }]),
    ...(value === undefined || reproduction.kind === 'supplied'
      ? []
      : [button(ACTIONS.rerun, 'Re-run now', value)]),
  ];
  return row.length === 0 ? [] : [actions(...row)];
}

function firstNumber({ result }: EvidenceCard['evidence']): string {
  if (isEmpty(result)) return 'no data';
  if (result.kind === 'rows') return some(result.rows.length, 'row');
  if (result.kind === 'text') return result.text;
  const last = result.series.find((one) => one.samples.length > 0)?.samples.at(-1);
  return `${last ? sayNumber(last.value) : ''}, ${some(result.series.length, 'series', 'series')}`;
}
