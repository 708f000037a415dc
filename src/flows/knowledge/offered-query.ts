import type { Backend, Matched } from '../../backends/backend.ts';
import type { EvidenceNote } from '../../domain/evidence-note.ts';
import { type Incident, incidentId, STEADY } from '../../domain/incident.ts';
import { current, type Shelved } from '../../domain/knowledge/shelf.ts';
import type { RunnableQuery } from '../../domain/knowledge/suggestion.ts';
import type { Duration } from '../../domain/time.ts';
import type { World } from '../ports.ts';
import { shelvesFor } from './recall.ts';
import { matchedHere, runnableQuery } from './runnable-query.ts';
import { shelvedOf } from './shelve.ts';

/** A saved query that is offered beside an evidence. */
export interface OfferedQuery {
  readonly one: Shelved;
  readonly run: RunnableQuery;
  /** `INC-31`, where it is known to have proved something there. */
  readonly proved?: string;
}

/** A card does not wait longer for it. */
const PATIENCE: Duration = 2_000;
const CANDIDATES = 60;

/**
 * The saved query to ask next, where one is known: it reads a source that the evidence reads, it proved or helped something before,
 * and nobody asked it here yet. One for each evidence that a person asked for, and each only once in an incident. Nobody's own is
 * among them, because the card is for all.
 */
export async function offeredQuery(
  world: World,
  incident: Incident,
  note: EvidenceNote,
): Promise<OfferedQuery | undefined> {
  const backend = world.telemetry.backends.find(
    ({ tool, deployment }) => tool === note.tool && deployment === note.deployment,
  );
  if (note.askedBy === STEADY || note.reproduction.kind === 'supplied' || !backend) return undefined;
  const signal = AbortSignal.timeout(PATIENCE);
  const sources = sourcesOf(await matchedHere(world, backend, note.query, signal));
  if (sources.length === 0) return undefined;
  const rows = await world.store.searchKnowledge(
    incident.team,
    shelvesFor(world, undefined),
    sources,
    CANDIDATES,
  );
  const asked = new Set(incident.evidence.map(({ query }) => tidy(query)));
  for (const one of current(rows.map(shelvedOf))) {
    const proved = provedIn(one);
    if (one.kind !== 'queries' || (proved === undefined && one.entry.used === 0)) continue;
    if (proved === incidentId(incident.number)) continue;
    const run = await runnableQuery(world, one, incident.service, signal);
    if (run?.tool !== note.tool || asked.has(tidy(run.query))) continue;
    if (!(await sharesSource(world, backend, run.query, sources, signal))) continue;
    if (await wasOffered(world, incident, one, note.id)) continue;
    return { one, run, ...(proved !== undefined && { proved }) };
  }
  return undefined;
}

async function sharesSource(
  world: World,
  backend: Backend,
  query: string,
  sources: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const its = sourcesOf(await matchedHere(world, backend, query, signal));
  return its.some((source) => sources.includes(source));
}

function sourcesOf(matched: Matched | undefined): readonly string[] {
  return [...new Set((matched?.sources ?? []).map(({ source }) => source))];
}

/** The incident of which an evidence proved it, as `remember` writes it down. */
function provedIn({ entry }: Shelved): string | undefined {
  return /^Proved by E\d{1,6} of (INC-\d{1,9}),/m.exec(entry.body)?.[1];
}

function tidy(query: string): string {
  return query.replace(/\s+/g, ' ').trim();
}

/** Once in an incident; a card that is drawn again shows it again. */
async function wasOffered(
  { store }: World,
  { team, number }: Incident,
  { shelf, id }: Shelved,
  evidence: string,
): Promise<boolean> {
  const key = `offered-query/${number}/${shelf}/${id}`;
  const before = await store.recall(team, key);
  if (before != null) return before !== evidence;
  await store.remember(team, key, evidence);
  return false;
}
