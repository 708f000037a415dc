import { sql } from 'kysely';
import type { Session } from './session.ts';
import type { Store } from './store.ts';

/** Forgets what is done and old. */
export function prune(session: Session): Pick<Store, 'prune'> {
  return {
    prune: (before) =>
      session.write('prune', async (tx) => {
        const deliveries = await tx
          .deleteFrom('steady_deliveries')
          .where(sql<boolean>`finished = 1`)
          .where('at', '<', before)
          .executeTakeFirstOrThrow();
        const posts = await tx
          .deleteFrom('steady_posts')
          .where('done_at', 'is not', null)
          .where('done_at', '<', before)
          .executeTakeFirstOrThrow();
        return Number(deliveries.numDeletedRows + posts.numDeletedRows);
      }),
  };
}
