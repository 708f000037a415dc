import type { Message, View } from '../../blocks/message.ts';
import { postmortemModal } from '../../blocks/modals/postmortem.ts';
import { phasePost } from '../../blocks/phase.ts';
import { postmortemMessage } from '../../blocks/postmortem/postmortem-message.ts';
import { postmortemRefused } from '../../blocks/postmortem/postmortem-refused.ts';
import { wordingHints } from '../../blocks/postmortem/wording-hints.ts';
import { PARTS } from '../../src/domain/postmortem/parts.ts';
import { postmortemOf } from '../../src/domain/postmortem/postmortem-of.ts';
import { blameIn } from '../../src/domain/postmortem/wording.ts';
import type { InvestigationPaint } from './gallery-investigation.ts';
import { at, BO, LEA, lastEvent } from './sample.ts';

type Paint = Pick<InvestigationPaint, 'incident' | 'plus' | 'text' | 'reading'> & { readonly many: number };

const WRITTEN = { revision: 3, document: { version: 1, head: [], sections: [] }, left: [] };

export function postmortemMessages({
  incident,
  plus,
  text,
  reading,
  many,
}: Paint): Readonly<Record<string, Message>> {
  const ended = plus(
    [
      at('14:39'),
      LEA,
      { type: 'state-hypothesis', statement: `it is ${text}`, disproof: `errors go on ${text}` },
    ],
    [at('14:39'), LEA, { type: 'override', reason: `nobody is awake ${text}` }],
  );
  const draw = (one = incident, more: Partial<Parameters<typeof postmortemMessage>[2]> = {}) =>
    postmortemMessage(one, postmortemOf(one, reading.now), { ...WRITTEN, ...more }, reading);
  const blamed = wordingHints(blameIn(`should have ${text} `.repeat(Math.min(many, 20)))) as Message;
  return {
    'postmortem draft': draw(),
    'postmortem of an ended incident': draw(ended, {
      canvas: { id: 'F1', url: 'https://acme.slack.com/docs/T1/F1', sections: [] },
      left: Array.from({ length: many }, () => text),
    }),
    'postmortem without a canvas': draw(ended, { noCanvas: `No canvas: ${text.slice(0, 200)}` }),
    'postmortem refused': postmortemRefused(incident, 3, reading),
    'wording hints': blamed,
    'resolved with its postmortem': phasePost(ended, lastEvent(ended), reading),
  };
}

export function postmortemViews({ incident, plus, text, many }: Paint): Readonly<Record<string, View>> {
  const words = Array.from(
    { length: Math.min(many, 40) },
    (_, index) => `${index} ${text.slice(0, 400)}`,
  ).join('\n');
  const filled = plus(
    ...PARTS.map(
      ({ name }) => [at('14:39'), BO, { type: 'note-postmortem', part: name, text: words }] as const,
    ),
  );
  return {
    'postmortem form': postmortemModal(incident, {}),
    'postmortem form, filled': postmortemModal(filled, { channel: 'C1', ts: '1.2' }),
  };
}
