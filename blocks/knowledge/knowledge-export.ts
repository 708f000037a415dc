import { brief, message, some } from '../fit.ts';
import { plainNotification } from '../headline.ts';
import type { Message } from '../message.ts';
import { lines, section } from '../rich.ts';
import { bold, code } from '../text.ts';

/** What one person keeps, as one file; `text` is undefined where there is nothing. */
export function exportMessage(
  day: string,
  exported: { readonly entries: number; readonly text?: string },
): Message {
  const { entries, text } = exported;
  if (text === undefined)
    return message(plainNotification('You keep nothing for yourself yet'), [
      lines([section('You keep nothing for yourself yet. ', code('remember …'), ' does.')]),
    ]);
  const head = `What you keep: ${some(entries, 'entry', 'entries')}`;
  const name = `knowledge-${day}.md`;
  return message(
    plainNotification(head),
    [
      lines([
        section(
          bold(head),
          ', with archive and journal, as the files that they would be in ',
          code(name),
          '. Nobody else gets this. ',
          code('steady kb import'),
          ' reads it again.',
        ),
      ]),
    ],
    [{ name, title: 'What you keep', text }],
  );
}

/** How an older base comes in: no file of a machine is read for somebody in Slack. */
export function importMessage(person: string): Message {
  return message(plainNotification('How to bring in what you knew before'), [
    lines([
      section(
        'Files of a machine are read only for whoever runs Steady. Give them your folder, or what ',
        code('kb export'),
        ' gave you, and this line: ',
        code(`steady kb import FOLDER --person ${brief(person, 30)}`),
        '. It shows first what would come in; what holds a secret stays out.',
      ),
    ]),
  ]);
}
