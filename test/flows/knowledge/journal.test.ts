import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFile, textOf } from '../../../src/domain/knowledge/read-file.ts';
import { personalShelf } from '../../../src/domain/knowledge/shelf.ts';
import { DAY, SECOND } from '../../../src/domain/time.ts';
import { forgetEntry, unforget } from '../../../src/flows/knowledge/change-entry.ts';
import { type JournalPage, journal, journalsOf } from '../../../src/flows/knowledge/journal.ts';
import { remember } from '../../../src/flows/knowledge/remember.ts';
import { syncOrg } from '../../../src/flows/knowledge/shelve.ts';
import { sleep } from '../../../src/flows/knowledge/sleep.ts';
import type { World } from '../../../src/flows/ports.ts';
import { type Remote, startRemote } from '../../knowledge/real-git.ts';
import { TEAM, type Worlds, worlds } from '../worlds.ts';

let place: Worlds;
let remote: Remote;
beforeEach(() => {
  place = worlds();
  remote = startRemote();
});
afterEach(async () => {
  remote[Symbol.dispose]();
  await place.close();
});

const heads = (pages: readonly JournalPage[]) =>
  pages.map(({ shelf, file }) => [
    shelf,
    ...file.pieces.flatMap((piece) => (piece.kind === 'entry' ? [piece.entry.key] : [])),
  ]);
const shown = (path: string) => remote.git(remote.folder, '--git-dir=remote.git', 'show', `main:${path}`);

async function open(): Promise<World & { readonly org: { readonly name: string } }> {
  const org = { name: 'acme', repository: await remote.open('a') };
  const world = await place.open({ knowledge: { shipped: [], orgs: [org], staleAfter: 180 * DAY } });
  return { ...world, org };
}

test('what is done to files is told in the commit that does it, what is one’s own is told to nobody else', async () => {
  const world = await open();
  const asked = { team: TEAM, by: 'U1', kind: 'facts', text: 'pool: holds 40' } as const;
  const saved = await remember(world, { ...asked, org: world.org });
  await remember(world, { ...asked, text: 'pool: holds 60', org: world.org });
  await forgetEntry(world, TEAM, 'U2', saved);
  await unforget(world, TEAM, 'U2');
  const own = await remember(world, { ...asked, text: 'mine: too' });
  place.pass(SECOND);
  await forgetEntry(world, TEAM, 'U1', own);
  await forgetEntry(world, TEAM, 'U1', own);
  place.pass(SECOND);
  await unforget(world, TEAM, 'U1');
  const ours = ['saved facts/pool', 'corrected facts/pool', 'forgotten facts/pool', 'taken back facts/pool'];
  const mine = ['saved facts/mine', 'forgotten facts/mine', 'taken back facts/mine'];
  expect(heads((await journal(world, { team: TEAM })).pages)).toEqual([['org/acme', ...ours]]);
  expect(heads((await journal(world, { team: TEAM, person: 'U1' })).pages)).toEqual([
    ['personal/U1', ...mine],
    ['org/acme', ...ours],
  ]);
  const commits = remote
    .git(remote.folder, '--git-dir=remote.git', 'log', '--format=%s', '--name-only', 'main')
    .trim();
  expect(commits.match(/journal\/journal-\d{4}-\d{2}\.md/g)).toHaveLength(4);
  const [month = ''] = (await journalsOf(world, TEAM, 'org/acme')).keys();
  expect(shown(`journal/journal-${month}.md`)).toContain('Forgotten by U2.');
  const [text] = [...(await journalsOf(world, TEAM, personalShelf('U1'))).values()].map(textOf);
  expect(text).not.toContain('U1');
});

test('a sleep is told with what it did, one that does nothing is not told and makes no commit', async () => {
  const world = await open();
  const old =
    '# Facts\n\n## M-2020-01-01T00:00:00Z pool\n\n- type: fact\n- last_used: 2020-01-01\n\nholds 40\n';
  const [org] = world.knowledge?.orgs ?? [];
  if (!org?.repository) throw new TypeError('no repository');
  await org.repository.change(() => new Map([['kb/facts.md', readFile('facts', old)]]), 'by hand');
  await sleep(world, TEAM, org);
  const count = () => remote.git(remote.folder, '--git-dir=remote.git', 'rev-list', '--count', 'main').trim();
  expect(heads((await journal(world, { team: TEAM })).pages)).toEqual([['org/acme', 'slept']]);
  expect(count()).toBe('2');
  await sleep(world, TEAM, org);
  expect(count()).toBe('2');
});

test('a journal that people edit by hand is shown as it is, byte for byte', async () => {
  const world = await open();
  const [org] = world.knowledge?.orgs ?? [];
  if (!org?.repository) throw new TypeError('no repository');
  const text =
    'no title\r\n\n- 10:00 saw it\n## M-2026-10-01T00:00:00Z seen\n- type: note\n\nthe pool\n## M-soon\n';
  await org.repository.change(
    () => new Map([['journal/journal-2026-10.md', readFile('facts', text)]]),
    'hand',
  );
  await syncOrg(world.store, TEAM, org);
  const [page] = (await journal(world, { team: TEAM, month: '2026-10' })).pages;
  expect(page && textOf(page.file)).toBe(text);
  await expect(journal(world, { team: TEAM, month: '2025-01' })).rejects.toMatchObject({
    message: 'The journal has nothing of 2025-01.',
    next: [{ label: '2026-10', command: 'kb journal 2026-10' }],
  });
});
