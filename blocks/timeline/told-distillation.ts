import type { DistillationEvent, KeptEntry } from '../../src/domain/distillation.ts';
import { some } from '../fit.ts';
import type { Told } from './told.ts';

/** `1 incident, 2 facts, 1 query`. */
export function sayEntries(entries: readonly Pick<KeptEntry, 'kind'>[]): string {
  const names = {
    incidents: 'incident',
    facts: 'fact',
    queries: 'query',
    patterns: 'pattern',
    integrations: 'note',
  };
  const kinds = [...new Set(entries.map((one) => one.kind))];
  return kinds
    .map((kind) => some(entries.filter((one) => one.kind === kind).length, names[kind], kind))
    .join(', ');
}

/** What the timeline tells of what was learned. */
export function toldDistillation(event: DistillationEvent): Told {
  switch (event.type) {
    case 'distillation-drafted':
      return event.keep.length === 0
        ? { says: 'keeps nothing of it', parts: [{ text: event.reason ?? '' }] }
        : { says: `chose what it taught, ${some(event.keep.length, 'entry', 'entries')}` };
    case 'distilled':
      return {
        says: `kept what it taught: ${sayEntries(event.entries)}`,
        parts: event.entries.map((one) => ({ text: one.key })),
      };
    case 'distillation-skipped':
      return { says: 'nothing of it is kept', parts: [{ text: event.reason }] };
  }
}
