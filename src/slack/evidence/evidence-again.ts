import { sameQuestion } from '../../domain/evidence-difference.ts';
import type { EvidenceNote } from '../../domain/evidence-note.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Window } from '../../domain/time.ts';
import { askForIncident, chooseBackend } from '../../flows/ask.ts';
import { type Asked, askerOf } from '../call.ts';

/** Longest that a person waits for what a click on a card asks. */
export const PATIENCE = 45_000;

export interface Again {
  readonly window: Window;
  /** Said on the new card. */
  readonly note: string;
  /** The new card says what differs from the old one. */
  readonly compared?: boolean;
}

/** The query of an evidence over another time, as a new evidence; one that asked exactly that before is taken as it is. */
export async function askAgain(
  asked: Asked,
  incident: Incident,
  before: EvidenceNote,
  { window, note, compared = false }: Again,
  signal: AbortSignal,
): Promise<EvidenceNote> {
  const { bot, request } = asked;
  const same = incident.evidence.find(
    (one) => sameQuestion(one, before) && one.window.from === window.from && one.window.to === window.to,
  );
  if (same && !compared) return same;
  const backend = chooseBackend(
    bot.world.telemetry,
    before.tool,
    before.deployment,
    (env) => `${before.tool} ${before.query} env:${env}`,
  );
  const asking = {
    backend,
    query: before.query,
    window,
    by: request.by,
    request: askerOf(request),
    note,
    ...(before.step !== undefined && { step: before.step }),
    ...(compared && { again: before.id }),
    ...(request.channel !== undefined &&
      request.ts !== undefined && { thread: { channel: request.channel, ts: request.thread ?? request.ts } }),
  };
  const recorded = await askForIncident(bot.world, incident, asking, signal);
  return recorded.note;
}
