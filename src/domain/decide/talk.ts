import type { TalkCommand } from '../command.ts';
import { RuleViolation } from '../errors.ts';
import { type Incident, incidentId } from '../incident.ts';
import { standOf } from '../investigation/stand.ts';
import { since } from '../since.ts';
import { type Instant, sayDuration } from '../time.ts';
import { sameUpdate } from '../update.ts';
import { type Deciders, mustBeOpen, nextDue, oneLine, promisable } from './rules.ts';

/** What the channel hears: updates, heartbeats, snoozes. */
export const TALK: Deciders<TalkCommand> = {
  update: (incident, command, circumstances) => {
    const { now, by } = circumstances;
    const id = incidentId(incident.number);
    mustBeOpen(incident);
    stillPromised(incident, command.promise, now);
    const { impact, known, doing } = command.fields;
    if (!impact && !known && !doing) {
      throw new RuleViolation(
        'update-empty',
        'What should the channel know? `update impact: … doing: …`, or *No change*.',
        [{ label: 'No change', command: `nochange ${id}` }],
      );
    }
    const last = incident.updates.at(-1);
    if (last && sameUpdate(last.fields, command.fields) && command.evenIfSame !== true) {
      throw new RuleViolation(
        'update-same',
        'That is word for word the last update. Say what is new, or *No change*.',
        [{ label: 'No change', command: `nochange ${id}` }],
      );
    }
    const stand = standOf(incident);
    const event = {
      type: 'updated',
      fields: command.fields,
      ...(stand && { stand }),
      dueAt: nextDue(incident, circumstances, command.next),
    } as const;
    if (command.author !== undefined && command.author !== by) return [{ ...event, author: command.author }];
    return [event];
  },
  'fix-update': (incident, command) => {
    const id = incidentId(incident.number);
    if (!incident.updates.some((one) => one.seq === command.seq))
      throw new RuleViolation('no-such-update', `${id} has no such update any more.`);
    return [{ type: 'update-fixed', seq: command.seq, fields: command.fields }];
  },
  'no-change': (incident, command, circumstances) => {
    const { now, cadence } = circumstances;

    mustBeOpen(incident);
    stillPromised(incident, command.promise, now);
    if (incident.heartbeatsInARow >= cadence.heartbeatsInARow) {
      throw new RuleViolation(
        'heartbeats-used-up',
        `*No change* was said ${incident.heartbeatsInARow} times in a row. One sentence, please: what are you waiting for?`,
      );
    }
    return [
      {
        type: 'no-change',
        dueAt: nextDue(incident, circumstances, command.next),
        since: since(incident, now),
      },
    ];
  },
  snooze: (incident, command, { now }) => {
    const id = incidentId(incident.number);
    mustBeOpen(incident);
    stillPromised(incident, command.promise, now);
    const { promise } = incident;
    if (!promise) throw new RuleViolation('nothing-promised', `${id} has no update due.`);
    if (oneLine(command.reason) === '')
      throw new RuleViolation(
        'reason-needed',
        'Why? `snooze 30m waiting for the vendor`. The channel sees the reason.',
      );
    return [
      {
        type: 'snoozed',
        promise: promise.number,
        dueAt: now + promisable(command.for),
        reason: oneLine(command.reason),
      },
    ];
  },
};

function stillPromised(incident: Incident, promise: number | undefined, now: Instant): void {
  if (promise === undefined || incident.promise?.number === promise) return;
  const put = incident.timeline.findLast(
    ({ event }) => event.type === 'snoozed' && event.promise === promise,
  );
  if (put?.event.type === 'snoozed')
    throw new RuleViolation(
      'promise-kept',
      `That one is settled: @{${put.event.by}} put it off ${sayDuration(now - put.at)} ago: ${put.event.reason}.`,
    );
  const last = incident.heardAt.at(-1) ?? now;
  throw new RuleViolation(
    'promise-kept',
    `That one is settled: the channel heard from ${incidentId(incident.number)} ${sayDuration(now - last)} ago.`,
  );
}
