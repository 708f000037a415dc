import { expect, it } from 'vitest';
import { act } from '../../src/flows/act.ts';
import { declareIncident } from '../../src/flows/declare.ts';
import { createLatest } from '../../src/flows/latest.ts';
import { onWorlds, TEAM } from './worlds.ts';

const DECLARE = { title: 'checkout 500s', severity: 'P1', channel: 'C1', private: false } as const;
const [LEA, KAI] = [{ by: 'LEA' }, { by: 'KAI' }];

it(
  'what a process remembers never outvotes the timeline',
  onWorlds(async (stored, all) => {
    const latest = createLatest();
    const world = { ...stored, latest };
    const other = await all.open();
    const incident = await declareIncident(world, TEAM, DECLARE, LEA);
    await act(world, incident, { type: 'note', text: 'one' }, LEA);
    expect(latest.get(incident)?.version).toBe(2);

    // Another process moves on; the remembered state is refuted by its version.
    await act(other, incident, { type: 'note', text: 'two' }, KAI);
    const third = await act(world, incident, { type: 'note', text: 'three' }, LEA);
    expect(third.events.map((one) => one.seq)).toEqual([4]);

    // From memory this would be refused, although it is allowed by now.
    await act(world, incident, { type: 'override', reason: 'it is over' }, LEA);
    await act(other, incident, { type: 'reopen' }, KAI);
    const again = await act(world, incident, { type: 'override', reason: 'it is over' }, LEA);
    expect(again.after.phase).toBe('resolved');
  }),
);

it('remembers a bounded number of incidents, the newest written', () => {
  const latest = createLatest();
  const incident = (number: number) => ({ team: TEAM, number }) as Parameters<typeof latest.set>[0];
  for (let number = 1; number <= 201; number++) latest.set(incident(number));
  expect(latest.get({ team: TEAM, number: 1 })).toBeUndefined();
  expect(latest.get({ team: TEAM, number: 201 })).toBeDefined();
});
