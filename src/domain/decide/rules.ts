import { intervalFor } from '../cadence.ts';
import type { Command } from '../command.ts';
import type { Circumstances } from '../decide.ts';
import { RuleViolation } from '../errors.ts';
import { type Incident, type IncidentEvent, incidentId, isOpen } from '../incident.ts';
import { DAY, type Duration, type Instant, MINUTE, SECOND } from '../time.ts';

/** An event before it is signed with who did it. */
export type Bare<E> = E extends unknown ? Omit<E, 'by' | 'via'> : never;

/** What each command of a family does: events, or a `RuleViolation`. */
export type Deciders<C extends Command> = {
  readonly [T in C['type']]: (
    incident: Incident,
    command: Extract<C, { type: T }>,
    circumstances: Circumstances,
  ) => readonly Bare<IncidentEvent>[];
};

/** When the channel hears next, from now on: as promised, else as the cadence says for the phase. */
export function nextDue(
  incident: Incident,
  { now, cadence }: Circumstances,
  length?: Duration,
  phase = incident.phase,
): Instant {
  return (
    now + (length === undefined ? intervalFor(cadence, { ...incident, phase }, now) : promisable(length))
  );
}

export function mustBeOpen(incident: Incident): void {
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

export function inOrder(incident: Incident, at: Instant, now: Instant): void {
  notInFuture(at, now);
  const start = Math.min(incident.impactSince ?? incident.declaredAt, incident.declaredAt);
  if (at < start)
    throw new RuleViolation(
      'before-start',
      `${incidentId(incident.number)} began later than that. \`started 13:58\` moves its start first.`,
    );
}

/** A clock on a phone may be a little ahead of ours. */
export function notInFuture(at: Instant, now: Instant): void {
  if (at > now + MINUTE)
    throw new RuleViolation(
      'in-future',
      'That time is still to come. Give one that has passed, such as `at:14:20`.',
    );
}

export function promisable(length: Duration): Duration {
  if (length < 10 * SECOND || length > DAY) {
    throw new RuleViolation(
      'promise-length',
      'The next update can be promised for 10 s to 24 h from now: `next:30m`.',
    );
  }
  return length;
}

export function named(text: string | undefined, incident: Incident): readonly string[] {
  const ids = [...(text ?? '').matchAll(/\bE(\d{1,6})\b/g)].map((match) => `E${Number(match[1])}`);
  return [...new Set(ids)].filter((id) => incident.evidence.some((one) => one.id === id));
}

export function words(text: string | undefined): { text?: string } {
  const clean = text?.trim();
  return clean ? { text: clean } : {};
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
