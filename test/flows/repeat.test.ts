import { describe, expect, it } from 'vitest';
import { repeat } from '../../src/flows/repeat.ts';

/** A clock whose one alarm a test rings. */
function alarm() {
  const calls = new Set<() => void | Promise<void>>();
  return {
    clock: {
      now: () => 0,
      after: (_ms: number, call: () => void | Promise<void>) => {
        calls.add(call);
        return () => void calls.delete(call);
      },
    },
    waiting: () => calls.size,
    ring: () => {
      const [call] = calls;
      if (call) calls.delete(call);
      return call?.();
    },
  };
}

describe('something repeated', () => {
  it('runs when its time comes, and again after that', async () => {
    const { clock, ring, waiting } = alarm();
    let done = 0;
    const faults: unknown[] = [];
    repeat(
      clock,
      10,
      async () => done++,
      (error) => faults.push(error),
    );
    expect(done).toBe(0);
    for (let i = 1; i <= 3; i++) {
      await ring();
      expect([done, waiting()]).toEqual([i, 1]);
    }
    expect(faults).toEqual([]);
  });

  it('never runs twice at once: what is asked meanwhile comes right after, once', async () => {
    const { clock, waiting } = alarm();
    const gates: PromiseWithResolvers<void>[] = [];
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      await gate.promise;
      running--;
    };
    const repeating = repeat(clock, 10, work, () => {});
    const first = repeating.soon();
    const later = [repeating.soon(), repeating.soon(), repeating.soon()];
    expect(gates).toHaveLength(1);
    gates[0]?.resolve();
    await first;
    await Promise.resolve();
    expect(gates).toHaveLength(2);
    gates[1]?.resolve();
    await Promise.all(later);
    expect([gates.length, most, waiting()]).toEqual([2, 1, 1]);
  });

  it('goes on after a failure, which is told', async () => {
    const { clock, ring, waiting } = alarm();
    const faults: unknown[] = [];
    repeat(
      clock,
      10,
      async () => {
        throw new Error('broken');
      },
      (error) => faults.push(error),
    );
    await ring();
    await ring();
    expect(faults).toHaveLength(2);
    expect(waiting()).toBe(1);
  });

  it('stops after the one under way, and starts no more', async () => {
    const { clock, waiting } = alarm();
    const gate = Promise.withResolvers<void>();
    let done = 0;
    const repeating = repeat(
      clock,
      10,
      async () => {
        await gate.promise;
        done++;
      },
      () => {},
    );
    void repeating.soon();
    void repeating.soon();
    const stopped = repeating.stop();
    gate.resolve();
    await stopped;
    await repeating.soon();
    expect([done, waiting()]).toEqual([1, 0]);
  });
});
