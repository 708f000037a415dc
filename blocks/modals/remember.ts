import { KINDS, type Kind } from '../../src/domain/knowledge/entry.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import type { View } from '../message.ts';
import { small } from '../rich.ts';
import { choice, chosen, plainText, type Submitted, textInput, typed } from './fields.ts';

/** *Remember this*: a message's words, to be edited before they are kept for whoever clicked, and nobody else. */
export function rememberModal(text: string, secluded: boolean, meta: Meta): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.remember,
    title: plainText('Remember this'),
    submit: plainText('Remember'),
    close: plainText('Cancel'),
    private_metadata: encodeMeta(meta),
    blocks: [
      textInput(INPUTS.words, 'What is worth remembering?', {
        initial: text,
        multiline: true,
        required: true,
        hint: 'Begin with a few words and a colon to name it: “checkout pool: holds 40”',
      }),
      choice(
        INPUTS.kind,
        'Kind',
        KINDS.map((kind) => [kind, kind] as const),
        'facts',
      ),
      small(
        secluded
          ? 'It was said where not everybody can read. Seen by you alone; sharing it asks again, and links the message only unless you say otherwise'
          : 'Seen by you alone. One more click shares it',
      ),
    ],
  };
}

export function readRemember(values: Submitted): { readonly text: string; readonly kind: Kind } {
  const kind = KINDS.find((one) => one === chosen(values, INPUTS.kind)) ?? 'facts';
  return { text: typed(values, INPUTS.words)?.trim() ?? '', kind };
}
