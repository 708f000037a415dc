import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { knowledgeList, recalled } from '../../../blocks/knowledge/knowledge.ts';
import { journalMessage } from '../../../blocks/knowledge/knowledge-journal.ts';
import { DAY } from '../../../src/domain/time.ts';
import { journal } from '../../../src/flows/knowledge/journal.ts';
import { everything, recall } from '../../../src/flows/knowledge/recall.ts';
import { remember } from '../../../src/flows/knowledge/remember.ts';
import { fillShelves } from '../../../src/flows/knowledge/shelve.ts';
import { startRemote } from '../../knowledge/real-git.ts';
import { TEAM, worlds } from '../worlds.ts';

const reading = { now: 0, name: (person: string) => person };

test('a tier that could not be read is named in every answer that is made without it, and nothing is cut without a word', async () => {
  using remote = startRemote();
  const place = worlds();
  try {
    const org = { name: 'acme', repository: await remote.open('a') };
    const world = await place.open({ knowledge: { shipped: [], orgs: [org], staleAfter: 180 * DAY } });
    for (let n = 0; n < 7; n++)
      await remember(world, { team: TEAM, by: 'U1', kind: 'facts', org, text: `pool ${n}: holds 40` });
    const lists = async () => {
      const found = await recall(world, { team: TEAM, text: 'pool holds' });
      const { month, pages, unread } = await journal(world, { team: TEAM });
      return [
        recalled('pool holds', found, reading),
        knowledgeList('facts', await everything(world, { team: TEAM, kind: 'facts' }), found.unread),
        knowledgeList('queries', await everything(world, { team: TEAM, kind: 'queries' }), found.unread),
        journalMessage(month, pages, unread, reading),
      ].map((message) => JSON.stringify(message));
    };
    const well = await lists();
    for (const said of well) expect(said).not.toContain('Not up to date');
    expect(well[0]).toContain('the best of 7 or more');
    for (let n = 0; n < 7; n++) expect(well[1]).toContain(`pool ${n}`);
    for (let n = 0; n < 7; n++) expect(well[3]).toContain(`saved facts/pool ${n}`);

    renameSync(join(remote.folder, 'remote.git'), join(remote.folder, 'gone.git'));
    expect(await fillShelves(world, TEAM)).toEqual([
      { shelf: 'org/acme', why: expect.stringContaining('git') },
    ]);
    for (const said of await lists()) expect(said).toMatch(/Not up to date: .*acme/);
    // What was read before is still there.
    expect((await lists())[1]).toContain('pool 6');
  } finally {
    await place.close();
  }
});
