import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { ConfigError } from '../../src/domain/errors.ts';
import { createLog } from '../../src/log.ts';
import { type RunningBot, runBot } from '../../src/run-bot.ts';
import { backup } from '../../src/storage/backup.ts';
import { restore } from '../../src/storage/restore.ts';
import { setRealTimer } from '../slack-kit/test-clock.ts';
import { usePostgres } from '../storage/use-postgres.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';

const postgres = usePostgres();
const kits: BotKit[] = [];

afterEach(async () => {
  for (const kit of kits.splice(0)) await kit.stop();
});

async function started(...[options]: Parameters<typeof startBotKit>): Promise<BotKit> {
  const kit = await startBotKit(options);
  kits.push(kit);
  return kit;
}

async function declared(kit: BotKit): Promise<void> {
  await kit.person('Lea').say('checkout', '@Steady declare P2 checkout 500s here');
  await kit.settled();
}

/** Another bot in the same workspace. */
function another(kit: BotKit, config: Config, warnings: string[] = []): Promise<RunningBot> {
  const free = { most: 1_000, within: 1_000 };
  const began = Date.now();
  return runBot({
    config,
    clock: kit.clock,
    // The server's clock runs on: one that stood still would be a little earlier with every slower answer, and what is ready now
    // would not be ready yet.
    databaseAhead: () => kit.clock.now() - began,
    realClock: { now: () => Date.now(), after: setRealTimer },
    owner: randomUUID(),
    limits: { channel: free, workspace: free, editEvery: 0 },
    log: (redactor) => createLog('warn', redactor, (line) => void warnings.push(line)),
  });
}

describe('a second Steady', () => {
  it('on the same data folder does not start and says what to do; the first goes on', async () => {
    const first = await started();
    const again = another(first, first.config);
    await expect(again).rejects.toThrow(ConfigError);
    await expect(again).rejects.toThrow(/Another Steady is using the data folder/);
    await expect(again).rejects.toThrow(/Stop it first.*STEADY_DATA_DIR/);
    await declared(first);
    expect(first.channel('checkout').join()).toContain('INC-1');
  });
});

describe.runIf(postgres !== undefined)('with PostgreSQL', () => {
  it('the whole incident plays through', async () => {
    const kit = await started({ databaseUrl: (await postgres?.().createPlace()) ?? '' });
    await declared(kit);
    await kit.person('Lea').say('checkout', '@Steady update impact: 23 % of checkouts fail');
    await kit.settled();
    const asked = await kit.person('Kai').say('checkout', '@Steady prom up');
    await kit.settled();
    expect(kit.thread('checkout', asked).join()).toContain('E1');
    await kit.person('Lea').say('checkout', '@Steady override payments raised our limit');
    await kit.settled();
    expect(kit.channel('checkout').at(-1)).toContain('resolved');
    expect(kit.warnings).toEqual([]);
  });

  it('a backup taken from SQLite while it runs goes on there: same incident, same promise, nothing said twice', async () => {
    const kit = await started();
    await declared(kit);
    await kit.person('Lea').say('checkout', '@Steady update impact: 23 % of checkouts fail');
    await kit.settled();
    const folder = mkdtempSync(join(tmpdir(), 'steady-backups-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'steady.backup');
    const { now } = kit.clock;
    await backup({ dataDir: kit.dataDir, now }, file);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    const databaseUrl = (await postgres?.().createPlace()) ?? '';
    await restore(file, { dataDir: kit.dataDir, databaseUrl, now });
    await kit.bot.stop();
    const before = kit.posts('checkout');
    const warnings: string[] = [];
    const url = new URL(databaseUrl).href;
    const { storage } = kit.config;
    const there = await another(
      kit,
      { ...kit.config, storage: { ...storage, database: { url, password: undefined } } },
      warnings,
    );
    await there.round();
    await there.idle();
    expect(kit.posts('checkout')).toBe(before);
    await kit.person('Lea').say('checkout', '@Steady update impact: 3 % of checkouts fail');
    await kit.workspace.settled();
    await there.idle();
    await kit.workspace.settled();
    await kit.until(() => kit.posts('checkout') > before, 'the update', 15_000);
    expect(kit.posts('checkout')).toBe(before + 1);
    expect(kit.channel('checkout').at(-1)).toMatch(/^INC-1 P2 · update.*3 % of checkouts/s);
    await there.stop();
    expect(warnings).toEqual([]);
  });
});
