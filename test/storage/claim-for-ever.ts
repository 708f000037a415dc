/**
 * Run as a process of its own: claims what is due and what waits on the PostgreSQL of its first argument under an hour's lease, says what
 * it claimed, does it, says what is done, and says `nothing left` once nothing can be claimed. Waits to be killed.
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/storage/open-store.ts';
import { decision } from '../contracts/store/storage-bench.ts';

const [databaseUrl = '', owner = ''] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
const lease = { owner, for: 3_600_000, limit: 5 };

const store = await openStore({ databaseUrl, dataDir: '', now: () => 0 });
for (;;) {
  const due = await store.claimDue(lease);
  const posts = await store.claimPosts(lease);
  if (due.length + posts.length === 0) break;
  say(`claimed ${due.length} ${posts.length}`);
  for (const { ref, channel } of due) {
    await store.append(ref, 1, decision(['nudged'], { channel }));
    await store.releaseDue(ref, owner);
    say(`done due ${ref.number}`);
  }
  for (const { team, key } of posts) {
    await store.posting(team, key);
    await store.posted(team, key, { channel: 'C1', ts: key });
    say(`done post ${key}`);
  }
}
say('nothing left');
// An open handle keeps it here, as a bot with nothing to do would be.
setInterval(() => undefined, 60_000);
