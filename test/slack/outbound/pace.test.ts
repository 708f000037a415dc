import { describe, expect, it } from 'vitest';
import { createPace, type PaceLimits, SLACK_PACE } from '../../../src/slack/outbound/pace.ts';
import { createTestClock } from '../../slack-kit/test-clock.ts';

function startPace(limits: Partial<PaceLimits> = {}) {
  const clock = createTestClock();
  const began = clock.now();
  const pace = createPace(clock, { ...SLACK_PACE, ...limits });
  const went: string[] = [];
  const ask = (
    name: string,
    method: string,
    options: { priority?: number; channel?: string; until?: number } = {},
  ) =>
    pace.run({ priority: 2, until: began + 3_600_000, method, ...options }, async () => {
      went.push(`${name} ${(clock.now() - began) / 1_000}`);
    });
  return { clock, pace, went, ask, began };
}

describe('the pace', () => {
  it('lets a channel have a short burst, then one a second on the long run; others go on', async () => {
    const { clock, went, ask } = startPace();
    const all = Array.from({ length: 9 }, (_, index) =>
      ask(String(index), 'chat.postMessage', { channel: 'C1' }),
    );
    await ask('other', 'chat.postMessage', { channel: 'C2' });
    expect(went).toEqual(['0 0', '1 0', '2 0', '3 0', 'other 0']);
    await clock.advance(8_000);
    await Promise.all(all);
    expect(went.slice(5)).toEqual(['4 4', '5 4', '6 4', '7 4', '8 8']);
  });

  it('keeps chat.update under 50 a minute for all cards, with room for clicks', async () => {
    const { clock, went, ask } = startPace();
    const cards = Array.from({ length: 80 }, (_, index) =>
      ask(`card${index}`, 'chat.update', { priority: 3, channel: `C${index}` }),
    );
    expect(went).toHaveLength(20);
    await new Promise((resolve) => setImmediate(resolve));
    const before = went.length;
    expect(before).toBe(35);
    await ask('click', 'chat.update', { priority: 0 });
    expect(went.at(-1)).toBe('click 0');
    await clock.advance(59_999);
    expect(went).toHaveLength(36);
    await clock.advance(120_001);
    await Promise.all(cards);
    for (const start of [0, 60, 120]) {
      const inMinute = went.filter((one) => {
        const second = Number(one.split(' ')[1]);
        return second >= start && second < start + 60;
      });
      expect(inMinute.length).toBeLessThanOrEqual(50);
    }
  });

  it('takes clicks before nudges before updates before card edits', async () => {
    const { clock, went, ask } = startPace({ otherMethod: { most: 1, within: 1_000 } });
    const all = [
      ask('now', 'x'),
      ask('card', 'x', { priority: 3 }),
      ask('update', 'x', { priority: 2 }),
      ask('nudge', 'x', { priority: 1 }),
      ask('click', 'x', { priority: 0 }),
    ];
    await clock.advance(4_000);
    await Promise.all(all);
    expect(went).toEqual(['now 0', 'click 1', 'nudge 2', 'update 3', 'card 4']);
  });

  it('never lets calls that hang keep a click waiting', async () => {
    const { pace, ask, went, began } = startPace({ otherMethod: { most: 1_000, within: 1_000 } });
    for (let index = 0; index < 50; index++)
      void pace.run({ method: 'slow', priority: 2, until: began + 1_000 }, () => new Promise(() => {}));
    await ask('click', 'views.open', { priority: 0 });
    expect(went).toEqual(['click 0']);
  });

  it('gives back what would come too late', async () => {
    const { pace, ask, began } = startPace();
    pace.hold('views.open', undefined, began + 10_000);
    await expect(ask('modal', 'views.open', { until: began + 2_500 })).rejects.toMatchObject({
      name: 'SlackUnreached',
    });
  });

  it('lets a long queue out within its minutes', async () => {
    const { clock, ask, went } = startPace();
    const all = Array.from({ length: 3_000 }, (_, index) =>
      ask(String(index), 'chat.postMessage', { channel: `C${index % 500}`, until: Number.MAX_SAFE_INTEGER }),
    );
    for (let minute = 0; went.length < 3_000 && minute < 15; minute++) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(60_000);
    }
    await Promise.all(all);
    expect(went).toHaveLength(3_000);
  });
});
