import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unbundle } from '../../../src/domain/knowledge/bundle.ts';
import type { Entry } from '../../../src/domain/knowledge/entry.ts';
import { entriesOf, readFile } from '../../../src/domain/knowledge/read-file.ts';
import { personalShelf } from '../../../src/domain/knowledge/shelf.ts';
import { formatEntry } from '../../../src/domain/knowledge/write-file.ts';
import { exportOwn } from '../../../src/flows/knowledge/export-knowledge.ts';
import { importKnowledge } from '../../../src/flows/knowledge/import-knowledge.ts';
import { remember } from '../../../src/flows/knowledge/remember.ts';
import { shelvedEntry } from '../../../src/flows/knowledge/shelve.ts';
import type { World } from '../../../src/flows/ports.ts';
import { entries } from '../../domain/knowledge/nasty-files.ts';
import { TEAM, type Worlds, worlds } from '../worlds.ts';

let place: Worlds;
beforeEach(() => {
  place = worlds();
});
afterEach(() => place.close());

const known = async (world: World, person: string) =>
  (await world.store.knowledge(TEAM, [personalShelf(person)])).map(
    (row) => `${row.kind} ${row.id} ${JSON.stringify(row.entry)}`,
  );

function bring(world: World, person: string, text: string | undefined) {
  return importKnowledge({
    sources: unbundle(text ?? '') ?? new Map(),
    shelf: personalShelf(person),
    kept: { store: world.store, team: TEAM },
    now: place.now(),
    clean: (one) => one,
  });
}

test('an export that is imported again gives the same entries, and the same export', async () => {
  const world = await place.open();
  let people = 0;
  await fc.assert(
    fc.asyncProperty(entries, entries, async (facts, queries) => {
      const [from, to] = [`U${++people}A`, `U${people}B`];
      // As any file would have it: what a body leaves open is closed.
      const asRead = (kind: 'facts' | 'queries') => (one: Entry) =>
        entriesOf(readFile(kind, formatEntry(one))).map((entry) => shelvedEntry(kind, entry));
      const rows = [...facts.flatMap(asRead('facts')), ...queries.flatMap(asRead('queries'))];
      await world.store.saveKnowledge(TEAM, personalShelf(from), rows);
      const own = await exportOwn(world, TEAM, from);
      expect(own.entries).toBe(rows.length);
      await bring(world, to, own.text);
      expect(await known(world, to)).toEqual(await known(world, from));
      const before = await exportOwn(world, TEAM, to);
      await bring(world, to, before.text);
      expect(await exportOwn(world, TEAM, to)).toEqual(before);
    }),
    { numRuns: 25 },
  );
});

test('holds what one person keeps, with journal and counts, and nothing of anybody else', async () => {
  const world = await place.open();
  const asked = { team: TEAM, kind: 'facts' } as const;
  const one = await remember(world, { ...asked, by: 'U1', text: 'pool: holds 40' });
  await remember(world, { ...asked, by: 'U2', text: 'theirs: secret' });
  await world.store.countUse(TEAM, one.shelf, one.id, '2026-11-28');
  const { text, entries: count, files } = await exportOwn(world, TEAM, 'U1');
  expect([count, files]).toEqual([1, 2]);
  expect([...(unbundle(text ?? '')?.keys() ?? [])]).toEqual([
    'kb/facts.md',
    expect.stringMatching(/^journal\/journal-\d{4}-\d{2}\.md$/),
  ]);
  expect(text).toContain('- used: 1\n- last_used: 2026-11-28');
  expect(text).toContain('saved facts/pool');
  expect(text).not.toContain('theirs');
  expect(await exportOwn(world, TEAM, 'U3')).toEqual({ entries: 0, files: 0 });
});
