import { brief, message } from '../fit.ts';
import { plainNotification } from '../headline.ts';
import type { Message } from '../message.ts';
import { lines, section } from '../rich.ts';
import { plain } from '../text.ts';

/** One line for whoever changed what is known. */
export function changedLine(what: string): Message {
  const said = brief(what, 250);
  return message(plainNotification(said), [lines([section(plain(said))])]);
}
