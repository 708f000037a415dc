import { keptSoFar } from '../src/domain/cadence.ts';
import type { Incident } from '../src/domain/incident.ts';
import { message } from './fit.ts';
import { sayKept } from './kept.ts';
import type { Message, Reading } from './message.ts';
import { lines, section, small } from './rich.ts';
import { statusCard } from './status-card.ts';
import { bold } from './text.ts';
import { type Waiting, waitingLine } from './waiting.ts';

/** The answer to `status`: what the card says, how promises were kept, and what waits for the person who asked. No buttons. */
export function statusMessage(incident: Incident, waiting: readonly Waiting[], reading: Reading): Message {
  const card = statusCard(incident, reading);
  const blocks = card.blocks.filter((one) => one.type !== 'actions');
  return message(card.text, [
    ...blocks,
    lines([
      section(bold(waiting.length === 0 ? 'Nothing waits for you.' : 'Waiting for you')),
      ...waiting.slice(0, 30).map((one) => section('• ', ...waitingLine(one, reading))),
      ...(waiting.length > 30 ? [section(`${waiting.length - 30} more: the Home tab lists them.`)] : []),
    ]),
    small(sayKept(keptSoFar(incident, reading.now))),
  ]);
}
