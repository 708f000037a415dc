import { ACTIONS } from './action-ids.ts';
import { actions, button } from './controls.ts';
import { message } from './fit.ts';
import type { Block, Message } from './message.ts';
import { bullets, lines, section } from './rich.ts';
import { bold, code } from './text.ts';

/** The first direct message: what Steady is for, and three things to try. */
export function welcome(): Message {
  return message('Steady keeps incident channels informed. Three things to try.', welcomeBlocks());
}

export function welcomeBlocks(): Block[] {
  return [
    lines([
      section(
        'Steady keeps an incident channel informed: it asks the telemetry, shows where each answer comes from, and sees that updates come when they were promised.',
      ),
    ]),
    lines([section(bold('Three things to try'))]),
    bullets([
      section('In a channel: ', code('@Steady declare P2 checkout is slow here')),
      section('Then ask: ', code('@Steady prom up')),
      section('Put 📌 on a message: it goes on the timeline'),
    ]),
    actions(button(ACTIONS.openDeclare, 'Declare an incident', undefined, 'primary')),
  ];
}
