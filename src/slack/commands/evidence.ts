import { evidenceCard } from '../../../blocks/evidence/evidence-card.ts';
import { evidenceList } from '../../../blocks/evidence/evidence-list.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { earlierOf } from '../../domain/evidence-difference.ts';
import { answerOf, type EvidenceNote } from '../../domain/evidence-note.ts';
import type { Incident } from '../../domain/incident.ts';
import { readingOf } from '../call.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { evidenceNamed, shareChart, shareRows } from '../evidence/evidence-files.ts';
import { refuseWhereShared } from '../evidence/evidence-place.ts';
import { shareDiagrams } from '../evidence/share-diagrams.ts';
import { compare } from '../listeners/evidence-clicks.ts';
import { targetOf } from '../target.ts';

const ID = /^(?:E|evidence\s+)?(\d{1,6})\b[,:]?/i;

/** Looking at what was found: again, as a chart, as a file, side by side, as a picture of the whole. */
export const EVIDENCE: readonly CommandRow[] = [
  {
    name: 'evidence',
    also: ['findings', 'show evidence'],
    group: 'ask',
    usage: 'evidence [E7 [vs E9]]',
    summary:
      'List what was found, show one card again, or say what grew and shrank between two of one query.',
    examples: ['evidence', 'evidence E7', 'evidence E7 vs E9'],
    options: [],
    target: 'any',
    looks: true,
    run: async (call) => {
      const incident = await targetOf(call);
      await refuseWhereShared(call, incident);
      if (call.text === '') {
        const list = evidenceList(incident, await readingOf(call, incident));
        return { kind: call.request.kind === 'slash' ? 'private' : 'thread', message: list };
      }
      const { note, rest } = named(call, incident);
      if (rest === '') return shown(call, incident, note);
      const other = ID.exec(rest.replace(/^(?:vs\.?|versus|against|and|with)\s+/i, ''));
      if (!other)
        throw new RuleViolation(
          'compare-what',
          `With what? \`evidence ${note.id} vs E9\` compares two of one query.`,
        );
      return compare(call, incident, note, evidenceNamed(incident, `E${Number(other[1])}`));
    },
  },
  {
    name: 'chart',
    also: ['plot', 'graph'],
    group: 'ask',
    usage: 'chart E7 [baseline]',
    summary: 'Draw an evidence into the thread; `baseline` adds what was usual in the same time before it.',
    examples: ['chart E7', 'chart E7 baseline'],
    options: [],
    target: 'any',
    run: async (call) => {
      const incident = await targetOf(call);
      const { note, rest } = named(call, incident);
      if (rest !== '' && !/^(?:with\s+)?(?:the\s+)?(?:baseline|before|band)$/i.test(rest))
        throw new RuleViolation('chart-words', `\`chart ${note.id}\` or \`chart ${note.id} baseline\`.`, [
          { label: 'Chart', command: `chart ${note.id}` },
          { label: 'With baseline', command: `chart ${note.id} baseline` },
        ]);
      return shareChart(call, incident, note, { baseline: rest !== '' });
    },
  },
  {
    name: 'rows',
    also: ['all rows', 'csv'],
    group: 'ask',
    usage: 'rows E7 [csv | ndjson]',
    summary:
      'All that an evidence holds, as a file in the thread: CSV, or NDJSON where cells hold more than one value.',
    examples: ['rows E7', 'rows E7 ndjson'],
    options: [],
    target: 'any',
    looks: true,
    run: async (call) => {
      const incident = await targetOf(call);
      const { note, rest } = named(call, incident);
      const format = /^(?:as\s+)?(csv|ndjson|json)?$/i.exec(rest);
      if (!format)
        throw new RuleViolation(
          'rows-format',
          `As what? \`rows ${note.id} csv\` or \`rows ${note.id} ndjson\`.`,
        );
      const word = format[1]?.toLowerCase();
      return shareRows(
        call,
        incident,
        note,
        word === undefined ? undefined : word === 'csv' ? 'csv' : 'ndjson',
      );
    },
  },
  {
    name: 'diagram',
    also: ['diagrams', 'picture'],
    group: 'incident',
    usage: 'diagram [timeline | causes]',
    summary: 'Draw the incident into the thread: what happened when, and what led to what.',
    examples: ['diagram', 'diagram causes'],
    options: [],
    target: 'any',
    looks: true,
    run: async (call) => {
      const word = call.text.toLowerCase();
      const kind = /^(?:time ?line)?$/.test(word)
        ? 'timeline'
        : /^caus|^chain/.test(word)
          ? 'causes'
          : undefined;
      if (kind === undefined)
        throw new RuleViolation('diagram-kind', 'Which one? `diagram timeline` or `diagram causes`.', [
          { label: 'Timeline', command: 'diagram timeline' },
          { label: 'Causes', command: 'diagram causes' },
        ]);
      return shareDiagrams(call, await targetOf(call), word === '' ? ['timeline', 'causes'] : [kind]);
    },
  },
];

/** The evidence that begins the text, and what follows it; the newest where none is named. */
function named({ text }: Call, incident: Incident): { readonly note: EvidenceNote; readonly rest: string } {
  const found = ID.exec(text);
  if (found)
    return {
      note: evidenceNamed(incident, `E${Number(found[1])}`),
      rest: text.slice(found[0].length).trim(),
    };
  const newest = incident.evidence.at(-1);
  return { note: newest ?? evidenceNamed(incident, 'E1'), rest: text.trim() };
}

async function shown(call: Call, incident: Incident, note: EvidenceNote): Promise<Said> {
  const card = {
    evidence: answerOf(note),
    total: note.count,
    incident,
    earlier: earlierOf(incident.evidence, note),
    asker: note.askedBy,
  };
  const message = evidenceCard(card, await readingOf(call, incident));
  return { kind: call.request.kind === 'slash' ? 'private' : 'thread', message };
}
