import { type Incident, incidentId } from '../src/domain/incident.ts';
import { ACTIONS, encodeRef } from './action-ids.ts';
import { actions, button, sayButtons } from './controls.ts';
import { brief, message, shorten, some } from './fit.ts';
import { plainNotification, titleLine } from './headline.ts';
import { type IncidentSummary, incidentLine } from './incident-line.ts';
import type { Block, Message, Reading } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, code, plain } from './text.ts';

/** A second declare in a channel that has an open incident. `newChannel` only where making channels is switched on. */
export function secondDeclare(
  open: Pick<Incident, 'number' | 'severity' | 'title'>,
  options: { readonly newChannel: boolean },
): Message {
  const value = encodeRef({ incident: open.number });
  const id = incidentId(open.number);
  return message(plainNotification(`${id} is open in this channel already`), [
    lines([
      section(
        bold(titleLine(open)),
        ' is open in this channel already. One channel holds one open incident.',
      ),
      ...(options.newChannel ? [] : [section('For another one, declare it in another channel.')]),
    ]),
    actions(
      button(ACTIONS.useOpen, `Use ${id}`, value, 'primary'),
      ...(options.newChannel ? [button(ACTIONS.newChannel, 'New channel', value)] : []),
    ),
  ]);
}

/** A typo: nothing was run. The nearest commands, whole, as buttons. */
export function didYouMean(typed: string, nearest: readonly string[]): Message {
  const said = brief(typed, 120);
  const steps = [
    ...nearest.slice(0, 4).map((one) => ({ label: one, command: one })),
    { label: 'help', command: 'help' },
  ];
  return message(plainNotification(`"${said}" is no command`), [
    lines([
      section(
        code(said || ' '),
        ' is no command; nothing was run.',
        nearest.length > 0 ? ' Did you mean:' : '',
      ),
    ]),
    actions(...sayButtons(steps)),
  ]);
}

/** Several deployments could answer. `command` is what was typed; a button adds `env:NAME`. */
export function whichEnvironment(environments: readonly string[], command: string): Message {
  const shown = environments.slice(0, 24);
  const steps = shown.map((one) => ({ label: one, command: `${command} env:${one}` }));
  const buttons = sayButtons(steps);
  return message('Which environment?', [
    lines([
      section(
        'Which environment? ',
        buttons.length > 0 ? 'Click one, or type it with ' : 'Type it again with ',
        code(`env:${shorten(environments[0] ?? 'prod', 60)}`),
        '.',
      ),
      ...(environments.length > shown.length
        ? [
            section(
              plain(
                `${some(environments.length - shown.length, 'environment')} more: ${shorten(environments.slice(24).join(', '), 2_000)}`,
              ),
            ),
          ]
        : []),
    ]),
    ...(buttons.length > 0 ? [actions(...buttons)] : []),
  ]);
}

/** Several incidents could be meant. `commandFor` writes the whole command with the id in it. */
export function whichIncident(
  open: readonly IncidentSummary[],
  commandFor: (id: string) => string,
  reading: Reading,
): Message {
  const shown = open.slice(0, 20);
  const blocks: Block[] = shown.map((one) => lines([section(...incidentLine(one, reading))]));
  const buttons = sayButtons(
    shown.map((one) => ({ label: incidentId(one.number), command: commandFor(incidentId(one.number)) })),
  );
  const rest = open.length - shown.length;
  return message('Which incident?', [
    lines([
      section(
        'Which incident? ',
        buttons.length > 0 ? 'Click one, or put its id first.' : 'Type it again with its id first.',
        rest > 0 ? ` ${some(rest, 'incident')} more: ` : '',
        ...(rest > 0 ? [code('list')] : []),
      ),
    ]),
    ...blocks,
    ...(buttons.length > 0 ? [actions(...buttons)] : []),
  ]);
}
