import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { tablesAsLists } from '../../src/domain/pipe-table.ts';
import { type Duration, formatDuration, MINUTE, parseDuration, sayDuration } from '../../src/domain/time.ts';
import type { UpdateFields } from '../../src/domain/update.ts';
import { CALLBACKS, encodeMeta, INPUTS, type Meta } from '../action-ids.ts';
import type { View } from '../message.ts';
import { choice, chosen, plainText, type Submitted, textInput, typed } from './fields.ts';

const NEXT: readonly Duration[] = [15, 30, 45, 60, 120, 240].map((minutes) => minutes * MINUTE);

export interface UpdateModal {
  readonly fields: UpdateFields;
  /** What the next promise would be without a choice. */
  readonly next: Duration;
  readonly meta: Meta;
  /** True when a posted update is corrected: then the next time stays as it is. */
  readonly fixing?: boolean;
}

/** Impact, What we know, Doing, and when the next one comes. Prefilled from a draft or from the update to fix. */
export function updateModal(
  incident: Pick<Incident, 'number'>,
  { fields, next, meta, fixing = false }: UpdateModal,
): View {
  const times = [...new Set([...NEXT, next])].sort((a, b) => a - b);
  return {
    type: 'modal',
    callback_id: CALLBACKS.update,
    title: plainText(`${incidentId(incident.number)} update`.slice(0, 24)),
    submit: plainText(fixing ? 'Correct it' : 'Post update'),
    close: plainText('Cancel'),
    notify_on_close: true,
    private_metadata: encodeMeta(meta),
    blocks: [
      textInput(INPUTS.impact, 'Impact', {
        initial: fields.impact,
        multiline: true,
        placeholder: '23 % of checkouts fail since 13:58, all regions (E1)',
        hint: 'Who is hurt and how much. Name the evidence that shows the number',
      }),
      textInput(INPUTS.known, 'What we know', {
        initial: fields.known,
        multiline: true,
        placeholder: 'payments answers 429 to 61 % of our calls (E5)',
      }),
      textInput(INPUTS.doing, 'Doing', {
        initial: fields.doing,
        multiline: true,
        placeholder: 'halving our retry rate',
      }),
      ...(fixing
        ? []
        : [
            choice(
              INPUTS.next,
              'Next update',
              times.map((one) => [formatDuration(one), `in ${sayDuration(one)}`] as const),
              formatDuration(next),
            ),
          ]),
    ],
  };
}

export interface UpdateRead {
  readonly fields: UpdateFields;
  readonly next?: Duration;
}

export function readUpdateModal(values: Submitted): UpdateRead {
  const [impact, known, doing] = [
    typed(values, INPUTS.impact),
    typed(values, INPUTS.known),
    typed(values, INPUTS.doing),
  ].map((text) => text && tablesAsLists(text));
  const next = parseDuration(chosen(values, INPUTS.next) ?? '');
  return {
    fields: {
      ...(impact !== undefined && { impact }),
      ...(known !== undefined && { known }),
      ...(doing !== undefined && { doing }),
    },
    ...(next !== undefined && { next }),
  };
}
