import { type DistillationCommand, owesDistillation } from '../distillation.ts';
import { RuleViolation } from '../errors.ts';
import { type Incident, incidentId, isOpen } from '../incident.ts';
import { isPlaceholder } from './hypotheses.ts';
import { type Deciders, oneLine } from './rules.ts';

/** What an incident taught: chosen while it is closed, or after. */
export const DISTILLATION: Deciders<DistillationCommand> = {
  'draft-distillation': (incident, { choice }) => {
    mayDistil(incident);
    const id = incidentId(incident.number);
    const reason = oneLine(choice.reason ?? '');
    if (choice.keep.length === 0 && isPlaceholder(reason))
      throw new RuleViolation(
        'reason-needed',
        'Why is there nothing worth keeping? A few words are enough.',
        [{ label: 'Choose again', command: `${id} distil` }],
      );
    const { reason: _said, ...chosen } = choice;
    return [{ type: 'distillation-drafted', ...chosen, ...(choice.keep.length === 0 && { reason }) }];
  },
  'settle-distillation': ({ phase, distillation }, { entries }) => {
    if (phase !== 'resolved' || distillation?.state !== 'drafted') return [];
    const { reason } = distillation.choice;
    return [reason === undefined ? { type: 'distilled', entries } : { type: 'distillation-skipped', reason }];
  },
};

/** Throws where it was said already, or where it ended as no incident at all. */
export function mayDistil(incident: Incident): void {
  if (isOpen(incident) || owesDistillation(incident)) return;
  const id = incidentId(incident.number);
  throw new RuleViolation(
    'distilled-already',
    incident.phase === 'resolved'
      ? `What ${id} taught is said already. \`save for the team …\` adds to it.`
      : `${id} is ${incident.phase}, so there is nothing to distil. \`save for the team …\` keeps what you know.`,
  );
}
