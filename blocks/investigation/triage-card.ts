import { type Incident, incidentId } from '../../src/domain/incident.ts';
import {
  type MitigationKind,
  type MitigationTarget,
  SUGGESTS,
  type Triage,
  type TriageAnswer,
  type TriageQuestion,
} from '../../src/domain/investigation/triage.ts';
import { ACTIONS, encodeRef, numbered } from '../action-ids.ts';
import { actions, button } from '../controls.ts';
import { brief, message, shorten } from '../fit.ts';
import { notification } from '../headline.ts';
import type { Message, Reading } from '../message.ts';
import { lines, preformatted, section } from '../rich.ts';
import { bold, moment, notation, ours } from '../text.ts';
import { evidenceLinks } from './claim.ts';

const ASKS: Readonly<Record<TriageQuestion, string>> = {
  deploy: 'Did a deploy just happen?',
  flag: 'Did a flag toggle?',
  traffic: 'Is it traffic?',
  firing: 'What is firing?',
  errors: 'What is new in Sentry?',
};
const SAYS = { yes: 'Yes', no: 'No', unknown: 'Could not tell' } as const;

/** What is asked of every P1 before anybody asks, each with its evidence, and what to announce because of it. */
export function triageCard(incident: Incident, triage: Triage, reading: Reading): Message {
  const buttons = triage.answers.flatMap((answer, index) => {
    const kind = answer.says === 'yes' && answer.target ? SUGGESTS[answer.question] : undefined;
    if (!kind || !answer.target) return [];
    const value = encodeRef({ incident: incident.number, second: triage.seq, rest: kind });
    return [button(numbered(ACTIONS.announceMitigation, index), label(kind, answer.target), value)];
  });
  const yes = triage.answers.filter((one) => one.says === 'yes').map((one) => one.question);
  return message(
    notification(incident, 'triage', yes.length > 0 ? `yes: ${yes.join(', ')}` : 'nothing stands out'),
    [
      lines([
        section(bold(`${incidentId(incident.number)} · stop the bleeding first`)),
        ...triage.answers.map((answer) => line(incident, answer, reading)),
      ]),
      ...(buttons.length > 0 ? [actions(...buttons)] : []),
    ],
  );
}

function line(incident: Incident, answer: TriageAnswer, reading: Reading) {
  return section(
    `${ASKS[answer.question]} `,
    bold(SAYS[answer.says]),
    ours(': '),
    ...notation(brief(answer.text, 400), reading),
    ...(answer.changedAt === undefined ? [] : [' at ', moment(answer.changedAt, reading)]),
    ...(answer.evidence.length > 0
      ? [' (', evidenceLinks(answer.evidence.slice(0, 4), incident.evidence), ')']
      : []),
  );
}

function label(kind: MitigationKind, target: MitigationTarget): string {
  if (kind === 'rollback') return `Announce rollback of ${target.service ?? 'it'}`;
  return kind === 'flag' ? 'Announce flag revert' : 'Announce rate limit';
}

/** To whoever announced it: the exact command to run. Steady runs nothing. */
export function mitigationHand(
  incident: Incident,
  hand: { readonly command: string } | { readonly missing: string },
  reading: Reading,
): Message {
  const done = 'It is announced. Steady changes nothing in production; ';
  const then = ' Then `mitigate <what helped> (E12)` with the evidence that shows recovery.';
  if ('missing' in hand)
    return message(notification(incident, 'announced'), [
      lines([
        section(notation(`${done}run it as you know it.${then} ${shorten(hand.missing, 500)}`, reading)),
      ]),
    ]);
  return message(notification(incident, 'announced', hand.command), [
    lines([section(notation(`${done}the command:`, reading))]),
    preformatted(shorten(hand.command, 2_800)),
    lines([section(notation(then.trim(), reading))]),
  ]);
}
