import type { Health } from '../../src/domain/knowledge/health.ts';
import { ACTIONS, numbered } from '../action-ids.ts';
import { actions, button } from '../controls.ts';
import { brief, message, some } from '../fit.ts';
import { plainNotification } from '../headline.ts';
import type { Block, Message, Reading, TextFile } from '../message.ts';
import { bullets, lines, section } from '../rich.ts';
import { bold, code, moment, notation, ours, plain } from '../text.ts';
import { tierName } from './tier-name.ts';

const PROBLEMS_SHOWN = 8;
const STEPS_SHOWN = 25;

/** How each tier stands, and what to do where it is not well. */
export function healthMessage(tiers: readonly Health[], reading: Reading): Message {
  const ill = tiers.filter((one) => one.problems.length > 0 || one.why !== undefined || one.unpushed > 0);
  const head = ill.length === 0 ? 'What is known is in good order' : `${some(ill.length, 'tier')} to look at`;
  const files: TextFile[] = [];
  return message(
    plainNotification(head),
    [lines([section(bold(head))]), ...tiers.flatMap((one) => tier(one, reading, files))],
    files,
  );
}

function tier(one: Health, reading: Reading, files: TextFile[]): Block[] {
  const name = tierName(one.shelf);
  const shown = one.problems.slice(0, PROBLEMS_SHOWN);
  if (one.problems.length > shown.length)
    files.push({
      name: `kb-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-problems.txt`,
      title: `Problems of ${name}`,
      text: one.problems.join('\n'),
    });
  return [
    lines([
      section(
        bold(name),
        `  ${some(one.entries, 'entry', 'entries')}`,
        ...(one.pulledAt === undefined ? [] : [ours(' · pulled '), moment(one.pulledAt, reading)]),
      ),
      ...(one.why === undefined
        ? []
        : [
            section(
              ours('Not up to date: ', { bold: true }),
              ...notation(brief(one.why, 300), reading),
              ' ',
              code('kb sync'),
              ' tries again.',
            ),
          ]),
      ...(one.unpushed === 0
        ? []
        : [section(`${some(one.unpushed, 'change')} kept here and not pushed yet.`)]),
      ...(one.toTidy === 0
        ? []
        : [
            section(
              `A sleep would tidy up ${some(one.toTidy, 'entry', 'entries')}${one.bloated ? ', and a file has grown long' : ''}. `,
              code(`kb sleep ${name}`),
            ),
          ]),
    ]),
    ...(shown.length === 0 ? [] : [bullets(shown.map((problem) => section(plain(brief(problem, 200)))))]),
  ];
}

/** What a sleep would do, a line each, and the button that does it; or what it did. */
export function sleepMessage(org: string, steps: readonly string[], done: boolean): Message {
  const name = brief(org, 60);
  if (steps.length === 0)
    return message(plainNotification(`Nothing to tidy up in ${name}`), [
      lines([section('Nothing to tidy up in ', plain(name), '.')]),
    ]);
  const what = `${done ? 'Tidied up' : 'A sleep would tidy up'} ${name}: ${some(steps.length, 'change')}`;
  const rest = steps.length - STEPS_SHOWN;
  return message(
    plainNotification(what),
    [
      lines([section(bold(what), done ? '. What went is in the archive.' : '. Nothing has changed yet.')]),
      bullets(steps.slice(0, STEPS_SHOWN).map((step) => section(plain(brief(step, 200))))),
      ...(rest > 0 ? [lines([section(`${some(rest, 'more')} in kb-sleep.txt`)])] : []),
      ...(done ? [] : [actions(button(numbered(ACTIONS.say, 0), 'Do it', `kb sleep ${name} now`))]),
    ],
    rest > 0 ? [{ name: 'kb-sleep.txt', title: 'What sleep tidies up', text: steps.join('\n') }] : [],
  );
}
