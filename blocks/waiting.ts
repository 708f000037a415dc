import { incidentId } from '../src/domain/incident.ts';
import type { Instant } from '../src/domain/time.ts';
import { shorten } from './fit.ts';
import type { Reading } from './message.ts';
import { bold, type Inline, moment, oneLine, plain } from './text.ts';

/** Something one person must still act on: a stored draft, an offer, a question. */
export interface Waiting {
  readonly incident: number;
  readonly kind: 'update-due' | 'held-draft' | 'offer' | 'question';
  readonly at: Instant;
  /** Why it was held, which role is offered, what was asked. */
  readonly says?: string;
}

const SAID = {
  'update-due': 'an update is due',
  'held-draft': 'your update is held',
  offer: 'a hand-off waits for your answer',
  question: 'a question waits for your answer',
} as const;

export function waitingLine({ incident, kind, at, says }: Waiting, reading: Reading): Inline[] {
  return [
    bold(incidentId(incident)),
    plain(` ${SAID[kind]}${kind === 'update-due' ? ' ' : ', since '}`),
    moment(at, reading),
    ...(says === undefined ? [] : [plain(`: ${shorten(oneLine(says), 200)}`)]),
  ];
}
