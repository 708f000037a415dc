import type { EvidenceNote, Finding, WrittenSample } from './evidence-note.ts';
import type { Incident } from './incident.ts';
import { citeNumber } from './shown-numbers.ts';
import type { UpdateFields } from './update.ts';

/**
 * The draft of the next update, from the timeline alone: the last impact said, what was found and marked since then, and
 * what people were doing. It states nothing nobody recorded; a field with nothing to say stays empty for a person to fill.
 */
export function draftUpdate(incident: Incident): UpdateFields {
  const last = incident.updates.at(-1);
  const after = last?.at ?? incident.declaredAt - 1;
  const found = incident.evidence.filter((one) => one.askedAt > after).slice(-3);
  const marked = incident.entries.filter((one) => one.at > after).slice(-3);
  const notes = incident.timeline.flatMap(({ at, event }) =>
    event.type === 'noted' && at > after ? [event.text] : [],
  );
  const known = [...found.map(sayEvidence), ...marked.map((one) => firstLine(one.text))];
  const doing = notes.at(-1) ?? last?.fields.doing;
  const impact = incident.updates.findLast((one) => one.fields.impact !== undefined)?.fields.impact;
  return {
    ...(impact !== undefined && { impact }),
    ...(known.length > 0
      ? { known: known.join('; ') }
      : last?.fields.known !== undefined && { known: last.fields.known }),
    ...(doing !== undefined && { doing: firstLine(doing) }),
  };
}

/** `code 500: 41.2 at the last sample, max 44 (E7)`: numbers that the evidence shows, so that the claim is verified. */
export function sayEvidence(note: EvidenceNote): string {
  if (note.empty) return `no rows for ${firstLine(note.query)} (${note.id})`;
  const lead = note.findings.toSorted((a, b) => size(b.last) - size(a.last))[0];
  if (!lead) return `${firstLine(note.query)} answered (${note.id})`;
  const last = lead.last ? ` ${round(lead.last)}` : '';
  const max = lead.max && lead.max.value !== lead.last?.value ? `, max ${round(lead.max)}` : '';
  return `${nameOf(lead) || firstLine(note.query)}:${last}${max} (${note.id})`;
}

function nameOf(finding: Finding): string {
  return Object.entries(finding.labels)
    .filter(([key]) => key !== '__name__' && key !== 'job' && key !== 'instance')
    .slice(0, 3)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}

function round(sample: WrittenSample): string {
  return citeNumber(Number(sample.value));
}

function size(sample: WrittenSample | undefined): number {
  const value = Math.abs(Number(sample?.value ?? 0));
  return Number.isFinite(value) ? value : 0;
}

function firstLine(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
