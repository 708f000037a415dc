import { checkDurations } from './check-durations.ts';
import { checkFieldNames, checkSourceNames } from './check-names.ts';
import { checkCase, checkContains } from './check-operators.ts';
import { checkSearch } from './check-search.ts';
import { checkTimeFirst } from './check-time-first.ts';
import { type Check, edited } from './finding.ts';
import { type Apl, readApl } from './read-apl.ts';

/** In the order in which they are followed: later ones read what earlier ones have written. */
const CHECKS: readonly Check[] = [
  checkSourceNames,
  checkFieldNames,
  checkDurations,
  checkSearch,
  checkContains,
  checkCase,
  checkTimeFirst,
];

export interface Checked {
  readonly hints: readonly string[];
  /** The query with all of them followed that can be; absent where none can. */
  readonly corrected?: string;
}

/** What could be better about a query; nothing here refuses one. */
export function checkApl(apl: Apl): Checked {
  const hints: string[] = [];
  let { query } = apl;
  for (const check of CHECKS) {
    const asked = check(apl);
    if (asked) hints.push(asked.hint);
    const now = query === apl.query ? apl : readApl(query);
    const finding = now && check(now);
    if (finding) query = edited(query, finding.edits);
  }
  // What this reader could not read again is not offered.
  const sound = query !== apl.query && readApl(query) !== undefined;
  return { hints, ...(sound && { corrected: query }) };
}
