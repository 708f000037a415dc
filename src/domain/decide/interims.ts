import { RuleViolation } from '../errors.ts';
import { type Incident, type IncidentEvent, incidentId } from '../incident.ts';
import type { InterimCommand } from '../investigation/commands.ts';
import { PHASES } from './phases.ts';
import { honestAnswers } from './questions.ts';
import { type Bare, type Deciders, mustBeOpen, nextDue, promisable, words } from './rules.ts';

type Conclude = Extract<InterimCommand, { type: 'conclude' }>;
type Circumstances = Parameters<Deciders<InterimCommand>['conclude']>[2];

/** What is concluded while an incident goes on. It takes effect at once; its five questions may be answered later, or never. */
export const INTERIMS: Deciders<InterimCommand> = {
  conclude: (incident, command, circumstances) => {
    mustBeOpen(incident);
    return [
      ...withdrawn(incident, circumstances),
      ...(command.as === 'monitoring'
        ? monitoring(incident, command, circumstances)
        : handedOn(incident, command, circumstances)),
    ];
  },
  'answer-interim': (incident, command) => {
    mustBeOpen(incident);
    const { interim } = incident;
    if (interim?.seq !== command.of) throw movedOn(incident);
    return [
      { type: 'questions-answered', of: interim.seq, answers: honestAnswers(incident, command.answers) },
    ];
  },
};

/** Who says that it goes on takes a proposed end back; the channel is promised its updates again. */
function withdrawn(incident: Incident, circumstances: Circumstances): readonly Bare<IncidentEvent>[] {
  if (!incident.conclusion) return [];
  const dueAt = nextDue(incident, circumstances, undefined, 'mitigated');
  return [{ type: 'conclusion-returned', why: 'withdrawn', missing: [], dueAt }];
}

function monitoring(
  incident: Incident,
  command: Conclude,
  circumstances: Circumstances,
): readonly Bare<IncidentEvent>[] {
  const concluded = { type: 'concluded', as: 'monitoring' } as const;
  const { next } = command;
  if (incident.phase !== 'mitigated') {
    const told = { ...words(command.text), ...(next !== undefined && { next }) };
    return [
      ...PHASES.mitigate(incident, { type: 'mitigate', ...told }, circumstances),
      { ...concluded, mitigates: true },
    ];
  }
  if (next !== undefined)
    throw new RuleViolation(
      'already-mitigated',
      `${incidentId(incident.number)} is mitigated already, and the next update stays promised as it is; \`update … next:1h\` moves it. Without \`next:\` it is concluded as monitoring.`,
    );
  return [{ ...concluded, ...words(command.text) }];
}

function handedOn(
  incident: Incident,
  { as, to, lookAt, text }: Conclude,
  { now }: Circumstances,
): readonly Bare<IncidentEvent>[] {
  if (to === undefined && lookAt === undefined)
    throw new RuleViolation(
      'owner-needed',
      `${as === 'escalated' ? 'Escalated to whom' : 'Stalled until when'}? \`conclude ${as} @name\` names a new owner, \`conclude ${as} next:2h\` says when somebody looks again.`,
    );
  if (lookAt !== undefined) promisable(lookAt - now);
  if (to !== undefined && to === incident.lead && lookAt === undefined)
    throw new RuleViolation(
      'leads-already',
      `@{${to}} leads ${incidentId(incident.number)}. Name somebody else, or when to look again.`,
    );
  return [
    {
      type: 'concluded',
      as,
      ...words(text),
      ...(to !== undefined && { to }),
      ...(lookAt !== undefined && { lookAt }),
    },
    ...(to !== undefined && to !== incident.lead
      ? [{ type: 'handoff-offered', role: 'lead', to } as const]
      : []),
  ];
}

function movedOn({ number, conclusion }: Incident): RuleViolation {
  const id = incidentId(number);
  if (conclusion?.stage === 'questions')
    return new RuleViolation(
      'moved-on',
      `${id} is proposed as resolved meanwhile; its five questions are asked there.`,
      [{ label: 'Answer them', command: `${id} questions` }],
    );
  return new RuleViolation('moved-on', `${id} has moved on since. \`status\` shows where it stands.`, [
    { label: 'Status', command: `${id} status` },
  ]);
}
