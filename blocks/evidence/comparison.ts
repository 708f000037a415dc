import type { Comparison } from '../../src/domain/comparison.ts';
import type { EvidenceNote } from '../../src/domain/evidence-note.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { brief, message, shorten, some } from '../fit.ts';
import { notification } from '../headline.ts';
import type { Message, Reading } from '../message.ts';
import { lines, preformatted, section, small } from '../rich.ts';
import { bold, moment, ours, plain, sayWindow, visible } from '../text.ts';
import { changeLine } from './changes.ts';

const SHOWN = 10;
const QUERY = 600;

/** Two evidences of one query, side by side: what grew and what shrank, the largest changes first, with both windows. */
export function comparisonMessage(
  incident: Pick<Incident, 'number' | 'severity'>,
  before: EvidenceNote,
  after: EvidenceNote,
  comparison: Comparison,
  reading: Reading,
): Message {
  const { changes, changed, same, measure, unit, limits } = comparison;
  const shown = changes.slice(0, SHOWN);
  const rest = changed - shown.length;
  const window = ({ id, window }: EvidenceNote) => [
    bold(id),
    ours(' '),
    moment(window.from, reading),
    ours('–'),
    moment(window.to, reading),
    ours(` · ${sayWindow(window, reading)}`),
  ];
  const query = visible(after.query);
  return message(notification(incident, `${after.id} against ${before.id}`, sayChanged(comparison)), [
    lines([
      section(bold(`${after.id} against ${before.id} · ${brief(after.source, 200)}`)),
      section('Before: ', window(before)),
      section('After: ', window(after)),
    ]),
    preformatted(query.length > QUERY ? `${query.slice(0, QUERY).toWellFormed()} …` : query),
    ...(limits.length === 0
      ? []
      : [
          lines([
            section(ours('⚠ partial result: ', { bold: true }), plain(shorten(limits.join('; '), 500))),
          ]),
        ]),
    lines([
      ...(shown.length === 0
        ? [section(bold('Nothing changed'), ' by more than 1 %.')]
        : shown.map((one) => changeLine(one, unit))),
      ...(rest > 0 ? [section(ours(`${some(rest, 'smaller change')} not shown.`, { italic: true }))] : []),
    ]),
    small(
      `${sayMeasure(measure)}${same > 0 ? ` · ${same.toLocaleString('en-US')} within 1 % of what it was` : ''}`,
    ),
  ]);
}

function sayChanged({ changes, changed }: Comparison): string {
  const [first] = changes;
  if (!first) return 'nothing changed';
  return `${some(changed, 'change')}, the largest ${brief(first.name, 60)}`;
}

function sayMeasure(measure: string): string {
  if (measure === 'mean') return 'The mean of each series over its window';
  if (measure === 'rows') return 'How many rows there are';
  if (measure === 'self') return 'What each function used itself';
  return `The sum of ${brief(measure, 60)}`;
}
