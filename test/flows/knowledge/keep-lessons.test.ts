import { expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import type { Audience } from '../../../src/domain/distillation.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { DAY } from '../../../src/domain/time.ts';
import { act } from '../../../src/flows/act.ts';
import { declareIncident } from '../../../src/flows/declare.ts';
import { incidentOf } from '../../../src/flows/incident-of.ts';
import { keepLessons } from '../../../src/flows/knowledge/keep-lessons.ts';
import { recall } from '../../../src/flows/knowledge/recall.ts';
import type { Org, World } from '../../../src/flows/ports.ts';
import { startRemote } from '../../knowledge/real-git.ts';
import { onWorlds, TEAM, takeKeys } from '../worlds.ts';

const DEAD = new Error('the process died');
const LEA = { by: 'LEA' };
const DECLARED = { title: 'checkout 500s', severity: 'P2', channel: 'C1', private: false } as const;

function withOrgs(world: World, ...orgs: readonly Org[]): World {
  return { ...world, knowledge: { shipped: [], orgs, staleAfter: DAY } };
}

/** A supported cause, what to keep of it chosen, and the end. */
async function closed(world: World, audience: Audience = 'team'): Promise<Incident> {
  const declared = await declareIncident(world, TEAM, DECLARED, LEA);
  const commands: Command[] = [
    { type: 'claim', text: 'payments limits us' },
    {
      type: 'draft-distillation',
      choice: { keep: [{ id: 'incident', text: 'payments limits us to 200/s' }], out: [], audience },
    },
    { type: 'override', reason: 'nobody is awake' },
  ];
  return (await act(world, declared, commands, LEA)).after;
}

const bodies = async (world: World, shelf: string) =>
  (await world.store.knowledge(TEAM, [shelf])).map(({ entry }) => (entry as { body: string }).body);

it(
  'a row of its own saves it for the team when it is over, and recall finds it',
  onWorlds(async (bare) => {
    const world = withOrgs(bare, { name: 'acme' });
    const over = await closed(world);
    expect(await takeKeys(world)).toContain(`INC-1/distil-${over.version}`);
    await keepLessons(world, over);
    const { matches } = await recall(world, { team: TEAM, text: 'payments 200/s' });
    expect(matches[0]?.one).toMatchObject({ shelf: 'org/acme', entry: { key: 'INC-1 checkout 500s' } });
    const after = await incidentOf(world.store, over);
    expect(after.distillation).toMatchObject({
      state: 'kept',
      by: 'LEA',
      entries: [{ shelf: 'org/acme', kind: 'incidents', key: 'INC-1 checkout 500s' }],
    });
    await keepLessons(world, after);
    expect(await bodies(world, 'org/acme')).toHaveLength(1);
  }),
);

it(
  'for the closer alone where they chose so, or where no team has knowledge',
  onWorlds(async (bare) => {
    await keepLessons(bare, await closed(bare, 'team'));
    expect(await bodies(bare, 'personal/LEA')).toEqual(['payments limits us to 200/s']);
    expect((await recall(bare, { team: TEAM, text: 'payments' })).matches).toEqual([]);
  }),
);

it(
  'private stays private',
  onWorlds(async (bare) => {
    const world = withOrgs(bare, { name: 'acme' });
    await keepLessons(world, await closed(world, 'me'));
    expect(await bodies(world, 'org/acme')).toEqual([]);
    expect(await bodies(world, 'personal/LEA')).toHaveLength(1);
  }),
);

it(
  'once, when a process dies between the saving and the timeline, on a shelf',
  onWorlds(async (bare, all) => {
    const world = withOrgs(bare, { name: 'acme' });
    const over = await closed(world);
    const dying = { ...world, store: { ...world.store, append: () => Promise.reject(DEAD) } };
    await expect(keepLessons(dying, over)).rejects.toBe(DEAD);
    expect(await bodies(world, 'org/acme')).toHaveLength(1);
    all.pass(90_000);
    await keepLessons(world, await incidentOf(world.store, over));
    expect(await bodies(world, 'org/acme')).toHaveLength(1);
    expect((await incidentOf(world.store, over)).distillation?.state).toBe('kept');
  }),
);

it(
  'once in a repository, in one commit, when a process dies after the push',
  onWorlds(async (bare, all) => {
    using remote = startRemote();
    const over = await closed(withOrgs(bare, { name: 'acme', repository: await remote.open('before') }));
    const world = withOrgs(bare, { name: 'acme', repository: await remote.open('one') });
    const dying = { ...world, store: { ...world.store, replaceShelf: () => Promise.reject(DEAD) } };
    await expect(keepLessons(dying, over)).rejects.toBe(DEAD);
    all.pass(90_000);
    await keepLessons(withOrgs(bare, { name: 'acme', repository: await remote.open('two') }), over);
    const show = (...what: readonly string[]) => remote.git(remote.folder, '--git-dir=remote.git', ...what);
    expect(show('show', 'main:kb/incidents.md').match(/^payments limits us to 200\/s$/gm)).toHaveLength(1);
    expect(show('log', '--format=%s', 'main').match(/Keep what INC-1 taught/g)).toHaveLength(1);
    expect(await bodies(bare, 'org/acme')).toHaveLength(1);
  }),
);
