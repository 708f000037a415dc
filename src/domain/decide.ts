import { type CadenceSettings, intervalFor } from './cadence.ts';
import type { Command, Declare } from './command.ts';
import { RuleViolation } from './errors.ts';
import {
  type Incident,
  type IncidentEvent,
  incidentId,
  isOpen,
  type MessageRef,
  type PersonId,
} from './incident.ts';
import { since } from './since.ts';
import { DAY, type Duration, type Instant, MINUTE, SECOND, sayDuration } from './time.ts';
import { sameUpdate } from './update.ts';

/** What a decision may look at besides the timeline. */
export interface Circumstances {
  readonly now: Instant;
  readonly by: PersonId;
  readonly via?: MessageRef;
  readonly cadence: CadenceSettings;
}

type Bare<E> = E extends unknown ? Omit<E, 'by' | 'via'> : never;

/** The first event of an incident. Refuses an empty title. */
export function declare(command: Declare, circumstances: Circumstances): readonly IncidentEvent[] {
  const title = oneLine(command.title);
  if (title === '')
    throw new RuleViolation(
      'title-needed',
      'What is happening? `declare P1 checkout returns 500s` is enough.',
    );
  if (command.impactSince !== undefined) notInFuture(command.impactSince, circumstances.now);
  const { now, cadence } = circumstances;
  const dueAt =
    now + intervalFor(cadence, { phase: 'investigating', severity: command.severity, declaredAt: now }, now);
  return sign([{ type: 'declared', ...command, title, dueAt }], circumstances);
}

/** What may happen: events, or a `RuleViolation` that says the next step. Pure; the time is an argument. */
export function decide(
  incident: Incident,
  command: Command,
  circumstances: Circumstances,
): readonly IncidentEvent[] {
  return sign(bare(incident, command, circumstances), circumstances);
}

function bare(
  incident: Incident,
  command: Command,
  { now, by, cadence }: Circumstances,
): readonly Bare<IncidentEvent>[] {
  const id = incidentId(incident.number);
  const next = (length: Duration | undefined, phase = incident.phase): Instant =>
    now + (length === undefined ? intervalFor(cadence, { ...incident, phase }, now) : promisable(length));
  switch (command.type) {
    case 'update': {
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
      const event = { type: 'updated', fields: command.fields, dueAt: next(command.next) } as const;
      if (command.author !== undefined && command.author !== by)
        return [{ ...event, author: command.author }];
      return [event];
    }
    case 'fix-update': {
      if (!incident.updates.some((one) => one.seq === command.seq))
        throw new RuleViolation('no-such-update', `${id} has no such update any more.`);
      return [{ type: 'update-fixed', seq: command.seq, fields: command.fields }];
    }
    case 'no-change': {
      mustBeOpen(incident);
      stillPromised(incident, command.promise, now);
      if (incident.heartbeatsInARow >= cadence.heartbeatsInARow) {
        throw new RuleViolation(
          'heartbeats-used-up',
          `*No change* was said ${incident.heartbeatsInARow} times in a row. One sentence, please: what are you waiting for?`,
        );
      }
      return [{ type: 'no-change', dueAt: next(command.next), since: since(incident, now) }];
    }
    case 'mitigate': {
      if (incident.mitigatedAt !== undefined && command.at !== undefined)
        return [corrected(incident, 'mitigated', command.at, now)];
      mustBeOpen(incident);
      if (incident.phase === 'mitigated') {
        throw new RuleViolation(
          'already-mitigated',
          `${id} is mitigated already. \`mitigate at:14:20\` corrects the time.`,
        );
      }
      const effectiveAt = command.at ?? now;
      inOrder(incident, effectiveAt, now);
      return [
        {
          type: 'mitigated',
          effectiveAt,
          dueAt: next(command.next, 'mitigated'),
          ...words(command.text),
          evidence: named(command.text, incident),
        },
      ];
    }
    case 'resolve': {
      if (incident.phase === 'resolved' && command.at !== undefined)
        return [corrected(incident, 'resolved', command.at, now)];
      mustBeOpen(incident);
      const effectiveAt = command.at ?? now;
      inOrder(incident, effectiveAt, now);
      return [
        { type: 'resolved', effectiveAt, ...words(command.text), evidence: named(command.text, incident) },
      ];
    }
    case 'reopen':
      if (isOpen(incident)) throw new RuleViolation('already-open', `${id} is open.`);
      return [
        {
          type: 'reopened',
          dueAt: next(undefined, 'investigating'),
          ...(command.reason && { reason: command.reason }),
        },
      ];
    case 'cancel':
      mustBeOpen(incident);
      if (oneLine(command.reason) === '')
        throw new RuleViolation(
          'reason-needed',
          `Why was ${id} a false alarm? \`cancel ${id} probe misconfigured\`.`,
        );
      return [{ type: 'cancelled', reason: oneLine(command.reason) }];
    case 'merge':
      mustBeOpen(incident);
      if (command.into.number === incident.number)
        throw new RuleViolation('merge-self', `${id} cannot be merged into itself. Name the other incident.`);
      if (!isOpen(command.into))
        throw new RuleViolation(
          'merge-ended',
          `${incidentId(command.into.number)} has ended. Reopen it first, or name an open one.`,
        );
      return [{ type: 'merged', into: command.into.number }];
    case 'absorb':
      if (absorbed(incident, command.number)) return [];
      return [{ type: 'absorbed', number: command.number, title: command.title }];
    case 'severity': {
      if (incident.severity === command.severity)
        throw new RuleViolation('same-severity', `${id} is ${command.severity} already.`);
      const interval = intervalFor(cadence, { ...incident, severity: command.severity }, now);
      const dueAt = incident.promise ? Math.min(incident.promise.dueAt, now + interval) : now;
      return [{ type: 'severity-changed', severity: command.severity, was: incident.severity, dueAt }];
    }
    case 'take-lead':
      mustBeOpen(incident);
      if (incident.lead === by) throw new RuleViolation('leads-already', `You lead ${id}.`);
      return [{ type: 'lead-changed', lead: by, was: incident.lead, how: 'taken' }];
    case 'give-lead':
      mustBeOpen(incident);
      if (incident.lead === command.to)
        throw new RuleViolation('leads-already', `@{${command.to}} leads ${id}.`);
      return [
        {
          type: 'lead-changed',
          lead: command.to,
          was: incident.lead,
          how: command.to === by ? 'taken' : 'assigned',
        },
      ];
    case 'give-role': {
      mustBeOpen(incident);
      const { role } = command;
      if (role === 'lead') return bare(incident, { type: 'give-lead', to: command.to }, { now, by, cadence });
      const was = incident[role];
      if (was === command.to)
        throw new RuleViolation('role-already', `@{${command.to}} is ${role} of ${id}.`);
      return [{ type: 'role-given', role, person: command.to, ...(was !== undefined && { was }) }];
    }
    case 'offer': {
      mustBeOpen(incident);
      const holder = incident[command.role];
      if (holder === command.to)
        throw new RuleViolation('role-already', `@{${command.to}} is ${command.role} of ${id}.`);
      return [{ type: 'handoff-offered', role: command.role, to: command.to }];
    }
    case 'accept-offer': {
      const offer = theOffer(incident, command.seq, by);
      if (offer.role === 'lead')
        return [{ type: 'lead-changed', lead: by, was: incident.lead, how: 'handed-off' }];
      const was = incident[offer.role];
      return [{ type: 'role-given', role: offer.role, person: by, ...(was !== undefined && { was }) }];
    }
    case 'decline-offer':
      return [{ type: 'handoff-declined', role: theOffer(incident, command.seq, by).role }];
    case 'snooze': {
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
    }
    case 'note':
      if (command.text.trim() === '')
        throw new RuleViolation('note-empty', 'What should the timeline keep? `note restarted pod 3`.');
      return [{ type: 'noted', text: command.text.trim() }];
    case 'title': {
      const title = oneLine(command.title);
      if (title === '')
        throw new RuleViolation('title-needed', 'What is it called now? `title payments refuses cards`.');
      if (title === incident.title) throw new RuleViolation('same-title', `${id} is called that already.`);
      return [{ type: 'retitled', title, was: incident.title }];
    }
    case 'service':
      return [{ type: 'service-set', service: oneLine(command.service) }];
    case 'link':
      return [{ type: 'linked', link: command.link }];
    case 'started': {
      notInFuture(command.at, now);
      const was = incident.impactSince;
      return [{ type: 'impact-start-set', effectiveAt: command.at, ...(was !== undefined && { was }) }];
    }
    case 'add-entry': {
      const known = incident.entries.some(
        (one) => one.message.channel === command.message.channel && one.message.ts === command.message.ts,
      );
      const { type: _type, ...entry } = command;
      return known ? [] : [{ type: 'entry-added', ...entry }];
    }
    case 'edit-entry':
      return entryOf(incident, command.message)?.text === command.text || !entryOf(incident, command.message)
        ? []
        : [{ type: 'entry-edited', message: command.message, text: command.text }];
    case 'remove-entry':
      return entryOf(incident, command.message)
        ? [{ type: 'entry-removed', message: command.message, why: command.why }]
        : [];
    case 'record-evidence':
      return [{ type: 'evidence-recorded', evidence: command.evidence(`E${incident.evidence.length + 1}`) }];
    case 'nudge': {
      const { type: _type, ...nudge } = command;
      const current = incident.promise?.number === command.promise && isOpen(incident);
      const climbed = incident.promise?.climbed.some((one) => one.rung === command.rung) ?? false;
      return current && !climbed ? [{ type: 'nudged', ...nudge }] : [];
    }
    case 'unreachable': {
      const { promise } = incident;
      const known = promise?.unreachable.some((one) => one.person === command.person) ?? false;
      if (!promise || promise.number !== command.promise || known) return [];
      return [{ type: 'unreachable', promise: command.promise, person: command.person, why: command.why }];
    }
    case 'join':
      return incident.joined.some((one) => one.person === command.person)
        ? []
        : [{ type: 'joined', person: command.person }];
    case 'lose-channel':
      return incident.channelLost === undefined ? [{ type: 'channel-lost', why: command.why }] : [];
    case 'regain-channel':
      return incident.channelLost === undefined ? [] : [{ type: 'channel-back' }];
    case 'share-channel':
      return incident.shared ? [] : [{ type: 'channel-shared' }];
  }
}

function sign(events: readonly Bare<IncidentEvent>[], { by, via }: Circumstances): readonly IncidentEvent[] {
  return events.map((event) => ({ ...event, by, ...(via && { via }) }) as IncidentEvent);
}

function mustBeOpen(incident: Incident): void {
  if (isOpen(incident)) return;
  const id = incidentId(incident.number);
  const how =
    incident.phase === 'merged' && incident.mergedInto !== undefined
      ? `merged into ${incidentId(incident.mergedInto)}`
      : incident.phase;
  throw new RuleViolation('not-open', `${id} is ${how}.`, [
    { label: `Reopen ${id}`, command: `reopen ${id}` },
  ]);
}

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

function theOffer(incident: Incident, seq: number, by: PersonId): NonNullable<Incident['offer']> {
  const { offer } = incident;
  if (!offer || offer.seq !== seq) throw new RuleViolation('offer-gone', 'That hand-off is settled already.');
  if (offer.to !== by) throw new RuleViolation('offer-not-yours', `Only @{${offer.to}} can answer that.`);
  return offer;
}

function corrected(
  incident: Incident,
  of: 'mitigated' | 'resolved',
  effectiveAt: Instant,
  now: Instant,
): Bare<IncidentEvent> {
  inOrder(incident, effectiveAt, now);
  const was = (of === 'mitigated' ? incident.mitigatedAt : incident.resolvedAt) ?? now;
  return { type: 'time-corrected', of, effectiveAt, was };
}

function inOrder(incident: Incident, at: Instant, now: Instant): void {
  notInFuture(at, now);
  const start = Math.min(incident.impactSince ?? incident.declaredAt, incident.declaredAt);
  if (at < start)
    throw new RuleViolation(
      'before-start',
      `${incidentId(incident.number)} began later than that. \`started 13:58\` moves its start first.`,
    );
}

/** A clock on a phone may be a little ahead of ours. */
function notInFuture(at: Instant, now: Instant): void {
  if (at > now + MINUTE)
    throw new RuleViolation(
      'in-future',
      'That time is still to come. Give one that has passed, such as `at:14:20`.',
    );
}

function promisable(length: Duration): Duration {
  if (length < 10 * SECOND || length > DAY) {
    throw new RuleViolation(
      'promise-length',
      'The next update can be promised for 10 s to 24 h from now: `next:30m`.',
    );
  }
  return length;
}

function absorbed(incident: Incident, number: number): boolean {
  return incident.timeline.some(({ event }) => event.type === 'absorbed' && event.number === number);
}

function entryOf(incident: Incident, message: MessageRef) {
  return incident.entries.find(
    (one) => one.message.channel === message.channel && one.message.ts === message.ts,
  );
}

function named(text: string | undefined, incident: Incident): readonly string[] {
  const ids = [...(text ?? '').matchAll(/\bE(\d{1,6})\b/g)].map((match) => `E${Number(match[1])}`);
  return [...new Set(ids)].filter((id) => incident.evidence.some((one) => one.id === id));
}

function words(text: string | undefined): { text?: string } {
  const clean = text?.trim();
  return clean ? { text: clean } : {};
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
