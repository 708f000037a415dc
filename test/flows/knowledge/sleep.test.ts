import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { entriesOf, readFile } from '../../../src/domain/knowledge/read-file.ts';
import { DAY, SECOND } from '../../../src/domain/time.ts';
import { recall } from '../../../src/flows/knowledge/recall.ts';
import { remember } from '../../../src/flows/knowledge/remember.ts';
import { dream, saySleep, sleep } from '../../../src/flows/knowledge/sleep.ts';
import type { Org, World } from '../../../src/flows/ports.ts';
import type { Repository } from '../../../src/knowledge/repository.ts';
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

const bare = (...args: string[]) => remote.git(remote.folder, '--git-dir=remote.git', ...args);
const facts = () => entriesOf(readFile('facts', bare('show', 'main:kb/facts.md'))).map((one) => one.key);

async function replica(
  name: string,
): Promise<{ readonly world: World; readonly org: Org & { readonly repository: Repository } }> {
  const org = { name: 'acme', repository: await remote.open(name) };
  const world = await place.open({ knowledge: { shipped: [], orgs: [org], staleAfter: 180 * DAY } });
  return { world, org };
}

test('a sleep writes the set of the period in the commit that consolidates, and one after it writes nothing', async () => {
  const { world, org } = await replica('a');
  const asked = { team: TEAM, by: 'U1', kind: 'facts', org } as const;
  await remember(world, { ...asked, text: 'pool: holds 40' });
  place.pass(SECOND);
  await remember(world, { ...asked, text: 'pool: holds 60' });
  const planned = saySleep(await dream(world, TEAM, org));
  expect(planned).toEqual([
    expect.stringMatching(/^archive {2}facts\/pool {2}\(a newer one of \S+ has its key\)$/),
    expect.stringMatching(/^write {2}facts\/sleep-cycle-facts-\S+ {2}\(quotes 1 entry\)$/),
  ]);
  const before = Number(bare('rev-list', '--count', 'main'));
  expect(saySleep(await sleep(world, TEAM, org))).toEqual(planned);
  expect(Number(bare('rev-list', '--count', 'main'))).toBe(before + 1);
  place.pass(DAY);
  expect(saySleep(await sleep(world, TEAM, org))).toEqual([]);
  expect(Number(bare('rev-list', '--count', 'main'))).toBe(before + 1);
  expect((await recall(world, { team: TEAM, text: 'pool' })).matches.map(({ one }) => one.entry.key)).toEqual(
    ['pool', expect.stringMatching(/^sleep-cycle-facts-/)],
  );
});

test('two sleep at once while others write, and nothing is lost', async () => {
  const [a, b] = [await replica('a'), await replica('b')];
  const asked = { team: TEAM, by: 'U1', kind: 'facts' } as const;
  await remember(a.world, { ...asked, text: 'first: one', org: a.org });
  const clone = join(remote.folder, 'clone');
  remote.git(remote.folder, 'clone', '--quiet', remote.url, clone);
  const hand = '# Queries\n\n## M-2026-11-28T15:00:00Z by hand\n\n- type: query\n\nup\n';
  writeFileSync(join(clone, 'kb/queries.md'), hand);
  remote.git(clone, 'add', '.');
  remote.git(clone, 'commit', '--quiet', '-m', 'by hand');
  await Promise.all([
    sleep(a.world, TEAM, a.org),
    sleep(b.world, TEAM, b.org),
    remember(a.world, { ...asked, text: 'second: two', org: a.org }),
    remember(b.world, { ...asked, text: 'third: three', org: b.org }),
  ]);
  remote.git(clone, 'pull', '--quiet', '--no-rebase');
  remote.git(clone, 'push', '--quiet');
  place.pass(DAY);
  await sleep(b.world, TEAM, b.org);
  await sleep(a.world, TEAM, a.org);
  expect(facts()).toEqual(expect.arrayContaining(['first', 'second', 'third']));
  expect(bare('show', 'main:kb/queries.md')).toContain(hand.trim());
  const sets = entriesOf(readFile('facts', bare('show', 'main:kb/facts.md'))).filter((one) =>
    one.key.startsWith('sleep-cycle'),
  );
  const said = sets.map((one) => one.body).join('\n');
  for (const key of ['first', 'second', 'third']) expect(said).toContain(`- \`${key}\``);
  expect(said).not.toContain('- `sleep-cycle');
  expect(saySleep(await dream(b.world, TEAM, b.org))).toEqual([]);
});

test('what helped while a sleep ran is still counted after it', async () => {
  const { world, org } = await replica('a');
  const one = await remember(world, { team: TEAM, by: 'U1', kind: 'facts', org, text: 'pool: holds 40' });
  const count = () => world.store.countUse(TEAM, one.shelf, one.id, '2026-11-28');
  await count();
  const { repository } = org;
  const change: Repository['change'] = async (...what) => {
    await count();
    return repository.change(...what);
  };
  const counting = { ...org, repository: { ...repository, change } };
  await sleep(world, TEAM, counting);
  expect(bare('show', 'main:kb/facts.md')).toContain('- used: 1\n');
  const [row] = (await world.store.knowledge(TEAM, [one.shelf])).filter(({ id }) => id === one.id);
  expect(row).toMatchObject({ uses: 1, entry: { used: 1 } });
});
