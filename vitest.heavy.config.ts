import { defineConfig } from 'vitest/config';

/** Suites too slow for every run: kill points, browsers, real servers. `.ci/run` calls them. */
export default defineConfig({
  test: {
    include: ['test/heavy/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
