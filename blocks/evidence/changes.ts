import type { RichTextSection } from '@slack/types';
import type { Change } from '../../src/domain/comparison.ts';
import { sayNumber } from '../../src/domain/say-number.ts';
import { brief } from '../fit.ts';
import { section } from '../rich.ts';
import { bold, ours } from '../text.ts';

/** `code 500  0.1 → 41.2  +41.1, ×412`; what is only on one side is new or gone. */
export function changeLine({ name, before, after }: Change, unit = ''): RichTextSection {
  const of = (value: number) => `${sayNumber(value)}${unit === '' ? '' : ` ${brief(unit, 20)}`}`;
  const head = bold(brief(name, 120) || 'value');
  if (after === undefined && before === undefined) return section(head, '  differs');
  if (before === undefined) return section(head, '  new: ', bold(of(after ?? 0)));
  if (after === undefined) return section(head, '  gone, was ', bold(of(before)));
  return section(head, `  ${sayNumber(before)} → `, bold(of(after)), ours(`  ${howMuch(before, after)}`));
}

/** The difference, and how it relates to what was: in per cent up to threefold, as a factor beyond. */
export function howMuch(before: number, after: number): string {
  const difference = after - before;
  if (!Number.isFinite(difference)) return '';
  const sign = difference > 0 ? '+' : '−';
  const absolute = `${sign}${sayNumber(Math.abs(difference))}`;
  if (before === 0 || Math.sign(before) !== Math.sign(after)) return absolute;
  const ratio = after / before;
  if (ratio >= 3) return `${absolute}, ×${sayNumber(ratio)}`;
  return `${absolute}, ${sign}${sayNumber(Math.abs(Number((100 * (ratio - 1)).toPrecision(2))))} %`;
}
