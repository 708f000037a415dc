import { incidentId } from '../../src/domain/incident.ts';
import type { Shelved } from '../../src/domain/knowledge/shelf.ts';
import { brief, some } from '../fit.ts';

const INCIDENTS_SHOWN = 10;

/** `helped 3 times, last 2026-11-23`, `used in INC-12, INC-31`, `#checkout`: what an entry was good for. */
export function usesOf({ entry }: Pick<Shelved, 'entry'>, usedIn: readonly number[]): readonly string[] {
  const { used, lastUsed, tags } = entry;
  const more = usedIn.length - INCIDENTS_SHOWN;
  const ids = usedIn.slice(-INCIDENTS_SHOWN).map(incidentId).join(', ');
  return [
    ...(used > 0 ? [`helped ${some(used, 'time')}, last ${lastUsed ?? 'once'}`] : []),
    ...(ids === '' ? [] : [`used in ${ids}${more > 0 ? ` and ${more} more` : ''}`]),
    ...(tags.length > 0 ? [brief(tags.map((tag) => `#${tag}`).join(' '), 120)] : []),
  ];
}
