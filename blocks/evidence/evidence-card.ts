import { type Answer, type Evidence, isEmpty } from '../../src/domain/evidence.ts';
import { differenceOf } from '../../src/domain/evidence-difference.ts';
import type { EvidenceNote } from '../../src/domain/evidence-note.ts';
import type { Incident, PersonId } from '../../src/domain/incident.ts';
import { formatDuration } from '../../src/domain/time.ts';
import { actions, sayButtons } from '../controls.ts';
import { brief, count, message, shorten, some } from '../fit.ts';
import { notification, plainNotification } from '../headline.ts';
import type { Block, Message, Reading, TextFile } from '../message.ts';
import { lines, preformatted, section, small } from '../rich.ts';
import { bold, code, moment, nameOf, notation, ours, plain, safeUrl, sayWindow, visible } from '../text.ts';
import { changeLine } from './changes.ts';
import { evidenceControls } from './evidence-controls.ts';
import { findings, firstNumber } from './evidence-findings.ts';
import { expectedBlocks, type Tested } from './expected.ts';
import { lookInto } from './look-into.ts';
import { type OfferedQuery, offeredBlocks } from './offered-query.ts';

const QUERY_SHOWN = 1_500;

/** What an evidence card shows. Without `incident`, the answer has no number and nothing to re-run from. */
export interface EvidenceCard {
  readonly evidence: Evidence | Omit<Answer, 'snapshot'>;
  readonly incident?: Pick<Incident, 'number' | 'severity'> & Partial<Pick<Incident, 'hypotheses'>>;
  /** Named where the card hangs on no question of theirs: a `/steady` query. */
  readonly asker?: PersonId;
  /** Why its sources were not checked against what exists, where they were not. */
  readonly unchecked?: string;
  /** The test of a hypothesis that it was asked for: what was expected stands beside what came. */
  readonly tested?: Tested;
  /** How many series there were, where `evidence` holds only the first. */
  readonly total?: number;
  /** The same as the timeline keeps it, and the evidence that it asks again: what differs is said. */
  readonly again?: { readonly before: EvidenceNote; readonly after: EvidenceNote };
  /** A saved query that may be asked next. */
  readonly offered?: OfferedQuery;
  /** The newest evidence before it of the same query, to compare with. */
  readonly earlier?: EvidenceNote | undefined;
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
    ...findings(evidence, reading, {
      name: `${(id ?? 'answer').toLowerCase()}-answer.txt`,
      title: `${id ?? 'The'} answer`,
      files,
      inThread: incident !== undefined,
      ...(card.total !== undefined && { total: card.total }),
    }),
    ...(card.tested && incident
      ? expectedBlocks(incident.number, card.tested, firstNumber(evidence), reading)
      : []),
    ...again(card, reading),
    ...warnings(evidence.warnings, card.unchecked, reading, files, id),
    small(costLine(evidence, card.total)),
    ...reproduction(evidence, reading, files, id),
    ...evidenceControls({
      evidence,
      empty: isEmpty(evidence.result),
      incident,
      id,
      earlier: card.earlier?.id,
    }),
    ...better(evidence),
    ...(card.offered && incident && id !== undefined
      ? offeredBlocks(card.offered, { incident: incident.number, evidence: id })
      : []),
    ...lookInto(evidence),
  ];
  const said = [id ?? '', evidence.source, firstNumber(evidence, card.total)];
  return message(
    incident ? notification(incident, ...said) : plainNotification(said.filter(Boolean).join(' · ')),
    blocks,
    files,
  );
}

const CHANGES_SHOWN = 5;
const SAME = {
  last: 'The same last values',
  rows: 'The same number of rows',
  text: 'The same text',
} as const;

/** Whether asking again gave something else, and what. */
function again({ again: both }: EvidenceCard, reading: Reading): Block[] {
  if (!both) return [];
  const { before, after } = both;
  const { of, changes, changed } = differenceOf(before, after);
  const than = [ours(`${before.id} of `), moment(before.window.to, reading)];
  const unit = after.unit ?? '';
  if (changed === 0)
    return [lines([section(bold(SAME[of]), ' as ', than, of === 'text' ? '.' : ', within 1 %.')])];
  const rest = changed - Math.min(changed, CHANGES_SHOWN);
  const what = of === 'last' ? 'last values' : of === 'rows' ? 'the number of rows' : 'the text';
  return [
    lines([
      section(bold('Differs'), ' from ', than, `, by ${what}:`),
      ...changes.slice(0, CHANGES_SHOWN).map((one) => changeLine(one, unit)),
      ...(rest > 0 ? [section(ours(`and ${some(rest, 'smaller change')}.`, { italic: true }))] : []),
    ]),
  ];
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

function costLine({ cost, step, result }: EvidenceCard['evidence'], total = 0): string {
  const series = cost.series ?? (result.kind === 'series' ? result.series.length : undefined);
  return [
    ...(series === undefined ? [] : [some(series, 'series', 'series')]),
    ...(result.kind === 'rows' ? [some(Math.max(result.rows.length, total), 'row')] : []),
    ...(cost.samples === undefined ? [] : [some(cost.samples, 'sample')]),
    ...(cost.examined === undefined ? [] : [`${count(cost.examined)} examined`]),
    ...(cost.matched === undefined ? [] : [`${count(cost.matched)} matched`]),
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

/** The same question over the same time, asked the better way; the command is checked like any other when it is clicked. */
function better({ corrected, tool, deployment, window }: EvidenceCard['evidence']): Block[] {
  if (corrected === undefined) return [];
  const time = (at: number) => new Date(at).toISOString();
  const command = `${tool} ${corrected} env:${deployment} from:${time(window.from)} to:${time(window.to)}`;
  const row = sayButtons([{ label: 'Ask it that way', command }]);
  return row.length === 0
    ? []
    : [lines([section(ours('Better: ', { bold: true }), code(brief(corrected, 500)))]), actions(...row)];
}
