import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFile } from '../../../src/domain/knowledge/read-file.ts';
import { DAY } from '../../../src/domain/time.ts';
import { examine } from '../../../src/flows/knowledge/doctor.ts';
import { sleep } from '../../../src/flows/knowledge/sleep.ts';
import type { World } from '../../../src/flows/ports.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { startRemote } from '../../knowledge/real-git.ts';

const OLD =
  '# Facts\n\n## M-2025-01-01T00:00:00Z pool\n\n- type: fact\n- last_used: 2025-01-01\n\nholds 40\n\n## M-soon broken\n';

test('the doctor exchanges with each repository once, tells what is ill, and a sleep mends what it named', async () => {
  using remote = startRemote();
  const repository = await remote.open('a');
  await repository.change(() => new Map([['kb/facts.md', readFile('facts', OLD)]]), 'by hand');
  let syncs = 0;
  const counted = {
    ...repository,
    sync: () => {
      syncs++;
      return repository.sync();
    },
  };
  const org = { name: 'acme', repository: counted };
  const store = await openStore({ dataDir: join(remote.folder, 'data'), now: () => Date.UTC(2026, 10, 28) });
  try {
    const world = {
      store,
      knowledge: { shipped: [], orgs: [org], staleAfter: 180 * DAY },
    } as unknown as World;
    const acme = async () => (await examine(world, 'T1', 'U1')).find(({ shelf }) => shelf === 'org/acme');
    expect(await acme()).toMatchObject({
      entries: 1,
      problems: [expect.stringMatching(/^kb\/facts\.md:10: an entry begins with a time/)],
      toTidy: 1,
      unpushed: 0,
    });
    expect(syncs).toBe(1);
    expect((await sleep(world, 'T1', org)).steps).toHaveLength(1);
    expect(await acme()).toMatchObject({ entries: 0, toTidy: 0 });
    expect(remote.git(remote.folder, '--git-dir=remote.git', 'show', 'main:archive/facts.md')).toContain(
      'holds 40',
    );
  } finally {
    await store.close();
  }
});
