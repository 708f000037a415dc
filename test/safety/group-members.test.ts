import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import { createGroupLookUp } from '../../src/safety/group-members.ts';

function world(answer: (group: string) => readonly string[]) {
  const asked: string[] = [];
  const clock = { now: 0 };
  const lookUp = createGroupLookUp(
    async (team, group) => {
      asked.push(`${team}/${group}`);
      return answer(group);
    },
    () => clock.now,
  );
  return { asked, clock, lookUp };
}

describe('user group look-ups', () => {
  it('are asked once per 15 minutes and team, also when asked for at the same moment', async () => {
    const { asked, clock, lookUp } = world(() => ['ULEA']);
    await Promise.all([lookUp('T1', ['S1', 'S1']), lookUp('T1', ['S1'])]);
    clock.now = 15 * MINUTE - 1;
    expect((await lookUp('T1', ['S1'])).get('S1')).toEqual(new Set(['ULEA']));
    expect(asked).toEqual(['T1/S1']);
    await lookUp('T2', ['S1']);
    clock.now = 15 * MINUTE;
    await lookUp('T1', ['S1']);
    expect(asked).toEqual(['T1/S1', 'T2/S1', 'T1/S1']);
  });

  it('leave out a group that Slack did not answer for, keep the rest, and ask again', async () => {
    let broken = true;
    const { asked, lookUp } = world((group) => {
      if (group === 'S2' && broken) throw new Error('ratelimited');
      return ['ULEA'];
    });
    expect([...(await lookUp('T1', ['S1', 'S2'])).keys()]).toEqual(['S1']);
    broken = false;
    expect([...(await lookUp('T1', ['S1', 'S2'])).keys()]).toEqual(['S1', 'S2']);
    expect(asked).toEqual(['T1/S1', 'T1/S2', 'T1/S2']);
  });

  it('do not use an old answer when the new one fails', async () => {
    let broken = false;
    const { clock, lookUp } = world(() => {
      if (broken) throw new Error('unavailable');
      return ['ULEA'];
    });
    await lookUp('T1', ['S1']);
    broken = true;
    clock.now = 16 * MINUTE;
    expect((await lookUp('T1', ['S1'])).size).toBe(0);
  });
});
