import { intervalFor } from '../cadence.ts';
import type { FactCommand } from '../command.ts';
import { RuleViolation } from '../errors.ts';
import { incidentId } from '../incident.ts';
import { type Deciders, notInFuture, oneLine } from './rules.ts';

/** What is known about the incident itself. */
export const FACTS: Deciders<FactCommand> = {
  severity: (incident, command, { now, cadence }) => {
    const id = incidentId(incident.number);
    if (incident.severity === command.severity)
      throw new RuleViolation('same-severity', `${id} is ${command.severity} already.`);
    const interval = intervalFor(cadence, { ...incident, severity: command.severity }, now);
    const dueAt = incident.promise ? Math.min(incident.promise.dueAt, now + interval) : now;
    return [{ type: 'severity-changed', severity: command.severity, was: incident.severity, dueAt }];
  },
  note: (_incident, command) => {
    if (command.text.trim() === '')
      throw new RuleViolation('note-empty', 'What should the timeline keep? `note restarted pod 3`.');
    return [{ type: 'noted', text: command.text.trim() }];
  },
  title: (incident, command) => {
    const id = incidentId(incident.number);
    const title = oneLine(command.title);
    if (title === '')
      throw new RuleViolation('title-needed', 'What is it called now? `title payments refuses cards`.');
    if (title === incident.title) throw new RuleViolation('same-title', `${id} is called that already.`);
    return [{ type: 'retitled', title, was: incident.title }];
  },
  service: (_incident, command) => [{ type: 'service-set', service: oneLine(command.service) }],
  link: (_incident, command) => [{ type: 'linked', link: command.link }],
  started: (incident, command, { now }) => {
    notInFuture(command.at, now);
    const was = incident.impactSince;
    return [{ type: 'impact-start-set', effectiveAt: command.at, ...(was !== undefined && { was }) }];
  },
};
