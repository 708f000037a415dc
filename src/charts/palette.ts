import type { Moment } from './picture.ts';

/** One paper for all pictures: light enough to print, calm in a dark client, its border visible in both. */
export const PAPER = '#ffffff';
export const BORDER = '#c9ced6';
export const INK = '#1d2430';
export const SOFT = '#5b6472';
export const FAINT = '#8a93a1';
export const GRID = '#e6e9ee';
export const AXIS = '#aab2bf';
export const ALARM = '#b45309';

/** Told apart without seeing red and green, each dark enough on paper. After Okabe and Ito. */
export const LINES: readonly string[] = [
  '#d55e00',
  '#0072b2',
  '#009e73',
  '#b5569b',
  '#c28a00',
  '#3f9fd6',
  '#5a4fcf',
  '#6b7280',
];

const OTHERS = '#c3c9d2';

/** Which colour a line has; those beyond the palette are the others. */
export function colourOf(index: number): string {
  return LINES[index] ?? OTHERS;
}

export const MOMENTS: Readonly<Record<Moment['kind'], string>> = {
  impact: '#c81e1e',
  declared: '#c81e1e',
  reopened: '#c81e1e',
  change: '#6d28d9',
  mitigated: '#0f766e',
  resolved: '#15803d',
  update: '#1d4ed8',
  evidence: '#0072b2',
  hypothesis: '#9a6700',
  marked: '#5b6472',
  said: '#8a93a1',
};
