import { incidentId } from '../src/domain/incident.ts';
import type { Instant } from '../src/domain/time.ts';
import { ACTIONS, encodeRef } from './action-ids.ts';
import { actions, button, sayButtons } from './controls.ts';
import { brief } from './fit.ts';
import { formButtons } from './form-again.ts';
import type { Block, Reading } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, type Inline, moment, notation } from './text.ts';

/** Something one person must still act on. */
export interface Waiting {
  readonly incident: number;
  readonly kind: 'update-due' | 'held-draft' | 'offer' | 'question' | 'guard' | 'distillation' | 'form';
  /** What *Show* says for the reader of a guard. */
  readonly show?: string;
  readonly at: Instant;
  /** Why it was held, which role is offered, what was asked. */
  readonly says?: string;
  /** The promise of a draft, the seq of an offer; with it the line gets its buttons. */
  readonly second?: number;
  /** Key of a held draft. */
  readonly key?: string;
}

/** One thing that waits, with the buttons to settle it where it is. */
export function waitingBlocks(one: Waiting, reading: Reading): Block[] {
  const line = lines([section(...waitingLine(one, reading))]);
  const buttons = controls(one);
  return buttons.length === 0 ? [line] : [line, actions(...buttons)];
}

export function waitingLine({ incident, kind, at, says }: Waiting, reading: Reading): Inline[] {
  const why = says === undefined ? [] : notation(brief(says, 200), reading);
  const id = bold(incidentId(incident));
  switch (kind) {
    case 'update-due':
      return [id, ...notation(': an update is due ', reading), moment(at, reading, { bold: true })];
    case 'held-draft':
      return [id, ...notation(': your update is held. ', reading), ...why];
    case 'offer':
      return [
        id,
        ...notation(': you are offered ', reading),
        ...why,
        ...notation(' since ', reading),
        moment(at, reading),
      ];
    case 'guard':
      return [id, ...notation(': ', reading), ...why];
    case 'distillation':
      return [id, ...notation(': it is over, and nobody has said what it taught.', reading)];
    case 'form':
      return [id, ...notation(': your form was not taken before a restart, and is kept: ', reading), ...why];
    case 'question':
      return [id, ...notation(': a question waits. ', reading), ...why];
  }
}

function controls({ incident, kind, second, key, show }: Waiting) {
  if (kind === 'guard' && show !== undefined)
    return sayButtons([{ label: 'Show', command: `${incidentId(incident)} ${show}` }]);
  if (kind === 'distillation')
    return [button(ACTIONS.distil, 'Keep what it taught', encodeRef({ incident }))];
  if (kind === 'form' && key !== undefined) return [...formButtons(key)];
  if (second === undefined) return [];
  const value = encodeRef({ incident, second, ...(key !== undefined && { rest: key }) });
  if (kind === 'update-due')
    return [
      button(ACTIONS.postDraft, 'Post as is', value, 'primary'),
      button(ACTIONS.editDraft, 'Edit', value),
    ];
  if (kind === 'held-draft')
    return [
      button(ACTIONS.editDraft, 'Edit', value, 'primary'),
      button(ACTIONS.discardDraft, 'Discard', value),
    ];
  if (kind === 'offer')
    return [
      button(ACTIONS.acceptOffer, 'Accept', value, 'primary'),
      button(ACTIONS.declineOffer, 'Decline', value),
    ];
  return [];
}
