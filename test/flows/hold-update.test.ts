import { describe, expect, it } from 'vitest';
import { act } from '../../src/flows/act.ts';
import { declareIncident } from '../../src/flows/declare.ts';
import { holdUpdate, whyHeld } from '../../src/flows/hold-update.ts';
import { given } from '../domain/given.ts';
import { onWorlds, TEAM } from './worlds.ts';

describe('an update is held', () => {
  const { incident } = given([1, { type: 'update', fields: { known: 'payments answers 429' } }]);

  it.each([
    ['hello <!here>', 'broadcast'],
    ['<!channel|@channel> look', 'broadcast'],
    ['<!everyone>', 'broadcast'],
    ['<!subteam^S1|@oncall> look', 'broadcast'],
    ['@channel look', 'broadcast'],
    ['(@here) look', 'broadcast'],
    ['Payments answers: 429', 'same'],
    ['mail me@here.example', undefined],
    ['the channel is here', undefined],
    ['@hereford is up', undefined],
    ['<@U1> restarts it', undefined],
  ])('%s: %s', (known, why) => {
    expect(whyHeld(incident, { known }, false)).toBe(why);
  });

  it('for a secret before anything else, and for nothing but these three', () => {
    expect(whyHeld(incident, { known: '@channel' }, true)).toBe('secret');
    expect(whyHeld(incident, { doing: '@channel' }, false)).toBe('broadcast');
    expect(whyHeld(incident, { impact: '@channel' }, false)).toBe('broadcast');
    expect(whyHeld(given().incident, { known: 'some vague things soon' }, false)).toBeUndefined();
  });
});

it(
  'what is held stays a draft of its author until it is settled',
  onWorlds(async (world) => {
    const declared = await declareIncident(
      world,
      TEAM,
      { title: 'x', severity: 'P1', channel: 'C1', private: false },
      { by: 'LEA' },
    );
    const draft = await holdUpdate(world, declared, { known: 'x' }, 'broadcast', 'KAI');
    expect(await world.store.drafts(TEAM, 'KAI')).toEqual([draft]);
    expect(draft).toMatchObject({ incident: 1, kind: 'held-update', body: { why: 'broadcast', promise: 1 } });
    await act(world, declared, { type: 'no-change' }, { by: 'LEA' });
    expect(await world.store.drafts(TEAM, 'KAI')).toEqual([draft]);
    await act(
      world,
      declared,
      { type: 'update', fields: { known: 'y' } },
      { by: 'KAI' },
      { settled: [draft.key] },
    );
    expect(await world.store.drafts(TEAM, 'KAI')).toEqual([]);
  }),
);
