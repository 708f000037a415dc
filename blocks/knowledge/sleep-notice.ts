import type { SleepNotice } from '../../src/domain/knowledge/sleep-notice.ts';
import { ACTIONS, numbered } from '../action-ids.ts';
import { actions, button } from '../controls.ts';
import { brief, message, some } from '../fit.ts';
import { plainNotification } from '../headline.ts';
import type { Message, Reading } from '../message.ts';
import { bullets, lines, section } from '../rich.ts';
import { bold, code, person, plain } from '../text.ts';

const SHOWN = 12;

/** A sleep that nobody asked for: what it would do with a click to do it, or what it did; one line once it is not wanted. */
export function sleepNoticeMessage(
  { org, why, lines: all, state, by }: SleepNotice,
  reading: Reading,
): Message {
  const name = brief(org, 60);
  const changes = some(all.length, 'change');
  if (state === 'later')
    return message(plainNotification(`Knowledge of ${name}: no sleep now`), [
      lines([
        section(
          'No sleep of ',
          bold(name),
          ' now',
          ...(by === undefined ? [] : [', says ', person(by, reading)]),
          '. It is offered again in a week at the earliest; ',
          code(`kb sleep ${name}`),
          ' does it at any time.',
        ),
      ]),
    ]);
  const offered = why === 'bloat' && state === 'planned';
  const head = offered
    ? `Knowledge of ${name} has grown: a sleep would make ${changes}`
    : state === 'planned'
      ? `Knowledge of ${name} is about to be tidied up: ${changes}`
      : `Knowledge of ${name} was tidied up: ${changes}`;
  const rest = all.length - SHOWN;
  return message(
    plainNotification(head),
    [
      lines([
        section(
          bold(head),
          ...(by === undefined ? [] : [plain(', '), person(by, reading)]),
          state === 'slept'
            ? '. One commit; what went is in the archive.'
            : offered
              ? '. Nothing has changed yet.'
              : '.',
        ),
      ]),
      bullets(all.slice(0, SHOWN).map((line) => section(plain(brief(line, 160))))),
      ...(rest > 0 ? [lines([section(`${some(rest, 'more')} in kb-sleep.txt`)])] : []),
      ...(offered
        ? [
            actions(
              button(numbered(ACTIONS.say, 0), 'Sleep now', `kb sleep ${name} now`),
              button(numbered(ACTIONS.say, 1), 'Not now', `kb sleep ${name} later`),
            ),
          ]
        : []),
    ],
    rest > 0 ? [{ name: 'kb-sleep.txt', title: `What a sleep does with ${name}`, text: all.join('\n') }] : [],
  );
}
