import { rememberedMessage } from '../../../blocks/knowledge/knowledge.ts';
import type { EvidenceNote } from '../../domain/evidence-note.ts';
import type { Incident } from '../../domain/incident.ts';
import { remember } from '../../flows/knowledge/remember.ts';
import { type Asked, readingOf } from '../call.ts';
import type { Said } from '../command-row.ts';

/** One click keeps a query with its window and link for whoever clicked, under the incident's title; one more shares it. */
export async function saveEvidence(asked: Asked, incident: Incident, note: EvidenceNote): Promise<Said> {
  const { bot, request } = asked;
  const one = await remember(bot.world, {
    team: request.team,
    by: request.by,
    kind: 'queries',
    text: `${incident.title
      .replace(/[:`"'\n]/g, ' ')
      .slice(0, 60)
      .trim()}: asked of ${note.source}`,
    proof: { incident: incident.number, note },
    ...(request.resumed && { resumedFrom: request.at }),
  });
  const share = {
    label: 'Save for the team',
    command: `save for the team query ${note.id} ${one.entry.key}`,
  };
  return {
    kind: 'private',
    message: rememberedMessage(one, undefined, await readingOf(asked, incident), share),
  };
}
