import type { Backend } from '../backends/backend.ts';
import { BackendError } from '../domain/errors.ts';
import type { Post } from '../domain/post.ts';
import { SECOND } from '../domain/time.ts';
import type { Store } from '../storage/store.ts';
import type { Metrics } from './metrics.ts';

/** The same backend, its queries counted. */
export function watchBackend(backend: Backend, metrics: Metrics): Backend {
  const counted = (failure: string) =>
    metrics.count('steady_backend_queries_total', { tool: backend.tool, failure });
  return {
    ...backend,
    query: async (question, signal) => {
      try {
        const answer = await backend.query(question, signal);
        counted('none');
        return answer;
      } catch (error) {
        counted(error instanceof BackendError ? error.failure : 'fault');
        throw error;
      }
    },
  };
}

/** The same store; how late due work is taken up and what becomes of posts is measured on the way. */
export function watchStore(store: Store, metrics: Metrics): Store {
  const kinds = new Map<string, string>();
  const id = (team: string, key: string) => `${team}/${key}`;

  function counted(team: string, key: string, outcome: string): void {
    const kind = kinds.get(id(team, key));
    if (kind === undefined) return;
    kinds.delete(id(team, key));
    metrics.count('steady_posts_total', { kind, outcome });
  }

  return {
    ...store,
    claimDue: async (lease) => {
      const claimed = await store.claimDue(lease);
      const now = claimed.length > 0 ? await store.now() : 0;
      for (const { dueAt } of claimed)
        if (dueAt !== undefined)
          metrics.observe('steady_tick_lateness_seconds', Math.max(0, now - dueAt) / SECOND);
      return claimed;
    },
    claimPosts: async (lease, keys) => {
      const rows = await store.claimPosts(lease, keys);
      for (const row of rows) kinds.set(id(row.team, row.key), (row.post as unknown as Post).kind);
      return rows;
    },
    posted: async (team, key, message, binding) => {
      await store.posted(team, key, message, binding);
      counted(team, key, 'posted');
    },
    postFailed: async (team, key, retry) => {
      await store.postFailed(team, key, retry);
      counted(team, key, 'failed');
    },
    postRefused: async (team, key, why) => {
      await store.postRefused(team, key, why);
      counted(team, key, 'refused');
    },
  };
}

/** Counts what is open now; asked anew for every look, because another replica may have changed it. */
export async function measureIncidents(store: Store, team: string, metrics: Metrics): Promise<void> {
  const open = await store.list(team, { open: true, limit: 10_000 });
  const now = await store.now();
  metrics.set('steady_incidents_open', open.length);
  metrics.set(
    'steady_promises_overdue',
    open.filter(({ promisedAt }) => promisedAt !== undefined && promisedAt < now).length,
  );
}
