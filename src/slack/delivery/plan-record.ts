import { claimCard } from '../../../blocks/investigation/claim-card.ts';
import { bugfixCard, confirmationCard } from '../../../blocks/investigation/confirmation.ts';
import type { Message } from '../../../blocks/message.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Post } from '../../domain/post.ts';
import { type Office, onceUnderCard, type Plan } from './plan.ts';
import { reading } from './plan-talk.ts';

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

/** A question, a fix report or a claim under the status card; the same kind edits it. */
export async function planRecord(office: Office, incident: Incident, { seq }: Of<'record'>): Promise<Plan> {
  const message = await draw(office, incident, seq);
  if (!message) return { do: 'drop', why: `no record ${seq}` };
  return onceUnderCard(office, incident, message, { kind: 'record', id: `${seq}` });
}

async function draw(office: Office, incident: Incident, seq: number): Promise<Message | undefined> {
  const asked = incident.confirmations.find((one) => one.seq === seq);
  const fixed = incident.bugfixes.find((one) => one.seq === seq);
  const claimed = incident.claims.find((one) => one.seq === seq);
  const words = await reading(office, incident);
  if (asked) return confirmationCard(incident, asked, words);
  if (claimed) return claimCard(incident, claimed, words);
  return fixed && bugfixCard(incident, fixed, words);
}
