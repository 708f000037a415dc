import { expect, it } from 'vitest';
import { act } from '../../src/flows/act.ts';
import { declareIncident } from '../../src/flows/declare.ts';
import { onWorlds, TEAM } from './worlds.ts';

it(
  'does once what was asked once, when a process died after it was recorded',
  onWorlds(async (world) => {
    const opening = { title: 'checkout 500s', severity: 'P1', channel: 'C1', private: false } as const;
    const incident = await declareIncident(world, TEAM, opening, { by: 'LEA', key: 'message/C1/1' });
    const note = { type: 'note', text: 'restarted pod 3' } as const;
    const first = await act(world, incident, note, { by: 'LEA', key: 'message/C1/2' });
    const again = await act(world, incident, note, { by: 'LEA', key: 'message/C1/2', resumed: true });
    expect(again.events.map(({ event }) => event.type)).toEqual(['noted']);
    expect(again.after.version).toBe(first.after.version);
    // The same words asked for by another message are another note; what nobody had done yet is done.
    const other = await act(world, incident, note, { by: 'LEA', key: 'message/C1/3', resumed: true });
    expect(other.after.version).toBe(first.after.version + 1);
  }),
);
