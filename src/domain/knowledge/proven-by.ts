import type { EvidenceNote } from '../evidence-note.ts';
import { incidentId } from '../incident.ts';

/** The lines that keep what proved an entry: the query, its window and its link. */
export function provenBy(note: EvidenceNote, incident: number): readonly string[] {
  const { from, to } = note.window;
  const link = note.reproduction.kind === 'supplied' ? note.reproduction.permalink : note.reproduction.url;
  const fence = note.query.includes('```') ? '~~~~' : '```';
  return [
    `Proved by ${note.id} of ${incidentId(incident)}, ${note.source}, ${new Date(from).toISOString()} to ${new Date(to).toISOString()}:`,
    '',
    `${fence}${LANGUAGE[note.tool] ?? ''}`,
    note.query,
    fence,
    '',
    ...(note.reproduction.kind === 'request' ? [] : [link]),
  ];
}

const LANGUAGE: Readonly<Record<string, string>> = {
  prometheus: 'promql',
  loki: 'logql',
  axiom: 'apl',
  grafana: 'promql',
};
