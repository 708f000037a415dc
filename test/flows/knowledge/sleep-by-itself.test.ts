import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFile } from '../../../src/domain/knowledge/read-file.ts';
import { parseSchedule } from '../../../src/domain/knowledge/sleep-schedule.ts';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time.ts';
import { remember } from '../../../src/flows/knowledge/remember.ts';
import { syncOrg } from '../../../src/flows/knowledge/shelve.ts';
import { sleep } from '../../../src/flows/knowledge/sleep.ts';
import { offerSleep, settleOffer, sleepOnSchedule } from '../../../src/flows/knowledge/sleep-by-itself.ts';
import { sleepNotice } from '../../../src/flows/knowledge/sleep-notices.ts';
import type { KnowledgeSources, Org, World } from '../../../src/flows/ports.ts';
import type { Office } from '../../../src/slack/delivery/plan.ts';
import { planPost } from '../../../src/slack/delivery/plan-post.ts';
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

const sleepAt = parseSchedule('daily 04:00');
const commits = () =>
  remote
    .git(remote.folder, '--git-dir=remote.git', 'log', '--format=%s', 'main')
    .split('\n')
    .filter((line) => line.startsWith('Sleep'));

async function replica(name: string, more: Partial<KnowledgeSources & Org> = {}) {
  const { channel, ...rest } = more;
  const org = {
    name: 'acme',
    repository: await remote.open(name),
    ...(channel !== undefined && { channel }),
  };
  const world = await place.open({
    knowledge: { shipped: [], orgs: [org], staleAfter: 180 * DAY, ...(sleepAt && { sleepAt }), ...rest },
  });
  return { world, org };
}

/** Posts about sleep that were not looked at before. */
async function waiting(world: World) {
  const rows = await world.store.claimPosts({ owner: 'test', for: 30 * DAY, limit: 50 });
  return rows.filter(({ key }) => key.startsWith('sleep/')).map(({ key, post }) => ({ key, post }));
}

function open(world: World, channel = 'C1') {
  return world.store.declare(TEAM, () => ({
    events: [],
    projection: {
      channel,
      title: 'x',
      severity: 'P2',
      phase: 'investigating',
      open: true,
      lead: 'U1',
      declaredAt: place.now(),
    },
  }));
}

test('sleeps once for a turn, whichever of two replicas looks, and tells whoever wrote last', async () => {
  const [a, b] = [await replica('a'), await replica('b')];
  await sleepOnSchedule(a.world, TEAM);
  await remember(a.world, { team: TEAM, by: 'U7', kind: 'facts', org: a.org, text: 'pool: holds 40' });
  await sleepOnSchedule(a.world, TEAM);
  expect(commits()).toEqual([]);
  place.pass(DAY);
  await Promise.all([sleepOnSchedule(a.world, TEAM), sleepOnSchedule(b.world, TEAM)]);
  await sleepOnSchedule(b.world, TEAM);
  place.pass(HOUR);
  await Promise.all([sleepOnSchedule(a.world, TEAM), sleepOnSchedule(b.world, TEAM)]);
  expect(commits()).toHaveLength(1);
  const rows = await waiting(a.world);
  expect(rows.map(({ post }) => (post as { kind: string }).kind)).toEqual(['sleep', 'sleep-edit']);
  expect(await sleepNotice(a.world, TEAM, rows[0]?.key ?? '')).toMatchObject({
    org: 'acme',
    why: 'schedule',
    state: 'slept',
    to: 'U7',
    lines: [expect.stringMatching(/^write {2}facts\/sleep-cycle-facts-/)],
  });
  place.pass(DAY);
  await sleepOnSchedule(a.world, TEAM);
  expect(commits()).toHaveLength(1);
  expect(await waiting(a.world)).toEqual([]);
  expect(place.faults).toEqual([]);
});

test('waits for the end of every incident, and is done then', async () => {
  const { world, org } = await replica('a', { sleepWhen: 1 });
  await sleepOnSchedule(world, TEAM);
  for (const text of ['pool: holds 40', 'pool: holds 60'])
    await remember(world, { team: TEAM, by: 'U7', kind: 'facts', org, text });
  const ref = await open(world);
  place.pass(DAY);
  await sleepOnSchedule(world, TEAM);
  await offerSleep(world, TEAM);
  expect([commits(), await waiting(world)]).toEqual([[], []]);
  await world.store.append(ref, 0, {
    events: [],
    projection: {
      channel: 'C1',
      title: 'x',
      severity: 'P2',
      phase: 'resolved',
      open: false,
      lead: 'U1',
      declaredAt: place.now(),
    },
  });
  await sleepOnSchedule(world, TEAM);
  expect(commits()).toHaveLength(1);
});

test.each(['after it was told', 'after the commit'])(
  'a process that dies %s leaves nothing undone or doubled',
  async (when) => {
    const { world, org } = await replica('a');
    await sleepOnSchedule(world, TEAM);
    await remember(world, { team: TEAM, by: 'U7', kind: 'facts', org, text: 'pool: holds 40' });
    place.pass(DAY);
    const dead = new Error('dead');
    let calls = 0;
    const repository = {
      ...org.repository,
      change: async (...what: Parameters<typeof org.repository.change>) => {
        if (when === 'after the commit') await org.repository.change(...what);
        calls++;
        throw dead;
      },
    };
    const dying: World = {
      ...world,
      knowledge: {
        shipped: [],
        orgs: [{ ...org, repository }],
        staleAfter: 180 * DAY,
        ...(sleepAt && { sleepAt }),
      },
    };
    await sleepOnSchedule(dying, TEAM);
    expect(calls).toBe(1);
    await sleepOnSchedule(world, TEAM);
    const [row, ...more] = await waiting(world);
    expect(more).toEqual([]);
    place.pass(11 * MINUTE);
    await sleepOnSchedule(world, TEAM);
    expect(commits()).toHaveLength(1);
    expect((await waiting(world)).map(({ key }) => key)).toEqual([`${row?.key}/slept`]);
    expect((await sleepNotice(world, TEAM, row?.key ?? ''))?.lines).toHaveLength(1);
  },
);

test('offers a sleep where a file has grown and something is to be tidied up, at most once a week', async () => {
  const { world, org } = await replica('a', { sleepWhen: 2, channel: 'C9' });
  const facts = (keys: readonly string[]) =>
    readFile(
      'facts',
      keys
        .map(
          (key, n) => `## M-2026-01-05T14:32:0${n}Z ${key}\n\n- type: fact\n- last_used: 2199-01-01\n\nso\n`,
        )
        .join('\n'),
    );
  await org.repository.change(() => new Map([['kb/facts.md', facts(['a', 'b', 'c'])]]), 'by hand');
  await syncOrg(world.store, TEAM, org);
  await offerSleep(world, TEAM);
  expect(await waiting(world)).toEqual([]);
  place.pass(11 * MINUTE);
  await org.repository.change(() => new Map([['kb/facts.md', facts(['a', 'b', 'c', 'c'])]]), 'by hand');
  await syncOrg(world.store, TEAM, org);
  await offerSleep(world, TEAM);
  await offerSleep(world, TEAM);
  const [row, ...more] = await waiting(world);
  expect([row?.post, more]).toEqual([{ kind: 'sleep', notice: row?.key }, []]);
  const office = { world, directory: { name: async () => 'Kai' } } as unknown as Office;
  const drawn = async () =>
    JSON.stringify(await planPost(office, TEAM, { kind: 'sleep', notice: row?.key ?? '' }));
  expect(await drawn()).toContain('"to":{"channel":"C9"}');
  expect(await drawn()).toContain('kb sleep acme now');
  expect(await settleOffer(world, TEAM, org, 'U1')).toBe(true);
  expect(await settleOffer(world, TEAM, org, 'U1')).toBe(false);
  expect(await drawn()).toContain('No sleep of ');
  expect(await drawn()).not.toContain('kb sleep acme now');
  place.pass(6 * DAY);
  await offerSleep(world, TEAM);
  expect((await waiting(world)).map(({ key }) => key)).toEqual([`${row?.key}/later`]);
  place.pass(2 * DAY);
  await offerSleep(world, TEAM);
  const [again] = await waiting(world);
  await settleOffer(world, TEAM, org, 'U1', await sleep(world, TEAM, org));
  expect(await sleepNotice(world, TEAM, again?.key ?? '')).toMatchObject({ state: 'slept', by: 'U1' });
});

test('by direct message it keeps the pace of what is said unasked', async () => {
  const { world, org } = await replica('a');
  await sleepOnSchedule(world, TEAM);
  await remember(world, { team: TEAM, by: 'U7', kind: 'facts', org, text: 'pool: holds 40' });
  place.pass(DAY);
  await sleepOnSchedule(world, TEAM);
  const office = { world, directory: { name: async () => 'Kai' } } as unknown as Office;
  const [row] = await waiting(world);
  const plan = () => planPost(office, TEAM, { kind: 'sleep', notice: row?.key ?? '' });
  expect(await plan()).toMatchObject({ do: 'post', to: { dm: 'U7' } });
  expect(await plan()).toMatchObject({ do: 'wait' });
  expect(await planPost(office, TEAM, { kind: 'sleep-edit', notice: row?.key ?? '' })).toMatchObject({
    do: 'wait',
  });
  await world.store.posted(TEAM, row?.key ?? '', { channel: 'D7', ts: '1.0' });
  expect(await planPost(office, TEAM, { kind: 'sleep-edit', notice: row?.key ?? '' })).toMatchObject({
    do: 'edit',
    edits: [{ at: { channel: 'D7', ts: '1.0' } }],
  });
});
