import type { Message } from '../../../blocks/message.ts';
import { wordingHints } from '../../../blocks/postmortem/wording-hints.ts';
import type { Incident } from '../../domain/incident.ts';
import { blameIn } from '../../domain/postmortem/wording.ts';

/** What in these words looks for blame, for whoever wrote them alone. */
export function blameHints(texts: readonly string[]): Message | undefined {
  return wordingHints(blameIn(texts.join('\n')));
}

/** All that people said which the document shows as theirs, and what it takes as the cause. */
export function wordsShown(incident: Incident): readonly string[] {
  const { contributed, resolution, hypotheses, updates } = incident;
  return [
    ...contributed.words.map(({ text }) => text),
    ...contributed.edits.map(({ text }) => text),
    ...(resolution === undefined ? [] : [resolution]),
    ...hypotheses.map(({ statement }) => statement),
    ...updates.flatMap(({ fields }) => [fields.impact, fields.known].filter((one) => one !== undefined)),
  ];
}
