import type { Usage } from './start-process.ts';

/** What this process takes now. */
export function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { memory: process.memoryUsage.rss(), cpu: (user + system) / 1_000 };
}
