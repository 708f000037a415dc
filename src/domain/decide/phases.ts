import type { PhaseCommand } from '../command.ts';
import { RuleViolation } from '../errors.ts';
import { type Incident, type IncidentEvent, incidentId, isOpen } from '../incident.ts';
import { CONCLUSION_WAITS, type Conclusion } from '../investigation/conclusion.ts';
import type { Instant } from '../time.ts';
import { type Bare, type Deciders, inOrder, mustBeOpen, named, nextDue, oneLine, words } from './rules.ts';

/** Changes of phase. */
export const PHASES: Deciders<PhaseCommand> = {
  mitigate: (incident, command, circumstances) => {
    const { now } = circumstances;
    const id = incidentId(incident.number);
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
        dueAt: nextDue(incident, circumstances, command.next, 'mitigated'),
        ...words(command.text),
        evidence: named(command.text, incident),
      },
    ];
  },
  resolve: (incident, command, { now }) => {
    if (incident.phase === 'resolved' && command.at !== undefined)
      return [corrected(incident, 'resolved', command.at, now)];
    mustBeOpen(incident);
    const effectiveAt = command.at ?? incident.conclusion?.effectiveAt ?? now;
    inOrder(incident, effectiveAt, now);
    const text = words(command.text);
    if (incident.conclusion && text.text === undefined && command.at === undefined)
      throw new RuleViolation(
        'conclusion-pending',
        `${incidentId(incident.number)} is proposed as resolved already; ${pendingSays(incident.conclusion)}.`,
        incident.conclusion.stage === 'questions' ? [{ label: 'Answer them', command: 'questions' }] : [],
      );
    return [
      {
        type: 'resolution-proposed',
        effectiveAt,
        ...text,
        evidence: named(command.text, incident),
        answerBy: now + CONCLUSION_WAITS,
      },
    ];
  },
  reopen: (incident, command, circumstances) => {
    const id = incidentId(incident.number);
    if (isOpen(incident) && !incident.conclusion) throw new RuleViolation('already-open', `${id} is open.`);
    return [
      {
        type: 'reopened',
        dueAt: nextDue(incident, circumstances, undefined, 'investigating'),
        ...(command.reason && { reason: command.reason }),
      },
    ];
  },
  cancel: (incident, command) => {
    const id = incidentId(incident.number);
    mustBeOpen(incident);
    if (oneLine(command.reason) === '')
      throw new RuleViolation(
        'reason-needed',
        `Why was ${id} a false alarm? \`cancel ${id} probe misconfigured\`.`,
      );
    return [{ type: 'cancelled', reason: oneLine(command.reason) }];
  },
  merge: (incident, command) => {
    const id = incidentId(incident.number);
    mustBeOpen(incident);
    if (command.into.number === incident.number)
      throw new RuleViolation('merge-self', `${id} cannot be merged into itself. Name the other incident.`);
    if (!isOpen(command.into))
      throw new RuleViolation(
        'merge-ended',
        `${incidentId(command.into.number)} has ended. Reopen it first, or name an open one.`,
      );
    return [{ type: 'merged', into: command.into.number }];
  },
  absorb: (incident, command) => {
    if (absorbed(incident, command.number)) return [];
    return [{ type: 'absorbed', number: command.number, title: command.title }];
  },
};

/** What a proposed resolution waits for. */
export function pendingSays({ stage, judge }: Conclusion): string {
  if (stage === 'questions') return 'its five questions wait for their answers';
  return judge === undefined ? 'it waits for somebody to judge it' : `@{${judge}} is asked to judge it`;
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

function absorbed(incident: Incident, number: number): boolean {
  return incident.timeline.some(({ event }) => event.type === 'absorbed' && event.number === number);
}
