import type { PersonId } from '../incident.ts';
import type { Report } from './report.ts';

/** Everyone who corrected a choice that the report shows: whoever draws it needs their names. */
export function choosersOf(report: Report): readonly PersonId[] {
  if (report.kind !== 'signals') return [];
  return report.lines.flatMap(({ chosen }) => chosen.flatMap(({ by }) => by ?? []));
}
