import { postmortemMessage } from '../../../blocks/postmortem/postmortem-message.ts';
import { postmortemRefused } from '../../../blocks/postmortem/postmortem-refused.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Post } from '../../domain/post.ts';
import { postmortemOf } from '../../domain/postmortem/postmortem-of.ts';
import { promisedLevel } from '../../flows/promised-level.ts';
import { isEvidenceHidden } from '../evidence/shared-evidence.ts';
import { makePostmortem } from '../postmortem/make-postmortem.ts';
import { type Office, onceUnderCard, type Plan, underCard } from './plan.ts';
import { reading } from './plan-talk.ts';

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

/** Everything but the message; the row stays until what came of it is on the timeline, so that a crash goes on with it. */
export async function planPostmortemFiles(
  office: Office,
  incident: Incident,
  { revision }: Of<'postmortem-files'>,
): Promise<Plan> {
  if (incident.postmortem.written.some((one) => one.revision === revision))
    return { do: 'drop', why: `revision ${revision} is out` };
  if (revision < incident.postmortem.asked) return { do: 'drop', why: 'a newer one was asked for' };
  if (isEvidenceHidden(office, incident))
    return { do: 'drop', why: 'evidence is not shown in a shared channel' };
  const place = await underCard(office, incident);
  if (!place) return { do: 'wait', why: 'the card is not out yet' };
  return { do: 'run', run: () => makePostmortem(office, incident, revision, place) };
}

/** One message under the card, in which each revision takes the place of the one before. */
export async function planPostmortem(
  office: Office,
  incident: Incident,
  { revision }: Of<'postmortem'>,
): Promise<Plan> {
  const written = incident.postmortem.written.at(-1);
  if (!written) return { do: 'drop', why: `no revision ${revision}` };
  const slo = promisedLevel(office.world, incident);
  const words = await reading(office, incident);
  const message = postmortemMessage(incident, postmortemOf(incident, words.now, slo), written, words);
  return onceUnderCard(office, incident, message, { kind: 'postmortem', id: 'postmortem' });
}

/** To who asked for it, alone: nobody else waits for it. */
export async function planPostmortemRefused(
  office: Office,
  incident: Incident,
  { revision }: Of<'postmortem-refused'>,
): Promise<Plan> {
  const asked = incident.timeline
    .map(({ event }) => event)
    .find((one) => one.type === 'postmortem-asked' && one.revision === revision);
  if (!asked) return { do: 'drop', why: `nobody asked for revision ${revision}` };
  const message = postmortemRefused(incident, revision, await reading(office, incident));
  return { do: 'post', to: { dm: asked.by }, message };
}
