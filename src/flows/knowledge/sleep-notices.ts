import type { PersonId } from '../../domain/incident.ts';
import { doerOf } from '../../domain/knowledge/journal.ts';
import { entriesOf } from '../../domain/knowledge/read-file.ts';
import { orgShelf } from '../../domain/knowledge/shelf.ts';
import type { SleepNotice } from '../../domain/knowledge/sleep-notice.ts';
import type { Json } from '../../storage/store.ts';
import type { Org, World } from '../ports.ts';
import { row } from '../row.ts';
import { journalsOf } from './journal.ts';

/** A notice by the key of its post. */
export async function sleepNotice(
  { store }: Pick<World, 'store'>,
  team: string,
  key: string,
): Promise<SleepNotice | undefined> {
  return ((await store.recall(team, memory(key))) ?? undefined) as unknown as SleepNotice | undefined;
}

/** Keeps what a notice says from now on. It is posted where it is new, else drawn again. */
export async function notify(world: World, team: string, key: string, notice: SleepNotice): Promise<void> {
  await world.store.remember(team, memory(key), notice as unknown as Json);
  await world.store.enqueue(
    team,
    notice.state === 'planned'
      ? row(key, { kind: 'sleep', notice: key })
      : row(`${key}/${notice.state}`, { kind: 'sleep-edit', notice: key }),
  );
  world.postsWaiting();
}

/** Who is told by direct message where there is no channel: whoever wrote last. Undefined where the journal names nobody. */
export async function lastWriter(world: World, team: string, org: Org): Promise<PersonId | undefined> {
  if (org.channel !== undefined) return undefined;
  const months = await journalsOf(world, team, orgShelf(org.name));
  const notes = [...months.values()].flatMap(entriesOf).sort((a, b) => b.at - a.at);
  return notes.map(doerOf).find((by) => by !== undefined);
}

function memory(key: string): string {
  return `knowledge/notice/${key}`;
}
