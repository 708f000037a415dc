import { saysAbsence, saysAllOrNone } from '../claim.ts';
import type { EvidenceNote } from '../evidence-note.ts';

/** Why an evidence cannot decide a test: what is too weak, and what a person pasted, which was not asked of its source. */
export function whyNotBearing(note: EvidenceNote, sentence: string): string | undefined {
  return note.reproduction.kind === 'supplied'
    ? `${note.id} was pasted, not asked of its source`
    : whyTooWeak(note, sentence);
}

/**
 * Why an evidence cannot carry a sentence, whatever it shows: nothing found supports only that nothing was there, and a part of
 * an answer never says "all" or "none". Undefined where it can.
 */
export function whyTooWeak(note: EvidenceNote, sentence: string): string | undefined {
  if (note.empty && note.partial !== undefined)
    return `${note.id} looked at a part only (${note.partial}), so that it found nothing shows nothing`;
  if (note.empty && !saysAbsence(sentence))
    return `${note.id} found nothing, which supports only that nothing was there, and “${sentence}” says more`;
  if (note.partial !== undefined && saysAllOrNone(sentence))
    return `${note.id} is a part of the answer (${note.partial}), which never shows “${sentence}”`;
  return undefined;
}
