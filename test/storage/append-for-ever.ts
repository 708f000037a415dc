/**
 * Run as a process of its own and killed by its test: opens the store in the folder of its first argument, says `open`, then
 * appends for ever, in every channel named after it at once, and says the version of each append when it is acknowledged.
 */
import { writeSync } from 'node:fs';
import { ConfigError } from '../../src/domain/errors.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';

const [dataDir = '', ...channels] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);

async function appendForEver(store: Store, channel: string): Promise<void> {
  const projection = {
    channel,
    title: 't',
    severity: 'P1',
    phase: 'p',
    open: true,
    lead: 'U1',
    declaredAt: 1,
  };
  const ref = await store.declare('T1', () => ({ events: [], projection }));
  for (let version = 0; ; ) {
    const name = `e${version + 1}`;
    version = await store.append(ref, version, {
      events: [{ at: 1, body: name }],
      projection,
      posts: [{ key: `${channel}/${name}`, post: name, priority: 1 }],
      snapshots: [{ key: `${channel}/${name}`, bytes: new Uint8Array(5_000) }],
    });
    say(`${channel} ${version}`);
  }
}

try {
  const store = await openStore({ dataDir, now: () => 1 });
  say('open');
  await Promise.all(channels.map((channel) => appendForEver(store, channel)));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  say(`refused ${error.message}`);
  process.exitCode = 3;
}
