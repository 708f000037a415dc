import { type Incident, isOpen, lasted } from '../src/domain/incident.ts';
import { sayDuration } from '../src/domain/time.ts';
import { showUpdate } from '../src/domain/update.ts';
import { message } from './fit.ts';
import { notification, sayPhase, stateMark, titleLine } from './headline.ts';
import { claimText } from './investigation/claim.ts';
import type { Message, Reading } from './message.ts';
import { labelled, lines, section } from './rich.ts';
import { bold, channel, moment, nameOf, plain } from './text.ts';

/** One card per incident in the announce channel, edited in place. Has no buttons: who reads it is not in the incident's channel. */
export function announcement(incident: Incident, reading: Reading): Message {
  const impact = incident.updates.findLast((one) => one.fields.impact !== undefined);
  const claim = impact && showUpdate(impact.fields, incident.evidence).impact;
  const whole = { name: 'impact', title: 'the incident channel', files: [], max: 400 };
  return message(notification(incident, sayPhase(incident), incident.title), [
    lines([
      section(bold(`${stateMark(incident)} ${titleLine(incident)}`.trim())),
      section(
        plain(sayPhase(incident)),
        ' · since ',
        moment(incident.impactSince ?? incident.declaredAt, reading),
        ...(isOpen(incident) ? [] : [` · lasted ${sayDuration(lasted(incident, reading.now))}`]),
        plain(` · lead ${nameOf(incident.lead, reading)} · in `),
        channel(incident.channel),
      ),
      ...(claim ? [labelled('Impact', claimText(claim, incident.evidence, reading, whole))] : []),
      ...(incident.promise ? [labelled('Next update', 'due ', moment(incident.promise.dueAt, reading))] : []),
    ]),
  ]);
}
