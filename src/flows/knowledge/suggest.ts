import { type Incident, incidentId, isOpen, parseIncidentId, STEADY } from '../../domain/incident.ts';
import { leading } from '../../domain/investigation/hypothesis.ts';
import { proseOf } from '../../domain/knowledge/body-parts.ts';
import { summaryOf } from '../../domain/knowledge/entry.ts';
import {
  type Recognisable,
  type Resemblance,
  resembling,
  type Situation,
} from '../../domain/knowledge/resemblance.ts';
import { current, personalShelf, type Shelved } from '../../domain/knowledge/shelf.ts';
import { stemsOf } from '../../domain/knowledge/stems.ts';
import { SUGGESTED_AT_MOST, type Suggestion } from '../../domain/knowledge/suggestion.ts';
import type { Duration } from '../../domain/time.ts';
import { act } from '../act.ts';
import type { World } from '../ports.ts';
import { pastIncidents, validatedCause } from './past-incidents.ts';
import { shelvesFor } from './recall.ts';
import { exists, runnableQuery } from './runnable-query.ts';
import { shelvedOf } from './shelve.ts';

/** Nobody waits for it; what a system does not tell within this time is not offered. */
const PATIENCE: Duration = 10_000;
/** Entries that the index may name, of any kind, and of these so many that are read: they are compared on the main thread. */
const CANDIDATES = 200;
const COMPARED = 80;
const NAME_KEPT = 200;
const SAYS_KEPT = 300;

type Candidate = Recognisable & { readonly what: Shelved | Incident };

/**
 * Looks once, for each `because`, whether an incident looks like something that is known: patterns, incidents that an organisation
 * wrote down, and incidents that ended here. Records what it finds, or nothing. What a person keeps for themselves is not looked at.
 */
export async function suggest(
  world: World,
  incident: Incident,
  because: number,
  alert?: string,
): Promise<void> {
  if (!isOpen(incident) || incident.suggested.length >= SUGGESTED_AT_MOST) return;
  if (incident.timeline.some(({ event }) => event.type === 'suggested' && event.because === because)) return;
  const situation = situationOf(incident, alert);
  const entries = await entriesLike(world, incident.team, situation, shelvesFor(world, undefined));
  const told = new Set(entries.map(({ entry }) => numberIn(entry.key)));
  const past = await pastIncidents(world, incident, said(situation));
  const candidates = [
    ...entries.map(entryCandidate),
    // Where a team wrote down what happened, that is better than what Steady kept.
    ...past.filter(({ number }) => !told.has(number)).map(incidentCandidate),
  ];
  const signal = AbortSignal.timeout(PATIENCE);
  const suggestions = await Promise.all(
    resembling(situation, candidates).map(({ one, like }) =>
      suggestionOf(world, incident, one.what, like, signal),
    ),
  );
  await act(world, incident, { type: 'suggest', because, suggestions }, { by: STEADY });
}

/** The entries of one person alone that an incident looks like; for their eyes. */
export async function ownResembling(
  world: World,
  incident: Incident,
  person: string,
): Promise<readonly { readonly one: Shelved; readonly like: Resemblance }[]> {
  const situation = situationOf(incident);
  const own = await entriesLike(world, incident.team, situation, [personalShelf(person)]);
  return resembling(situation, own.map(entryCandidate)).flatMap(({ one, like }) =>
    'entry' in one.what ? [{ one: one.what, like }] : [],
  );
}

function situationOf({ title, service }: Incident, alert?: string): Situation {
  return { title, ...(service !== undefined && { service }), ...(alert !== undefined && { alert }) };
}

function said({ title, service, alert }: Situation): string {
  return [title, service, alert].filter(Boolean).join(' ');
}

/** Patterns and incidents that count, of every shelf that may be spoken of here, with some of the words. */
async function entriesLike(
  world: World,
  team: string,
  situation: Situation,
  shelves: readonly string[],
): Promise<readonly Shelved[]> {
  const words = [...new Set([situation.service ?? '', ...stemsOf(said(situation)).map(({ stem }) => stem)])];
  const rows = await world.store.searchKnowledge(
    team,
    shelves,
    words.filter((word) => word !== ''),
    CANDIDATES,
  );
  return current(rows.map(shelvedOf))
    .filter(({ kind }) => kind === 'patterns' || kind === 'incidents')
    .slice(0, COMPARED);
}

function numberIn(key: string): number | undefined {
  return parseIncidentId(/\bINC-?\d+\b/i.exec(key)?.[0] ?? '');
}

function entryCandidate(one: Shelved): Candidate {
  const { key, tags } = one.entry;
  return {
    kind: one.kind === 'incidents' ? 'incident' : 'pattern',
    name: key,
    tags,
    prose: proseOf(one.entry),
    what: one,
  };
}

function incidentCandidate(past: Incident): Candidate {
  const cause = leading(past);
  return {
    kind: 'incident',
    name: past.title,
    tags: [],
    prose: [past.resolution ?? '', cause?.state === 'supported' ? cause.statement : ''].join('\n'),
    ...(past.service !== undefined && { service: past.service }),
    what: past,
  };
}

async function suggestionOf(
  world: World,
  incident: Incident,
  what: Shelved | Incident,
  { service, phrases, words }: Resemblance,
  signal: AbortSignal,
): Promise<Suggestion> {
  const why = { ...(service !== undefined && { service }), phrases, words };
  if ('entry' in what) {
    const { shelf, id, kind, entry } = what;
    const run = await runnableQuery(world, what, incident.service, signal);
    const says = summaryOf({ body: proseOf(entry) });
    return {
      of: { kind: 'entry', in: kind, shelf, id, key: entry.key },
      name: kept(entry.key, NAME_KEPT),
      ...(says !== '' && { says: kept(says, SAYS_KEPT) }),
      why,
      ...(run && { run }),
    };
  }
  const cause = validatedCause(what);
  const run = await provingQuery(world, what, signal);
  return {
    of: {
      kind: 'incident',
      number: what.number,
      endedAt: what.resolvedAt ?? what.endedAt ?? what.declaredAt,
    },
    name: kept(`${incidentId(what.number)} ${what.title}`, NAME_KEPT),
    ...(cause !== undefined && { says: kept(cause, SAYS_KEPT) }),
    why,
    ...(run && { run }),
  };
}

/** What showed its cause then, where the same can be asked now. */
async function provingQuery(
  world: World,
  past: Incident,
  signal: AbortSignal,
): Promise<Suggestion['run'] | undefined> {
  const resolved = past.timeline.findLast(({ event }) => event.type === 'resolved')?.event;
  const named = resolved?.type === 'resolved' ? resolved.evidence : [];
  for (const note of past.evidence.toReversed().filter(({ id }) => named.includes(id))) {
    const { tool, deployment, query } = note;
    const backend = world.telemetry.backends.find(
      (one) => one.tool === tool && one.deployment === deployment,
    );
    if (backend && (await exists(world, backend, query, signal))) return { tool, deployment, query };
  }
  return undefined;
}

function kept(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text;
}
