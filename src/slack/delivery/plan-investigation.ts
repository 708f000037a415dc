import { hypothesisCard } from '../../../blocks/investigation/hypothesis-card.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Post } from '../../domain/post.ts';
import { type Office, onceUnderCard, type Plan } from './plan.ts';
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
  return onceUnderCard(office, incident, message, { kind: 'hypothesis', id: id });
}
