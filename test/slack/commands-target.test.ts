import { describe, expect, it } from 'vitest';
import { act } from '../../src/flows/act.ts';
import { declareIncident } from '../../src/flows/declare.ts';
import type { World } from '../../src/flows/ports.ts';
import type { Call } from '../../src/slack/command-row.ts';
import { COMMANDS } from '../../src/slack/command-table.ts';
import type { Request } from '../../src/slack/request.ts';
import { targetOf } from '../../src/slack/target.ts';
import { parseCommand } from '../../src/slack/words/parse-command.ts';
import { onWorlds, TEAM } from '../flows/worlds.ts';
import { fakeSlack } from './fake-office.ts';

function asks(
  world: World,
  typed: string,
  more: Partial<Request> = {},
  inside = true,
  allowed = false,
): Promise<number> {
  const reading = parseCommand(typed, COMMANDS);
  if (reading.kind !== 'command') throw new Error(`not understood: ${typed}`);
  const { office } = fakeSlack(world);
  const request: Request = {
    kind: 'mention',
    key: 'k',
    team: TEAM,
    byTeam: TEAM,
    by: 'KAI',
    channel: 'C1',
    direct: false,
    at: 0,
    ...more,
  };
  const directory = { ...office.directory, inChannel: async () => inside };
  const call: Call = {
    ...reading.parsed,
    request,
    bot: { ...office, directory, inAllowedGroup: async () => allowed } as unknown as Call['bot'],
  };
  return targetOf(call).then((incident) => incident.number);
}

const DM: Partial<Request> = { kind: 'dm', channel: 'D1', direct: true };

function declareIn(world: World, channel: string, by = 'LEA', isPrivate = false) {
  return declareIncident(
    world,
    TEAM,
    { title: `in ${channel}`, severity: 'P2', channel, private: isPrivate },
    { by },
  );
}

describe('which incident a command is about', () => {
  it(
    'the one named, else the one of the channel',
    onWorlds(async (world) => {
      await declareIn(world, 'C1');
      await declareIn(world, 'C2');
      expect(await asks(world, 'resolve')).toBe(1);
      expect(await asks(world, 'INC-2 resolve')).toBe(2);
      expect(await asks(world, 'resolve INC-2')).toBe(2);
      await expect(asks(world, 'INC-9 resolve')).rejects.toMatchObject({ rule: 'no-such-incident' });
      await expect(asks(world, 'resolve', { team: 'T2' })).rejects.toMatchObject({
        rule: 'no-incident-here',
      });
    }),
  );

  it(
    'in a channel without one the open ones are offered, with what was typed',
    onWorlds(async (world) => {
      await expect(asks(world, 'update x')).rejects.toMatchObject({ rule: 'no-incident-here', next: [] });
      await declareIn(world, 'C2');
      await expect(asks(world, 'update x')).rejects.toMatchObject({
        rule: 'no-incident-here',
        next: [{ command: 'INC-1 update x' }],
      });
    }),
  );

  it(
    'one that has ended can be looked at; to change it, it is reopened',
    onWorlds(async (world) => {
      const incident = await declareIn(world, 'C1');
      await act(world, incident, { type: 'override', reason: 'it is over' }, { by: 'LEA' });
      expect(await asks(world, 'status')).toBe(1);
      await expect(asks(world, 'update x')).rejects.toMatchObject({
        rule: 'not-open',
        next: [{ command: 'reopen INC-1' }],
      });
    }),
  );

  it(
    'in a direct message the only one you lead, else the only open one, else you are asked',
    onWorlds(async (world) => {
      await expect(asks(world, 'status', DM)).rejects.toMatchObject({ rule: 'no-open-incident' });
      await declareIn(world, 'C1');
      expect(await asks(world, 'status', DM)).toBe(1);
      await declareIn(world, 'C2');
      await expect(asks(world, 'status', DM)).rejects.toMatchObject({ rule: 'which-incident' });
      await declareIn(world, 'C3', 'KAI');
      expect(await asks(world, 'status', DM)).toBe(3);
    }),
  );

  it(
    'a private one is for those in its channel, and elsewhere does not exist',
    onWorlds(async (world) => {
      await declareIn(world, 'C1', 'LEA', true);
      expect(await asks(world, 'status')).toBe(1);
      expect(await asks(world, 'INC-1 status', DM)).toBe(1);
      for (const [more, inside] of [
        [DM, false],
        [{ channel: 'C2' }, true],
      ] as const)
        await expect(asks(world, 'INC-1 status', more, inside)).rejects.toMatchObject({
          rule: 'no-such-incident',
        });
      await expect(asks(world, 'update x', { channel: 'C2' })).rejects.toMatchObject({ next: [] });
    }),
  );

  it(
    'from elsewhere only those in its channel or with a role change it; anyone may look',
    onWorlds(async (world) => {
      await declareIn(world, 'C1');
      const elsewhere = { channel: 'C2' };
      expect(await asks(world, 'INC-1 status', elsewhere, false)).toBe(1);
      await expect(asks(world, 'INC-1 resolve', elsewhere, false)).rejects.toMatchObject({
        rule: 'not-there',
      });
      expect(await asks(world, 'INC-1 resolve', elsewhere, true)).toBe(1);
      expect(await asks(world, 'INC-1 resolve', elsewhere, false, true)).toBe(1);
      expect(await asks(world, 'INC-1 resolve', { ...elsewhere, by: 'LEA' }, false)).toBe(1);
    }),
  );
});
