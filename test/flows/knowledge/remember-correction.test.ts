import { expect, it } from 'vitest';
import type { Entry } from '../../../src/domain/knowledge/entry.ts';
import { DAY } from '../../../src/domain/time.ts';
import { remember } from '../../../src/flows/knowledge/remember.ts';
import { rememberCorrection } from '../../../src/flows/knowledge/remember-correction.ts';
import type { World } from '../../../src/flows/ports.ts';
import { onWorlds, TEAM } from '../worlds.ts';

const ORG = { name: 'acme' };
const WHAT = {
  team: TEAM,
  by: 'LEA',
  backend: { title: 'Prometheus prod' },
  service: 'checkout',
  correction: { signal: 'latency', metric: 'other_seconds_bucket' },
} as const;

async function bodies(world: World): Promise<readonly string[]> {
  return (await world.store.knowledge(TEAM, ['org/acme'])).map(({ entry }) => {
    const { key, body } = entry as unknown as Entry;
    return `${key}: ${body}`;
  });
}

it(
  'a signal that somebody corrected is a fact of the team, once; what is left to conventions is none',
  onWorlds(async (bare, all) => {
    const world: World = { ...bare, knowledge: { shipped: [], orgs: [ORG], staleAfter: DAY } };
    const at = all.now();
    await rememberCorrection(world, WHAT);
    all.pass(30_000);
    await rememberCorrection(world, { ...WHAT, resumedFrom: at });
    await rememberCorrection(world, { ...WHAT, correction: { signal: 'errors' } });
    expect(await bodies(world)).toEqual([
      'checkout latency: `other_seconds_bucket` shows it in Prometheus prod; what conventions choose did not.',
    ]);
    await rememberCorrection({ ...world, knowledge: { shipped: [], orgs: [], staleAfter: DAY } }, WHAT);
    expect(await bodies(world)).toHaveLength(1);
  }),
);

it(
  'an entry that a process died over while it was corrected is corrected once',
  onWorlds(async (world, all) => {
    const old = await remember(world, { team: TEAM, by: 'LEA', kind: 'facts', text: 'pool: holds 40' });
    all.pass(10 * 60_000);
    const asked = { team: TEAM, by: 'LEA', kind: 'facts', text: 'holds 80', correcting: old.entry } as const;
    const at = all.now();
    await remember(world, asked);
    all.pass(30_000);
    await remember(world, { ...asked, resumedFrom: at });
    expect(await world.store.knowledge(TEAM, ['personal/LEA'])).toHaveLength(2);
  }),
);
