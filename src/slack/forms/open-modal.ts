import type { Meta } from '../../../blocks/action-ids.ts';
import { type IncidentSummary, summaryOf } from '../../../blocks/incident-line.ts';
import type { View } from '../../../blocks/message.ts';
import { type DeclareDraft, declareModal } from '../../../blocks/modals/declare.ts';
import { entryModal } from '../../../blocks/modals/entry.ts';
import { handoffModal } from '../../../blocks/modals/handoff.ts';
import { mitigateModal } from '../../../blocks/modals/mitigate.ts';
import { updateModal } from '../../../blocks/modals/update.ts';
import { intervalFor } from '../../domain/cadence.ts';
import { draftUpdate } from '../../domain/draft-update.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import type { UpdateFields } from '../../domain/update.ts';
import { draftKey } from '../../flows/act.ts';
import { findIncident } from '../../flows/incident-of.ts';
import type { Asked } from '../call.ts';
import type { Said } from '../command-row.ts';
import { serviceOwner } from '../knowledge/service-owner.ts';
import { maySee } from '../target.ts';
import { bodyOf } from '../waiting.ts';

const MODAL = { kind: 'modal' } as const;

export async function openModal({ bot, request }: Asked, view: View): Promise<typeof MODAL> {
  if (request.trigger === undefined) throw new TypeError('A modal needs a trigger');
  await bot.door.openView(request.trigger, view);
  return MODAL;
}

/** Slack's modals are opened from a click or a slash command alone; elsewhere the answer is a button. */
export function metaOf(asked: Asked, more: Meta = {}): Meta {
  const { channel, ts } = asked.request;
  return { ...(channel !== undefined && { channel }), ...(ts !== undefined && { ts }), ...more };
}

export function openDeclare(asked: Asked, draft: DeclareDraft, more: Meta = {}): Promise<Said> {
  const { channel, direct } = asked.request;
  const here = draft.channel ?? (direct ? undefined : channel);
  return openModal(
    asked,
    declareModal({ ...draft, ...(here !== undefined && { channel: here }) }, metaOf(asked, more)),
  );
}

/** Filled from the stored draft where one is named or waiting, else from the timeline; `fixing` is the update to correct. */
export async function openUpdate(
  asked: Asked,
  incident: Incident,
  how: {
    readonly draft?: string;
    readonly fixing?: number;
    readonly fields?: UpdateFields;
    readonly source?: string;
  } = {},
): Promise<Said> {
  const { world } = asked.bot;
  const promise = incident.promise?.number;
  const key = how.draft ?? (promise === undefined ? undefined : draftKey(incident.number, promise));
  const stored = key === undefined || how.fields ? undefined : await world.store.draft(incident.team, key);
  const fixed = how.fixing === undefined ? undefined : incident.updates.find((one) => one.seq === how.fixing);
  const fields =
    how.fields ??
    fixed?.fields ??
    (stored && stored.person === asked.request.by ? bodyOf(stored).fields : undefined) ??
    draftUpdate(incident);
  const ids: Meta = {
    incident: incident.number,
    ...(promise !== undefined && fixed === undefined && { promise }),
    ...(fixed && { seq: fixed.seq }),
    ...(how.draft !== undefined && { draft: how.draft }),
    ...(how.source !== undefined && { source: how.source }),
  };
  const next = intervalFor(world.cadence, incident, world.clock.now());
  return openModal(
    asked,
    updateModal(incident, { fields, next, meta: metaOf(asked, ids), fixing: fixed !== undefined }),
  );
}

export function openMitigate(asked: Asked, incident: Incident): Promise<Said> {
  return openModal(asked, mitigateModal(incident, metaOf(asked, { incident: incident.number })));
}

/** With the service's owner filled in, where one is known. */
export async function openHandOff(asked: Asked, incident: Incident): Promise<Said> {
  const owner = await serviceOwner(asked, incident);
  const meta = metaOf(asked, { incident: incident.number });
  return openModal(asked, handoffModal(incident, meta, owner && { person: owner.person }));
}

/** *Add to timeline*: asks which incident where the message's channel has none. */
export async function openEntry(asked: Asked, text: string): Promise<Said> {
  const { bot, request } = asked;
  const here =
    request.channel === undefined
      ? undefined
      : await bot.world.store.inChannel(request.team, request.channel);
  if (here) return openModal(asked, entryModal(text, [], metaOf(asked, { incident: here.ref.number })));
  const summaries = await openSummaries(asked);
  if (summaries.length === 0)
    throw new RuleViolation(
      'no-open-incident',
      'No incident is open. Declare one first, then add this message.',
    );
  return openModal(asked, entryModal(text, summaries, metaOf(asked)));
}

export async function openSummaries(asked: Asked, limit = 100): Promise<readonly IncidentSummary[]> {
  const { store } = asked.bot.world;
  const summaries: IncidentSummary[] = [];
  for (const { ref } of await store.list(asked.request.team, { open: true, limit })) {
    const incident = await findIncident(store, ref);
    if (incident && (await maySee(asked, incident))) summaries.push(summaryOf(incident));
  }
  return summaries;
}
