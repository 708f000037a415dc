import type { PersonId } from '../../src/domain/incident.ts';
import type { Postmortem } from '../../src/domain/postmortem/postmortem.ts';
import { rowTime } from '../timeline/timeline-row.ts';
import type { Document, Piece } from './document.ts';
import { markdownOf } from './markdown.ts';
import type { Writing } from './say.ts';
import { timelineRows } from './timeline-rows.ts';

/** Grows by one where a field changes its meaning or goes; new fields come without. */
export const POSTMORTEM_SCHEMA = 1;

/**
 * The postmortem for machines, to be written as one JSON document. Instants are milliseconds since 1970 UTC, durations milliseconds, shares 0 to 1;
 * people are ids, named in `people`. `sections` is the document as people read it, their words included.
 */
export function postmortemRecord(
  postmortem: Postmortem,
  document: Document,
  writing: Writing,
  people: ReadonlyMap<PersonId, string>,
): Readonly<Record<string, unknown>> {
  const { contributed: _within, ...facts } = postmortem;
  const when = new Map(writing.incident.timeline.map((one) => [one.seq, rowTime(one)]));
  return {
    schema: 'steady-postmortem',
    version: POSTMORTEM_SCHEMA,
    ...facts,
    keyQueries: postmortem.keyQueries.map(({ note, why }) => ({
      id: note.id,
      source: note.source,
      query: note.query,
      window: note.window,
      askedAt: note.askedAt,
      askedBy: note.askedBy,
      reproduction: note.reproduction,
      findings: note.findings,
      empty: note.empty,
      ...(note.partial !== undefined && { partial: note.partial }),
      why,
    })),
    timeline: timelineRows(writing).map(({ seq, what, link }) => ({
      seq,
      at: when.get(seq) ?? 0,
      text: what.map(plain).join(''),
      ...(link !== undefined && { link }),
    })),
    words: postmortem.contributed.words,
    sections: document.sections.map((one) => ({ key: one.key, title: one.title, markdown: markdownOf(one) })),
    people: Object.fromEntries(people),
  };
}

function plain(one: Piece): string {
  if (typeof one === 'string') return one;
  if ('strong' in one) return one.strong;
  if ('code' in one) return one.code;
  return 'mark' in one ? 'UNVERIFIED' : one.text;
}
