import type { Button } from '@slack/types';
import { ACTIONS } from './action-ids.ts';
import { actions, button } from './controls.ts';
import { brief, message } from './fit.ts';
import { plainNotification } from './headline.ts';
import type { Message } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, plain } from './text.ts';

/** Steady was away when a form came, and what it was about may have moved on: its person says whether it is still meant. */
export function formAgainMessage(title: string, draft: string): Message {
  const shown = brief(title, 80);
  return message(plainNotification(`Still wanted? Your form “${shown}” came just before I was restarted`), [
    lines([
      section(
        'I was restarted before I could take your form ',
        bold(shown),
        plain('. What you wrote is kept. Still wanted?'),
      ),
    ]),
    actions(...formButtons(draft)),
  ]);
}

export function formButtons(draft: string): readonly Button[] {
  return [
    button(ACTIONS.formAgain, 'Do it now', draft, 'primary'),
    button(ACTIONS.formDiscard, 'Throw it away', draft),
  ];
}
