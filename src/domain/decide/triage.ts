import { RuleViolation } from '../errors.ts';
import { incidentId, isOpen } from '../incident.ts';
import type { TriageCommand } from '../investigation/commands.ts';
import { concerns, isNewChange, type SeenChange } from '../investigation/seen-change.ts';
import { SUGGESTS } from '../investigation/triage.ts';
import { sayDuration } from '../time.ts';
import { type Deciders, mustBeOpen } from './rules.ts';

/** What is looked at before anybody asks, and what is announced because of it. */
export const TRIAGE: Deciders<TriageCommand> = {
  'record-triage': (incident, command) => {
    const done = incident.timeline.some(
      ({ event }) => event.type === 'triaged' && event.because === command.because,
    );
    if (done) return [];
    const notes = command.evidence.map((make, index) => make(`E${incident.evidence.length + 1 + index}`));
    return [
      ...notes.map((evidence) => ({ type: 'evidence-recorded', evidence }) as const),
      {
        type: 'triaged',
        because: command.because,
        answers: command.answers.map(({ from, ...answer }) => ({
          ...answer,
          evidence: from.flatMap((index) => notes[index]?.id ?? []),
        })),
      },
    ];
  },
  'see-changes': (incident, { changes }) => {
    if (!isOpen(incident)) return [];
    const seen: SeenChange[] = [];
    for (const change of changes) {
      const known = { ...incident, changes: [...incident.changes, ...seen] };
      if (concerns(change, incident) && isNewChange(known, change)) seen.push(change);
    }
    return seen.map((change) => ({ type: 'change-seen', change }) as const);
  },
  'announce-mitigation': (incident, { kind, triage: seq }, { now }) => {
    mustBeOpen(incident);
    const triage = incident.triages.find((one) => one.seq === seq);
    const answer = triage?.answers.find((one) => one.says === 'yes' && SUGGESTS[one.question] === kind);
    if (!answer?.target)
      throw new RuleViolation(
        'nothing-to-mitigate',
        `The triage of ${incidentId(incident.number)} suggests no such thing any more. \`mitigate <what helped>\` says what you did.`,
      );
    const { target } = answer;
    const before = incident.started.find((one) => one.kind === kind && one.target.service === target.service);
    if (before)
      throw new RuleViolation(
        'announced-already',
        `@{${before.by}} announced that ${sayDuration(now - before.at)} ago. \`mitigate <what helped> (E12)\` says that it worked.`,
      );
    return [{ type: 'mitigation-started', kind, target }];
  },
};
