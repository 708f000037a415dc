import type { Incident } from '../../src/domain/incident.ts';
import type { Bugfix, ConfirmAnswer, Confirmation } from '../../src/domain/investigation/record.ts';
import { BUGFIX_PARTS } from '../../src/domain/investigation/record.ts';
import { ACTIONS, encodeRef, numbered } from '../action-ids.ts';
import { actions, button } from '../controls.ts';
import { brief, message, shorten } from '../fit.ts';
import { notification } from '../headline.ts';
import type { Message, Reading, TextFile } from '../message.ts';
import { fitted, labelled, lines, section } from '../rich.ts';
import { bold, nameOf, plain, words } from '../text.ts';

const LABEL: Readonly<Record<ConfirmAnswer, string>> = { yes: 'Yes', no: 'No', 'correct-me': 'Correct me' };
const SHOWN = 12;

/** Is this understood rightly? Anybody answers, once; the message keeps who said what. */
export function confirmationCard(incident: Incident, one: Confirmation, reading: Reading): Message {
  const value = (says: string) => encodeRef({ incident: incident.number, second: one.seq, rest: says });
  const rest = one.answers.length - SHOWN;
  return message(notification(incident, 'is that right?', one.statement), [
    lines([
      section(
        bold('Is that right? '),
        words(shorten(one.statement, 1_500), reading),
        plain(` · asked by ${nameOf(one.by, reading)}`),
      ),
      ...one.answers
        .slice(-SHOWN)
        .map((answer) =>
          section(
            bold(LABEL[answer.says === 'correct-me' ? 'no' : answer.says]),
            plain(` · ${nameOf(answer.by, reading)}`),
            ...(answer.correction === undefined ? [] : [': ', words(brief(answer.correction, 400), reading)]),
          ),
        ),
      ...(rest > 0 ? [section(`${rest} more in the timeline`)] : []),
    ]),
    actions(
      button(numbered(ACTIONS.confirm, 0), LABEL.yes, value('yes'), 'primary'),
      button(numbered(ACTIONS.confirm, 1), LABEL.no, value('no')),
      button(numbered(ACTIONS.confirm, 2), LABEL['correct-me'], value('correct-me')),
    ),
  ]);
}

/** An honest fix report, whole. */
export function bugfixCard(incident: Incident, bugfix: Bugfix, reading: Reading): Message {
  const files: TextFile[] = [];
  return message(
    notification(incident, 'fix report', bugfix.parts.fix),
    [
      lines([
        section(bold('Fix report'), plain(` · by ${nameOf(bugfix.by, reading)}`)),
        ...BUGFIX_PARTS.map(({ name, asks }) => {
          const title = asks.split(/[(,]/)[0]?.trim() ?? name;
          const file = { name: `inc-${incident.number}-fix-${name}.txt`, title };
          return labelled(title, fitted(bugfix.parts[name], 900, reading, file, files));
        }),
      ]),
    ],
    files,
  );
}
