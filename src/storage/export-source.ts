import { setTimeout as wait } from 'node:timers/promises';
import { bindings } from './bindings.ts';
import { encodeKey } from './codec.ts';
import { incidents } from './incidents.ts';
import { knowledge } from './knowledge.ts';
import { openEngine, type StoreOptions } from './open-store.ts';
import { openSession } from './session.ts';
import { snapshots } from './snapshots.ts';
import type { IncidentRef, Store } from './store.ts';

/** What an export reads, beside a running bot; nothing of it is held longer than it is looked at. */
export interface ExportSource extends Pick<Store, 'load' | 'bindings' | 'snapshot' | 'knowledge'> {
  /** Every incident, by team and number. */
  incidents(): AsyncIterable<IncidentRef>;
  /** The shelves of organisations that hold anything. */
  orgShelves(): Promise<readonly { readonly team: string; readonly shelf: string }[]>;
  close(): Promise<void>;
}

const PAGE = 500;

/** Opens what Steady remembers for reading alone. Throws ConfigError where there is none. */
export async function openExportSource(options: StoreOptions): Promise<ExportSource> {
  const engine = await openEngine({ ...options, readOnly: true });
  const session = openSession(
    engine,
    () => undefined,
    (duration) => wait(duration),
  );
  return {
    load: incidents(session).load,
    bindings: bindings(session).bindings,
    snapshot: snapshots(session).snapshot,
    knowledge: knowledge(session).knowledge,
    async *incidents() {
      let after: IncidentRef | undefined;
      for (;;) {
        const from = after;
        const page = await session.read((db) => {
          const all = db.selectFrom('steady_incidents').select(['team', 'number']);
          const rest = from
            ? all.where((at) =>
                at.or([
                  at('team', '>', encodeKey(from.team)),
                  at.and([at('team', '=', encodeKey(from.team)), at('number', '>', from.number)]),
                ]),
              )
            : all;
          return rest.orderBy('team').orderBy('number').limit(PAGE).execute();
        });
        yield* page;
        after = page.at(-1);
        if (page.length < PAGE) return;
      }
    },
    orgShelves: () =>
      session.read((db) =>
        db
          .selectFrom('steady_knowledge')
          .select(['team', 'shelf'])
          .distinct()
          .where('shelf', 'like', 'org/%')
          .where('gone_at', 'is', null)
          .orderBy('team')
          .orderBy('shelf')
          .execute(),
      ),
    close: () => session.close(),
  };
}
