import { describe, expect, test } from 'vitest';
import { startHangingBackend } from '../../../bench/bots.ts';
import { measureCommands } from '../../../bench/measures/commands.ts';
import { measureKept } from '../../../bench/measures/kept.ts';
import { measureRecall } from '../../../bench/measures/recall.ts';
import { measureTick } from '../../../bench/measures/tick.ts';

describe('the benchmark', () => {
  test('lets Steady and a bare app answer the same people', async () => {
    const backend = await startHangingBackend();
    try {
      const lines = await measureCommands({
        transport: 'http',
        backendUrl: backend.url,
        senders: 3,
        channels: 1,
        rounds: 1,
        span: 1,
      });
      expect(lines.map(({ measure }) => measure)).toEqual([
        'commands per second',
        'time to acknowledge, p99',
        'time to acknowledge, p50',
        'computing time per command',
        'resident memory, idle',
        'resident memory, after the load',
      ]);
      for (const { value, baseline, ratio } of lines)
        expect(Math.min(value, baseline, ratio)).toBeGreaterThan(0);
      expect(lines[0]).toMatchObject({ bound: '>= 0.7', senders: 3, transport: 'http' });
    } finally {
      await backend.stop();
    }
  }, 60_000);

  test('finds what is known, and brings it in, beside a bare look-up of a row', async () => {
    const lines = await measureRecall({ many: 200, rounds: 1 });
    expect(lines.map(({ measure, bound }) => [measure, bound])).toEqual([
      ['recall, p99, 200 known', undefined],
      ['recall, median, 200 known', undefined],
      ['longest stall meanwhile, recall of 200', undefined],
      ['import at start, an entry of 200', undefined],
      ['the same again, nothing new', undefined],
      ['longest stall meanwhile, import of 200', undefined],
      ['longest stall meanwhile, reading the file of 200', undefined],
    ]);
    for (const { value, baseline } of lines) expect(Math.min(value, baseline)).toBeGreaterThan(0);
  }, 60_000);

  test('makes files and charts of kept answers beside the plainest way', async () => {
    const lines = await measureKept(1, { series: 4, points: 500 });
    expect(lines).toMatchObject([
      { measure: 'rows of a kept answer', rows: 2_000 },
      { measure: 'longest stall meanwhile, rows', bound: '<= 20 ms' },
      { measure: 'chart of a kept answer', rows: 2_000 },
      { measure: 'longest stall meanwhile, chart', bound: '<= 20 ms' },
    ]);
    for (const { value, baseline } of lines) expect(Math.min(value, baseline)).toBeGreaterThan(0);
  }, 60_000);

  test('ticks over full storages, and every tick does its hundred', async () => {
    const lines = await measureTick({ open: [300, 600], rounds: 1 });
    expect(lines).toMatchObject([
      { measure: 'tick, 600 open', baselineOpen: 300, due: 100, bound: '<= 1.2' },
    ]);
  }, 60_000);
});
