import { ownSuggestions } from '../../../blocks/knowledge/own-suggestions.ts';
import { suggestionCard } from '../../../blocks/knowledge/suggestion-card.ts';
import { type Incident, isOpen } from '../../domain/incident.ts';
import type { Post } from '../../domain/post.ts';
import { incidentOf } from '../../flows/incident-of.ts';
import { takeFacts } from '../../flows/knowledge/service-facts.ts';
import { ownResembling, suggest } from '../../flows/knowledge/suggest.ts';
import { textOfMessage } from '../words/message-text.ts';
import { type Office, onceUnderCard, type Plan } from './plan.ts';
import { PRIVATE_PACE, privatePaceKey } from './plan-guard.ts';
import { reading } from './plan-talk.ts';

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

/** Another company reads there. */
const NOT_SHARED = 'what a team knows is not shown in a shared channel';

/** Looks for what is known; the row stays until what is found is on the timeline, so that a crash looks again. */
export async function planSuggest(
  office: Office,
  incident: Incident,
  { because }: Of<'suggest'>,
): Promise<Plan> {
  if (!isOpen(incident)) return { do: 'drop', why: 'it is over' };
  if (incident.shared) return { do: 'drop', why: NOT_SHARED };
  return {
    do: 'run',
    run: async () => {
      await takeFacts(office.world, incident);
      // What was taken may name the service.
      const now = await incidentOf(office.world.store, incident);
      await suggest(office.world, now, because, await alertText(office, now));
    },
  };
}

/** What the alert says, where everybody in the incident's channel could read it. */
async function alertText({ looks, world }: Office, incident: Incident): Promise<string | undefined> {
  const { alert, channel } = incident;
  if (!alert) return undefined;
  const place = alert.channel === channel ? undefined : await looks.channel(alert.channel);
  if (alert.channel !== channel && (!place || place.private)) return undefined;
  const seen = await looks.message({ channel: alert.channel, ts: alert.ts });
  return seen && world.redact(textOfMessage(seen));
}

/** Under the status card, quietly; the same kind edits it. */
export async function planSuggestionCard(
  office: Office,
  incident: Incident,
  { seq }: Of<'suggestion-card'>,
): Promise<Plan> {
  const suggested = incident.suggested.find((one) => one.seq === seq);
  if (!suggested) return { do: 'drop', why: `no suggestions ${seq}` };
  if (incident.shared) return { do: 'drop', why: NOT_SHARED };
  const message = suggestionCard(incident, suggested, await reading(office, incident));
  return onceUnderCard(office, incident, message, { kind: 'suggestion', id: `${seq}` });
}

/** What a person keeps for themselves, to them alone, at the pace of everything that is said to one person unasked. */
export async function planOwnSuggestions(
  office: Office,
  incident: Incident,
  { to }: Of<'own-suggestions'>,
): Promise<Plan> {
  if (!isOpen(incident)) return { do: 'drop', why: 'it is over' };
  const { store } = office.world;
  const own = await ownResembling(office.world, incident, to);
  if (own.length === 0) return { do: 'drop', why: 'nothing of theirs is like it' };
  if (!(await store.rememberOnce(incident.team, privatePaceKey(to), await store.now(), PRIVATE_PACE)))
    return { do: 'drop', why: 'it waits in status' };
  return {
    do: 'whisper',
    place: { channel: incident.channel },
    to,
    message: ownSuggestions(
      incident,
      own.map(({ one }) => one),
      await reading(office, incident),
    ),
  };
}
