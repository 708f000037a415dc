import { ACTIONS, CALLBACKS, encodeRef } from './action-ids.ts';
import { actions, button } from './controls.ts';
import { some } from './fit.ts';
import { type IncidentSummary, incidentLine } from './incident-line.ts';
import type { Block, Reading, View } from './message.ts';
import { lines, section, small } from './rich.ts';
import { bold, code, sayMoment } from './text.ts';
import { type Waiting, waitingLine } from './waiting.ts';
import { welcomeBlocks } from './welcome.ts';

export interface HomeFacts {
  readonly open: readonly IncidentSummary[];
  readonly waiting: readonly Waiting[];
  /** Numbers of the open incidents that the reader leads. */
  readonly led: readonly number[];
  readonly reading: Reading;
}

const INCIDENTS_SHOWN = 25;
const WAITING_SHOWN = 20;

/** The home tab: what waits for the reader, open incidents and when each update is due. */
export function homeView({ open, waiting, led, reading }: HomeFacts): View {
  const mine = open.filter((one) => led.includes(one.number));
  const others = open.filter((one) => !led.includes(one.number));
  const shown = [...mine, ...others].slice(0, INCIDENTS_SHOWN);
  const rest = open.length - shown.length;
  const blocks: Block[] = [
    {
      type: 'header',
      text: {
        type: 'plain_text',
        text: open.length === 0 ? 'No open incidents' : some(open.length, 'open incident'),
        emoji: false,
      },
    },
    ...(waiting.length === 0
      ? []
      : [
          lines([
            section(bold('Waiting for you')),
            ...waiting.slice(0, WAITING_SHOWN).map((one) => section('• ', ...waitingLine(one, reading))),
            ...(waiting.length > WAITING_SHOWN
              ? [
                  section(
                    `${waiting.length - WAITING_SHOWN} more: ask `,
                    code('status'),
                    ' in a direct message',
                  ),
                ]
              : []),
          ]),
        ]),
    ...shown.flatMap((one): Block[] => [
      lines([
        section(...incidentLine(one, reading, true), ...(led.includes(one.number) ? [' · you lead'] : [])),
      ]),
      ...(led.includes(one.number)
        ? [actions(button(ACTIONS.postUpdate, 'Post update', encodeRef({ incident: one.number })))]
        : []),
    ]),
    ...(rest > 0 ? [lines([section(`${some(rest, 'incident')} more: `, code('list'))])] : []),
    ...(open.length === 0 ? welcomeBlocks() : [actions(button(ACTIONS.openDeclare, 'Declare an incident'))]),
    small(`As of ${sayMoment(reading.now, reading)}`),
  ];
  return { type: 'home', callback_id: CALLBACKS.home, blocks };
}
