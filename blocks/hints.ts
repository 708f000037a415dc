import { type Incident, incidentId, type UpdateRecord } from '../src/domain/incident.ts';
import { showUpdate, type UpdateHint } from '../src/domain/update.ts';
import { ACTIONS, encodeRef } from './action-ids.ts';
import { actions, button } from './controls.ts';
import { message, shorten } from './fit.ts';
import { notification } from './headline.ts';
import { faultWords } from './investigation/claim-fault.ts';
import { verifyButton } from './investigation/verify.ts';
import type { Message, Reading } from './message.ts';
import { bullets, lines, section } from './rich.ts';
import { code, type Inline, moment, ours, plain } from './text.ts';

const FIELD = { impact: 'Impact', known: 'What we know' } as const;

/** Private, after an update is out: what would make it better, with *Fix*. Without hints it only says that it is recorded. */
export function updateHints(
  incident: Incident,
  record: UpdateRecord,
  hints: readonly UpdateHint[],
  reading: Reading,
): Message {
  const id = incidentId(incident.number);
  const head = section(
    `Posted in ${id}.`,
    ...(record.nextDueAt === undefined ? [] : [' Next update by ', moment(record.nextDueAt, reading), '.']),
    ...(hints.length === 0 ? [] : [' It would be stronger with:']),
  );
  const shown = hints.slice(0, 12);
  return message(notification(incident, 'recorded', hints.length === 0 ? '' : 'with hints'), [
    lines([head]),
    ...(shown.length === 0
      ? []
      : [
          bullets(shown.map((one) => section(...hint(incident, one)))),
          actions(
            button(
              ACTIONS.fixUpdate,
              'Fix',
              encodeRef({ incident: incident.number, second: record.seq }),
              'primary',
            ),
            ...unverifiedFields(incident, record).map((field, n) =>
              verifyButton(incident.number, { seq: record.seq, field }, `Verify ${FIELD[field]}`, n),
            ),
          ),
        ]),
    ...(hints.length > shown.length
      ? [lines([section(`${hints.length - shown.length} more of the same kind.`)])]
      : []),
  ]);
}

function unverifiedFields(incident: Incident, { fields }: UpdateRecord): readonly ('impact' | 'known')[] {
  const shown = showUpdate(fields, incident.evidence);
  return (['impact', 'known'] as const).filter((field) => shown[field]?.verified === false);
}

function hint(incident: Incident, one: UpdateHint): (string | Inline)[] {
  switch (one.kind) {
    case 'impact-missing':
      return [ours('Impact', { bold: true }), ': who is hurt, and how much'];
    case 'doing-missing':
      return [ours('Doing', { bold: true }), ': the next step, and who takes it'];
    case 'unverified':
      return [
        ours(FIELD[one.field], { bold: true }),
        ' is marked UNVERIFIED. Name the evidence that shows its number, such as ',
        code('(E1)'),
      ];
    case 'unknown-evidence':
    case 'other-incident':
    case 'cannot-carry':
    case 'shows-none':
      return [ours(FIELD[one.field], { bold: true }), ...faultWords(incident, one)];
    case 'vague':
      return [
        ours(FIELD[one.field], { bold: true }),
        plain(` says "${shorten(one.word, 40)}"`),
        ...(one.offer
          ? [plain(`; ${one.offer.evidence} has ${shorten(one.offer.value, 30)}`)]
          : ['; a number says more']),
      ];
    case 'guessed-eta':
      return [plain(`"${shorten(one.words, 80)}" promises an end. The time of the next update is enough`)];
  }
}
