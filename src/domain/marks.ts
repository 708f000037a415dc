import type { Incident } from './incident.ts';
import type { Instant } from './time.ts';

/** A moment of the incident that a chart should show. */
export interface IncidentMark {
  readonly at: Instant;
  readonly kind: 'impact' | 'declared' | 'change' | 'mitigated' | 'resolved' | 'reopened';
  /** A few words; of a change, the beginning of what was said about it. */
  readonly label: string;
}

/** Somebody's words about a change on purpose, by the words that deploy bots and people use for one. */
const CHANGE =
  /\b(?:deploy(?:s|ed|ing|ment)?|roll(?:ed|ing)?[ -]?(?:out|back)|releas(?:e|ed|ing)|feature flag)\b/i;
const LABEL = 60;

/** Impact, declaration and phases with the times they are said to have, and marked messages and notes that tell of a change. */
export function marksOf(incident: Incident): readonly IncidentMark[] {
  const phases: IncidentMark[] = [];
  for (const { at, event } of incident.timeline) {
    if (event.type === 'mitigated' || event.type === 'resolved')
      phases.push({ at: event.effectiveAt, kind: event.type, label: event.type });
    if (event.type === 'reopened') phases.push({ at, kind: 'reopened', label: 'reopened' });
    if (event.type === 'time-corrected') {
      const found = phases.findLastIndex((one) => one.kind === event.of);
      const corrected = phases[found];
      if (corrected) phases[found] = { ...corrected, at: event.effectiveAt };
    }
  }
  const told = [
    ...incident.entries.map(({ at, text }) => ({ at, text })),
    ...incident.timeline.flatMap(({ at, event }) =>
      event.type === 'noted' ? [{ at, text: event.text }] : [],
    ),
  ];
  return [
    ...(incident.impactSince === undefined
      ? []
      : [{ at: incident.impactSince, kind: 'impact', label: 'impact' } as const]),
    { at: incident.declaredAt, kind: 'declared', label: 'declared' } as const,
    ...told
      .filter(({ text }) => CHANGE.test(text.slice(0, 500)))
      .map(({ at, text }) => ({ at, kind: 'change', label: firstLine(text) }) as const),
    ...phases,
  ].toSorted((a, b) => a.at - b.at);
}

function firstLine(text: string): string {
  const [line = ''] = text.trim().split('\n', 1);
  return line.length > LABEL ? `${line.slice(0, LABEL - 1).toWellFormed()}…` : line;
}
