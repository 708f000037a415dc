import { type Distillation, type KeptEntry, owesDistillation } from '../../domain/distillation.ts';
import type { Incident, PersonId } from '../../domain/incident.ts';
import type { Entry, Kind } from '../../domain/knowledge/entry.ts';
import { headingOf } from '../../domain/knowledge/entry.ts';
import type { JournalNote } from '../../domain/knowledge/journal.ts';
import { lessonEntries } from '../../domain/knowledge/lesson-entries.ts';
import { entriesOf, type KnowledgeFile } from '../../domain/knowledge/read-file.ts';
import { orgShelf, personalShelf } from '../../domain/knowledge/shelf.ts';
import { withEntry } from '../../domain/knowledge/write-file.ts';
import { act } from '../act.ts';
import type { Org, World } from '../ports.ts';
import { fileOf, pathOf } from './remember.ts';
import { indexFiles, noted, noting, shelvedEntry, shelvedOf } from './shelve.ts';

type Drafted = Extract<Distillation, { state: 'drafted' }>;
type Lesson = { readonly kind: Kind; readonly entry: Entry };

/**
 * Saves what somebody chose to keep, once the incident is over. Safe to do again after a crash: the entries are dated and named by
 * the timeline, and one that is there already is not written twice.
 */
export async function keepLessons(world: World, incident: Incident): Promise<void> {
  const { distillation: draft, phase } = incident;
  if (draft?.state !== 'drafted' || phase !== 'resolved') return;
  const { by } = draft;
  const entries = lessonEntries(incident, draft.choice, overAt(incident, draft));
  const org = draft.choice.audience === 'team' ? teamOrg(world) : undefined;
  const shelf = org ? orgShelf(org.name) : personalShelf(by);
  const kept = world.redact(entries);
  if (kept.length > 0)
    await (org?.repository
      ? saveInFiles(world, incident, { org, by }, kept)
      : saveOnShelf(world, incident.team, { shelf, by }, kept));
  const named = kept.map(({ kind, entry }): KeptEntry => ({ shelf, kind, key: entry.key }));
  await act(
    world,
    incident,
    { type: 'settle-distillation', entries: named },
    { by },
    {
      settled: [owedKey(incident)],
    },
  );
}

/** Whose knowledge *for the team* means; undefined where none is configured, and what is kept is the closer's own. */
export function teamOrg(world: Pick<World, 'knowledge'>): Org | undefined {
  return world.knowledge?.orgs[0];
}

/** The draft that says that an ended incident still owes what it taught. */
export function owedKey({ number }: Incident): string {
  return `INC-${number}/distillation`;
}

/** Keeps in mind, for `status` and the home tab, that somebody may still say what it taught. */
export async function oweLessons(world: World, incident: Incident, person: PersonId): Promise<void> {
  if (!owesDistillation(incident)) return;
  await world.store.saveDraft({
    team: incident.team,
    key: owedKey(incident),
    person,
    incident: incident.number,
    kind: 'distillation',
    body: {},
    at: await world.store.now(),
  });
}

/** The later of the end and the choice: the same however often it is tried. */
function overAt(incident: Incident, draft: Drafted): number {
  return Math.max(incident.endedAt ?? 0, draft.at);
}

function note({ kind, entry }: Lesson, by?: PersonId): JournalNote {
  return { at: entry.at, did: 'saved', key: entry.key, kind, ...(by !== undefined && { by }) };
}

/** One commit for all of them. */
async function saveInFiles(
  world: World,
  { team, number }: Incident,
  { org, by }: { readonly org: Org; readonly by: PersonId },
  lessons: readonly Lesson[],
): Promise<void> {
  const files = await org.repository?.change((all) => {
    const changed = new Map<string, KnowledgeFile>();
    const now = (): ReadonlyMap<string, KnowledgeFile> => new Map([...all, ...changed]);
    for (const lesson of lessons) {
      const file = fileOf(now(), lesson.kind);
      const heading = headingOf(lesson.entry);
      if (entriesOf(file).some((one) => headingOf(one) === heading)) continue;
      changed.set(pathOf(lesson.kind), withEntry(file, lesson.entry));
      changed.set(...noted(now(), note(lesson, by)));
    }
    return changed;
  }, `Keep what INC-${number} taught`);
  if (files) await indexFiles(world.store, team, orgShelf(org.name), files);
}

async function saveOnShelf(
  world: World,
  team: string,
  { shelf, by }: { readonly shelf: string; readonly by: PersonId },
  lessons: readonly Lesson[],
): Promise<void> {
  const there = new Set((await world.store.knowledge(team, [shelf])).map((row) => shelvedOf(row).id));
  for (const lesson of lessons) {
    const row = shelvedEntry(lesson.kind, lesson.entry);
    if (there.has(row.id)) continue;
    const who = shelf === personalShelf(by) ? undefined : by;
    await world.store.saveKnowledge(team, shelf, [row], noting(shelf, note(lesson, who)));
  }
}
