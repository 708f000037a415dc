import { defineConfig } from 'vitest/config';

/** Suites that end processes or read what is left of one have a process to themselves. */
const ALONE = ['test/kill/**/*.test.ts', 'test/cli/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    // Vitest would leave one of two cores idle.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts'],
          exclude: ['test/heavy/**', ...ALONE],
          // No module keeps anything between files (test/architecture), so two processes load the house once each.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
});
