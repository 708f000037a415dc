import type { Cited } from '../../src/domain/signals/report.ts';
import { bold, type Inline, link } from '../text.ts';

/** The evidence behind a number, as a link to the same: its id in an incident, a word outside one. Nothing where it has neither. */
export function citation(cited: Cited | undefined): readonly Inline[] {
  if (!cited || (cited.id === undefined && cited.url === undefined)) return [];
  const { id, url } = cited;
  return [url === undefined ? bold(id ?? '') : link(url, id ?? 'show')];
}

/** The ids that are named, once each, in order. */
export function idsOf(all: readonly (Cited | undefined)[]): readonly string[] {
  return [...new Set(all.flatMap((one) => one?.id ?? []))];
}
