import type { Check } from './finding.ts';
import type { Stage } from './read-apl.ts';

/**
 * Axiom runs filters in the order written, so that the filter on `_time` belongs first. It is moved only over filters, which
 * commute. https://axiom.co/docs/reference/performance
 */
export const checkTimeFirst: Check = ({ query, main }) => {
  const place = main.stages.findIndex((stage) => isFilter(stage) && filtersTime(stage));
  const before = main.stages.slice(0, Math.max(0, place));
  const time = main.stages[place];
  if (!time || before.length === 0 || !before.every(isFilter)) return undefined;
  return {
    hint: 'Put the filter on `_time` first: Axiom runs filters in the order written.',
    edits: [time, ...before].map(({ at, end }, index) => {
      const there = main.stages[index] ?? time;
      return { at: there.at, end: there.end, text: query.slice(at, end) };
    }),
  };
};

function isFilter({ operator }: Stage): boolean {
  return operator === 'where' || operator === 'filter';
}

function filtersTime({ tokens }: Stage): boolean {
  return tokens.some((token) => token.kind === 'name' && token.text === '_time');
}
