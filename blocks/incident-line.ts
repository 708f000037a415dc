import { type Incident, type PersonId, startedAt } from '../src/domain/incident.ts';
import type { Instant } from '../src/domain/time.ts';
import { stateMark, titleLine } from './headline.ts';
import type { Reading } from './message.ts';
import { bold, channel, type Inline, moment, nameOf, plain } from './text.ts';

/** What lists need of an incident; an `Incident` gives one by `summaryOf`, a stored projection as well. */
export interface IncidentSummary
  extends Pick<Incident, 'number' | 'severity' | 'phase' | 'title' | 'channel'> {
  readonly lead: PersonId;
  readonly startedAt: Instant;
  /** When the channel was promised the next update. */
  readonly promisedAt?: Instant;
}

export function summaryOf(incident: Incident): IncidentSummary {
  const { number, severity, phase, title, channel: where, lead, promise } = incident;
  return {
    number,
    severity,
    phase,
    title,
    channel: where,
    lead,
    startedAt: startedAt(incident),
    ...(promise && { promisedAt: promise.dueAt }),
  };
}

/** One incident in a list: id, title, phase, lead, when the next update is due, where. */
export function incidentLine(one: IncidentSummary, reading: Reading, mark = false): Inline[] {
  const late = one.promisedAt !== undefined && one.promisedAt < reading.now;
  return [
    bold(`${mark ? `${stateMark(one)} ` : ''}${titleLine(one)}`),
    plain(`\n${one.phase} since `),
    moment(one.startedAt, reading),
    plain(` · lead ${nameOf(one.lead, reading)} · `),
    ...(one.promisedAt === undefined
      ? []
      : [
          plain(late ? 'update was due ' : 'update due '),
          moment(one.promisedAt, reading, { bold: true }),
          plain(' · '),
        ]),
    channel(one.channel),
  ];
}
