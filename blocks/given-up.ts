import type { Instant } from '../src/domain/time.ts';
import { message, shorten } from './fit.ts';
import { plainNotification } from './headline.ts';
import type { Message, Reading } from './message.ts';
import { lines, section } from './rich.ts';
import { code, moment } from './text.ts';

/** What somebody asked and Steady could not do, however often it tried. */
export interface GivenUp {
  readonly at: Instant;
  readonly tries: number;
  /** Where the log has the cause. */
  readonly reference: string;
}

/** For the one who asked, privately. */
export function givenUpMessage({ at, tries, reference }: GivenUp, reading: Reading): Message {
  return message(plainNotification(`Given up after ${tries} tries: ask once more.`), [
    lines([
      section(
        'What you asked at ',
        moment(at, reading),
        ` failed ${tries} times, and that is Steady's fault. It is not tried again: ask once more if you still want it. The log has the cause under `,
        code(shorten(reference, 60)),
        '.',
      ),
    ]),
  ]);
}
