import type { IncidentEvent } from '../incident.ts';
import { PARTS, type Words } from '../postmortem/parts.ts';
import type { Evolvers } from './promise.ts';

/** What people gave the postmortem. */
export const POSTMORTEM = {
  'postmortem-noted': (incident, { part, text, by }, { seq }) => {
    const { words, edits } = incident.contributed;
    const before = words.find((one) => one.part === part);
    const authors = [...(before?.by ?? []).filter((one) => one !== by), by];
    const now: Words = { part, text, by: authors, seq };
    const all = [...words.filter((one) => one.part !== part), now];
    const order = PARTS.map((one) => one.name);
    return {
      ...incident,
      contributed: { edits, words: all.toSorted((a, b) => order.indexOf(a.part) - order.indexOf(b.part)) },
    };
  },
  'postmortem-edited': (incident, { sections, by }, { seq, at }) => {
    const { words, edits } = incident.contributed;
    const changed = sections.flatMap(({ text, ...one }) =>
      text === undefined ? [] : [{ ...one, text, by, at, seq }],
    );
    // An edit of a section takes the place of the one before, where it stood.
    const kept = edits.flatMap((one) => {
      const touched = sections.some(({ section }) => section === one.section);
      return touched ? changed.filter(({ section }) => section === one.section) : [one];
    });
    const fresh = changed.filter(({ section }) => !edits.some((one) => one.section === section));
    return { ...incident, contributed: { words, edits: [...kept, ...fresh] } };
  },
  'postmortem-asked': (incident, { revision }) => ({
    ...incident,
    postmortem: { ...incident.postmortem, asked: revision },
  }),
  'postmortem-written': (incident, { type: _type, by: _by, via: _via, ...written }) => ({
    ...incident,
    postmortem: { ...incident.postmortem, written: [...incident.postmortem.written, written] },
  }),
} satisfies Partial<Evolvers<IncidentEvent['type']>>;
