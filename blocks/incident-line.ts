import type { Incident } from '../src/domain/incident.ts';
import type { Instant } from '../src/domain/time.ts';
import { sayPhase, stateMark, titleLine } from './headline.ts';
import type { Reading } from './message.ts';
import { bold, channel, type Inline, moment, nameOf, plain } from './text.ts';

/** What lists and pickers need of an incident: every `Incident` has it, and a stored projection can be written so. */
export interface IncidentSummary
  extends Pick<
    Incident,
    | 'number'
    | 'severity'
    | 'phase'
    | 'title'
    | 'channel'
    | 'lead'
    | 'declaredAt'
    | 'impactSince'
    | 'mergedInto'
  > {
  /** The time by which the next update was promised; absent once it ended. */
  readonly promise?: { readonly dueAt: Instant };
}

/** One incident in a list: id, title, phase, lead, when the next update is due, where. `mark` shows its state as an emoji. */
export function incidentLine(one: IncidentSummary, reading: Reading, mark = false): Inline[] {
  const due = one.promise?.dueAt;
  return [
    bold(`${mark ? stateMark(one) : ''} ${titleLine(one)}`.trim()),
    plain(`\n${sayPhase(one)} · since `),
    moment(one.impactSince ?? one.declaredAt, reading),
    plain(` · lead ${nameOf(one.lead, reading)}`),
    ...(due === undefined
      ? []
      : [
          plain(due < reading.now ? ' · update was due ' : ' · update due '),
          moment(due, reading, { bold: true }),
        ]),
    plain(' · '),
    channel(one.channel),
  ];
}

/** Only what lists need, without the timeline. */
export function summaryOf(incident: Incident): IncidentSummary {
  const { number, severity, phase, title, channel: where, lead, declaredAt } = incident;
  const { impactSince, mergedInto, promise } = incident;
  return {
    number,
    severity,
    phase,
    title,
    channel: where,
    lead,
    declaredAt,
    ...(impactSince !== undefined && { impactSince }),
    ...(mergedInto !== undefined && { mergedInto }),
    ...(promise && { promise: { dueAt: promise.dueAt } }),
  };
}
