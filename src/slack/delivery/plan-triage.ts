import { triageCard } from '../../../blocks/investigation/triage-card.ts';
import { type Incident, isOpen, STEADY } from '../../domain/incident.ts';
import type { Post } from '../../domain/post.ts';
import { act } from '../../flows/act.ts';
import { triage } from '../../flows/triage.ts';
import { isEvidenceHidden, isSharedUnnoticed } from '../evidence/shared-evidence.ts';
import { type Office, type Plan, underCard } from './plan.ts';
import { reading } from './plan-talk.ts';

const HIDDEN: Plan = { do: 'drop', why: 'evidence is not shown in a shared channel' };

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

/** Asks the systems; the row stays until what they say is on the timeline, so that a crash asks again. */
export async function planTriage(
  office: Office,
  incident: Incident,
  { because }: Of<'triage'>,
): Promise<Plan> {
  if (!isOpen(incident)) return { do: 'drop', why: 'it is over' };
  if (isEvidenceHidden(office, incident)) return HIDDEN;
  const { world } = office;
  // Nobody asked for it, so nobody looked whether it may be shown there.
  if (await isSharedUnnoticed(office, incident))
    return {
      do: 'run',
      run: async () => void (await act(world, incident, { type: 'share-channel' }, { by: STEADY })),
    };
  return { do: 'run', run: () => triage(world, incident, because) };
}

export async function planTriageCard(
  office: Office,
  incident: Incident,
  { seq }: Of<'triage-card'>,
): Promise<Plan> {
  if (isEvidenceHidden(office, incident)) return HIDDEN;
  const found = incident.triages.find((one) => one.seq === seq);
  if (!found) return { do: 'drop', why: `no triage ${seq}` };
  const place = await underCard(office, incident);
  if (!place) return { do: 'wait', why: 'the card is not out yet' };
  return {
    do: 'post',
    to: place,
    message: triageCard(incident, found, await reading(office, incident)),
    binding: { kind: 'triage', id: `${seq}`, incident: incident.number },
  };
}
