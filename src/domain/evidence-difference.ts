import { type Comparison, compareNumbers } from './comparison.ts';
import type { EvidenceNote } from './evidence-note.ts';
import { nameSeries } from './series-name.ts';

/** What is otherwise than in an earlier evidence of the same query, by what the timeline keeps of both. */
export interface Difference extends Pick<Comparison, 'changes' | 'changed' | 'same'> {
  /** What is compared: the last value of each series, or how many rows there are. */
  readonly of: 'last' | 'rows' | 'text';
}

export function differenceOf(before: EvidenceNote, after: EvidenceNote): Difference {
  const kind = after.excerpt?.kind ?? before.excerpt?.kind;
  if (kind === 'text') {
    const same = textOf(before) === textOf(after);
    return { of: 'text', changes: same ? [] : [{ name: 'text' }], changed: same ? 0 : 1, same: same ? 1 : 0 };
  }
  if (kind === 'rows') {
    const count = (note: EvidenceNote) => new Map([['rows', note.empty ? 0 : note.count]]);
    return { of: 'rows', ...compareNumbers(count(before), count(after)) };
  }
  const all = [...before.findings, ...after.findings].map(({ labels }) => labels);
  const last = (note: EvidenceNote) =>
    new Map(
      note.findings.flatMap((one) =>
        one.last === undefined ? [] : [[nameSeries(one.labels, all), Number(one.last.value)] as const],
      ),
    );
  return { of: 'last', ...compareNumbers(last(before), last(after)) };
}

function textOf({ excerpt }: EvidenceNote): string {
  return excerpt?.kind === 'text' ? excerpt.text : '';
}

/** The newest evidence before this one that asked the same of the same deployment. */
export function earlierOf(all: readonly EvidenceNote[], note: EvidenceNote): EvidenceNote | undefined {
  const until = all.findIndex((one) => one.id === note.id);
  return all.slice(0, Math.max(0, until)).findLast((one) => sameQuestion(one, note));
}

export function sameQuestion(one: EvidenceNote, other: EvidenceNote): boolean {
  return one.tool === other.tool && one.deployment === other.deployment && one.query === other.query;
}
