import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

describe('the benchmark', () => {
  test('keeps its baselines small', () => {
    const folder = new URL('../../bench/baselines/', import.meta.url);
    const lines = readdirSync(folder).map((file) => [
      file,
      readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n').length,
    ]);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter(([, count]) => Number(count) > 40)).toEqual([]);
  });
});
