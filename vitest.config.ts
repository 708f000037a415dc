import { defineConfig } from 'vitest/config';

/** Tests of pure functions keep nothing between files, so they can share a process; all others have one of their own. */
const PURE = ['blocks', 'charts', 'config', 'domain', 'kb', 'safety'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    pool: 'forks',
    // Vitest would leave one of two cores idle.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      {
        extends: true,
        test: { name: 'rest', include: ['test/**/*.test.ts'], exclude: ['test/heavy/**', ...PURE] },
      },
    ],
  },
});
