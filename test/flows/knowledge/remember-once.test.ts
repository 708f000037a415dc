import { expect, it } from 'vitest';
import { MINUTE } from '../../../src/domain/time.ts';
import { type Remembering, remember } from '../../../src/flows/knowledge/remember.ts';
import type { Org, World } from '../../../src/flows/ports.ts';
import { startRemote } from '../../knowledge/real-git.ts';
import { onWorlds, TEAM } from '../worlds.ts';

const DEAD = new Error('the process died');
const ASKED = { team: TEAM, by: 'LEA', kind: 'facts', text: 'the pool of checkout holds 40' } as const;

/** The same store, but one thing ends the process. */
function withStore(world: World, store: Partial<World['store']>): World {
  return { ...world, store: { ...world.store, ...store } };
}

async function die(): Promise<never> {
  throw DEAD;
}

async function bodiesOn(world: World, shelf: string): Promise<readonly string[]> {
  const rows = await world.store.knowledge(TEAM, [shelf]);
  return rows.map(({ entry }) => (entry as { body: string }).body);
}

it(
  'saves once on a shelf of the storage what a process died over after saving it, and twice what is said twice',
  onWorlds(async (world, all) => {
    const asked = all.now();
    const saveKnowledge: World['store']['saveKnowledge'] = async (...what) => {
      await world.store.saveKnowledge(...what);
      return die();
    };
    await expect(remember(withStore(world, { saveKnowledge }), ASKED)).rejects.toBe(DEAD);
    all.pass(90_000);
    const again = await remember(world, { ...ASKED, resumedFrom: asked });
    expect(await bodiesOn(world, 'personal/LEA')).toEqual([ASKED.text]);
    expect(again.id).toBe((await world.store.knowledge(TEAM, ['personal/LEA']))[0]?.id);
    all.pass(10 * MINUTE);
    // The same words in another message are said again; what nobody had saved yet is saved.
    await remember(world, { ...ASKED, resumedFrom: all.now() });
    await remember(world, { ...ASKED, text: 'the pool of checkout holds 80', resumedFrom: all.now() });
    expect(await bodiesOn(world, 'personal/LEA')).toHaveLength(3);
  }),
);

it(
  'saves once in a repository what a process died over between the push and its index',
  onWorlds(async (world, all) => {
    using remote = startRemote();
    const org: Org = { name: 'acme', repository: await remote.open('before') };
    const asked: Remembering = { ...ASKED, org };
    const at = all.now();
    await expect(remember(withStore(world, { replaceShelf: die }), asked)).rejects.toBe(DEAD);
    expect(await bodiesOn(world, 'org/acme')).toEqual([]);
    all.pass(90_000);
    // Another process, with a copy of its own.
    const there: Org = { name: 'acme', repository: await remote.open('after') };
    const again = await remember(world, { ...asked, org: there, resumedFrom: at });
    const pushed = remote.git(remote.folder, '--git-dir=remote.git', 'show', 'main:kb/facts.md');
    expect(pushed.match(/^the pool of checkout holds 40$/gm)).toHaveLength(1);
    expect(await bodiesOn(world, 'org/acme')).toEqual([ASKED.text]);
    expect((await world.store.knowledge(TEAM, ['org/acme']))[0]?.id).toBe(again.id);
  }),
);

it(
  'lets no secret into a repository',
  onWorlds(async (world) => {
    using remote = startRemote();
    const org: Org = { name: 'acme', repository: await remote.open('one') };
    const redact = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('hunter2', '[removed]'));
    await remember({ ...world, redact }, { ...ASKED, org, text: 'the password is hunter2' });
    const pushed = remote.git(remote.folder, '--git-dir=remote.git', 'show', 'main:kb/facts.md');
    expect(pushed).toContain('the password is [removed]');
    expect(pushed).not.toContain('hunter2');
  }),
);
