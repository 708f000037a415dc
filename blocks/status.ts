import { keptSoFar } from '../src/domain/cadence.ts';
import type { Incident } from '../src/domain/incident.ts';
import { message } from './fit.ts';
import { sayKept } from './kept.ts';
import type { Message, Reading } from './message.ts';
import { lines, section, small } from './rich.ts';
import { type CardExtras, cardFacts } from './status-card.ts';
import { bold } from './text.ts';
import { type Waiting, waitingBlocks } from './waiting.ts';

/**
 * The answer to `status`: what the card says, how promises were kept, and the things that wait for the person who asked, each
 * with its buttons. A message of its own, so it says what waits for someone only where they alone see it.
 */
export function statusMessage(
  incident: Incident,
  waiting: readonly Waiting[],
  reading: Reading,
  extras: CardExtras = {},
): Message {
  const card = cardFacts(incident, reading, extras);
  return message(card.text, [
    ...card.blocks,
    small(`Updates: ${sayKept(keptSoFar(incident, reading.now))}`),
    lines([section(bold(waiting.length === 0 ? 'Nothing waits for you.' : 'Waiting for you'))]),
    ...waiting.flatMap((one) => waitingBlocks(one, reading)),
  ]);
}
