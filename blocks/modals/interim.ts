import { type Incident, incidentId } from '../../src/domain/incident.ts';
import type { Interim } from '../../src/domain/investigation/interim.ts';
import { CALLBACKS, encodeMeta, type Meta } from '../action-ids.ts';
import type { View } from '../message.ts';
import { lines, section } from '../rich.ts';
import { bold } from '../text.ts';
import { plainText } from './fields.ts';
import { validationBlocks } from './validation.ts';

/** The five questions of a conclusion that ends nothing: every answer is allowed, and one left out is *not sure*. */
export function interimModal(incident: Incident, interim: Interim, meta: Meta): View {
  return {
    type: 'modal',
    callback_id: CALLBACKS.interim,
    title: plainText(`${incidentId(incident.number)} ${interim.as}`.slice(0, 24)),
    submit: plainText('Save'),
    close: plainText('Not now'),
    notify_on_close: true,
    private_metadata: encodeMeta(meta),
    blocks: [
      lines([
        section(
          bold('“No” and “not sure” are answers here. '),
          'They become the list of what is still to test, for whoever looks next. It stays open as it is, and so do its reminders.',
        ),
      ]),
      ...validationBlocks(incident, { answers: interim.answers ?? [], optional: true }),
    ],
  };
}
