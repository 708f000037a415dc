import { describe, expect, it } from 'vitest';
import { createSandboxClock } from '../../src/sandbox/clock.ts';

/** Real time under the test's control. */
function fakeReal(start = 1_000) {
  let real = start;
  const timers = new Set<{ readonly due: number; readonly fn: () => void }>();
  return {
    now: () => real,
    setTimer(ms: number, fn: () => void) {
      const timer = { due: real + ms, fn };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async pass(ms: number) {
      real += ms;
      for (const timer of [...timers]) if (timer.due <= real && timers.delete(timer)) timer.fn();
      await Promise.resolve();
      await Promise.resolve();
    },
    armed: () => timers.size,
  };
}

describe('createSandboxClock', () => {
  it('follows real time plus what was advanced', async () => {
    const real = fakeReal();
    const clock = createSandboxClock(real.now, real.setTimer);
    expect(clock.now()).toBe(1_000);
    await real.pass(500);
    await clock.advance(60_000);
    await real.pass(1);
    expect(clock.now()).toBe(61_501);
  });

  it('runs timers as real time passes, once, and none that was cancelled', async () => {
    const real = fakeReal();
    const clock = createSandboxClock(real.now, real.setTimer);
    const ran: string[] = [];
    clock.after(100, () => void ran.push('a'));
    const cancel = clock.after(50, () => void ran.push('cancelled'));
    cancel();
    await real.pass(99);
    expect(ran).toEqual([]);
    await real.pass(1);
    await real.pass(1_000);
    expect(ran).toEqual(['a']);
    expect(real.armed()).toBe(0);
  });

  it('advances through due timers in order, each at its own time and awaited', async () => {
    const real = fakeReal(0);
    const clock = createSandboxClock(real.now, real.setTimer);
    const ran: string[] = [];
    const note = (name: string) => async () => {
      await Promise.resolve();
      ran.push(`${name}@${clock.now()}`);
    };
    clock.after(300, note('late'));
    clock.after(100, async () => {
      await note('early')();
      clock.after(100, note('scheduled on the way'));
    });
    clock.after(1_001, note('not yet'));
    await clock.advance(1_000);
    expect(ran).toEqual(['early@100', 'scheduled on the way@200', 'late@300']);
    expect(clock.now()).toBe(1_000);
    await clock.advance(1);
    expect(ran.at(-1)).toBe('not yet@1001');
  });

  it('tells who listens after an advance, and waits for them', async () => {
    const clock = createSandboxClock(
      () => 0,
      () => () => {},
    );
    const heard: number[] = [];
    const stop = clock.onAdvance(async (now) => {
      await Promise.resolve();
      heard.push(now);
    });
    await Promise.all([clock.advance(10), clock.advance(5)]);
    stop();
    await clock.advance(1);
    expect(heard).toEqual([10, 15]);
  });

  it('refuses to go back', async () => {
    const clock = createSandboxClock(
      () => 0,
      () => () => {},
    );
    await expect(clock.advance(-1)).rejects.toThrow(RangeError);
    await expect(clock.advance(0.5)).rejects.toThrow(RangeError);
  });
});
