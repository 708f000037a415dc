import type { ActionsBlock } from '@slack/types';
import { claims } from '../../src/domain/claim.ts';
import { type Incident, incidentId, type Recorded } from '../../src/domain/incident.ts';
import type { ConclusionEvent } from '../../src/domain/investigation/events.ts';
import type { Interim } from '../../src/domain/investigation/interim.ts';
import { ACTIONS, encodeRef, type Ref } from '../action-ids.ts';
import { actions, button } from '../controls.ts';
import { brief, message } from '../fit.ts';
import { notification, sayClaim } from '../headline.ts';
import type { Block, Message, Reading, TextFile } from '../message.ts';
import { labelled, lines, section } from '../rich.ts';
import { type Inline, moment, nameOf, notation, ours, plain, words } from '../text.ts';
import { claimText } from './claim.ts';
import { openTestBlocks } from './open-tests.ts';

type Concluded = Recorded & { readonly event: Extract<ConclusionEvent, { type: 'concluded' }> };

/** What the channel hears of a conclusion that ends nothing: who has it now, when it is looked at, what is still to test. */
export function interimPost(incident: Incident, { event, seq }: Concluded, reading: Reading): Message {
  const files: TextFile[] = [];
  const whole = { name: `inc-${incident.number}-monitoring.txt`, title: 'Monitoring', files };
  const { promise } = incident;
  const due =
    promise && isCurrent(incident, seq) ? [' · next update by ', moment(promise.dueAt, reading)] : [];
  const claim = event.text === undefined ? undefined : claims(event.text, incident.evidence);
  const watched = event.as === 'monitoring' ? claim : undefined;
  return message(
    notification(incident, event.as, watched ? sayClaim(watched) : (event.text ?? incident.title)),
    [
      lines([
        section(
          ours(`${incidentId(incident.number)} · ${event.as}`, { bold: true }),
          ...ownerAndLook(event, reading),
          ...due,
          plain(` · by ${nameOf(event.by, reading)}`),
        ),
        ...(watched ? [section(...claimText(watched, incident.evidence, reading, whole))] : []),
        ...(event.text === undefined || watched
          ? []
          : [labelled('Why', words(brief(event.text, 2_000), reading))]),
      ]),
      ...interimBlocks(incident, seq, reading),
    ],
    files,
  );
}

/** ` · offered to @Mara · looked at again 16:38`. */
export function ownerAndLook({ to, lookAt }: Pick<Interim, 'to' | 'lookAt'>, reading: Reading): Inline[] {
  return [
    ...(to === undefined ? [] : [plain(` · offered to ${nameOf(to, reading)}`)]),
    ...(lookAt === undefined ? [] : [ours(' · looked at again '), moment(lookAt, reading, { bold: true })]),
  ];
}

/** The five questions, until they are answered or it has moved on; then what they left open. */
export function interimBlocks(incident: Incident, seq: number, reading: Reading): Block[] {
  const { interim, number } = incident;
  if (!interim || !isCurrent(incident, seq)) return [];
  if (interim.answers === undefined)
    return [
      lines([section('Five questions say what is still to test; “no” is an answer.')]),
      answerButton({ incident: number, second: interim.seq }),
    ];
  const left = openTestBlocks(incident, reading);
  if (left.length > 0) return left;
  return [lines([section(...notation('All five questions are answered: `resolve` concludes it.', reading))])];
}

/** Opens the five questions of a proposed end, or of the conclusion with this seq. */
export function answerButton(ref: Ref): ActionsBlock {
  return actions(button(ACTIONS.answerQuestions, 'Answer the five questions', encodeRef(ref), 'primary'));
}

function isCurrent({ interim }: Incident, seq: number): boolean {
  return interim !== undefined && (interim.seq === seq || interim.said === seq);
}
