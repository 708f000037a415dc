import { hypothesisCard } from '../../../blocks/hypothesis-card.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Post } from '../../domain/post.ts';
import { bound, type Office, type Plan, underCard } from './plan.ts';
import { reading } from './plan-talk.ts';

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

/** A hypothesis under the status card; the same kind edits it, each time as it stands. */
export async function planHypothesis(
  office: Office,
  incident: Incident,
  { id }: Of<'hypothesis'>,
): Promise<Plan> {
  const hypothesis = incident.hypotheses.find((one) => one.id === id);
  if (!hypothesis) return { do: 'drop', why: `no ${id}` };
  const message = hypothesisCard(incident, hypothesis, await reading(office, incident));
  const at = await bound(office, incident, 'hypothesis', id);
  if (at) return { do: 'edit', edits: [{ at, message }] };
  const place = await underCard(office, incident);
  if (!place) return { do: 'wait', why: 'the card is not out yet' };
  return {
    do: 'post',
    to: place,
    message,
    binding: { kind: 'hypothesis', id, incident: incident.number },
  };
}
