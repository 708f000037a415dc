import type { KeptEntry } from '../../src/domain/distillation.ts';
import { type Incident, incidentId } from '../../src/domain/incident.ts';
import type { Lesson } from '../../src/domain/knowledge/lessons.ts';
import { ACTIONS, encodeRef } from '../action-ids.ts';
import { actions, button } from '../controls.ts';
import { brief, message } from '../fit.ts';
import { notification } from '../headline.ts';
import type { Block, Message } from '../message.ts';
import { bullets, lines, section } from '../rich.ts';
import { bold, code, plain } from '../text.ts';
import { sayEntries } from '../timeline/told-distillation.ts';
import { tierName } from './tier-name.ts';

/** It ended without the form: what its timeline proposes, and the way to keep it. */
export function distilOffer(incident: Incident, lessons: readonly Lesson[]): Block[] {
  return [
    lines([
      section(
        plain(
          `Nothing of it is kept for next time yet. Its timeline proposes ${sayEntries(lessons)}; later, `,
        ),
        code(`${incidentId(incident.number)} distil`),
        ' opens them as well.',
      ),
    ]),
    actions(
      button(ACTIONS.distil, 'Keep what it taught', encodeRef({ incident: incident.number }), 'primary'),
    ),
  ];
}

/** What is known from now on, and who knows it. */
export function distilledMessage(incident: Incident, entries: readonly KeptEntry[]): Message {
  const id = incidentId(incident.number);
  const [first] = entries;
  const shelf = first ? tierName(first.shelf) : 'nobody';
  const whom = first?.shelf.startsWith('personal/') ? 'you alone' : shelf;
  return message(notification(incident, `kept for ${whom}: ${sayEntries(entries)}`), [
    lines([
      section(
        bold(id),
        plain(` taught: ${sayEntries(entries)}, kept for `),
        bold(whom),
        '. ',
        code(`recall ${id}`),
        ' finds them.',
      ),
    ]),
    ...(entries.length === 0
      ? []
      : [bullets(entries.slice(0, 10).map((one) => section(plain(brief(one.key, 150)))))]),
  ]);
}
