import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHROMIUM_ARGUMENTS, realServer } from '../../real-servers.ts';
import { addressIn, openSeat } from './stage.ts';

const executable = realServer('chromium');
const ROOT = join(import.meta.dirname, '../../..');
/** What a newcomer's shell has; no setting of Steady, Slack or a database. */
const { PATH, LANG } = process.env;
/** Only a hang is a failure here, on a machine busy with other tests; how soon it is ready is the bench's to measure. */
const READY = 60_000;

let home: string;
let steady: ChildProcess | undefined;
let browser: Browser | undefined;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'steady-newcomer-'));
});
afterEach(async () => {
  await browser?.close();
  if (steady?.pid !== undefined && steady.exitCode === null && steady.signalCode === null)
    process.kill(-steady.pid, 'SIGKILL');
  await rm(home, { recursive: true, force: true });
});

test.skipIf(executable === undefined)(
  '`npm start` in a clean folder prints an address, and what it suggests works',
  async () => {
    const folder = join(home, 'steady');
    await cp(ROOT, folder, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) });
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    // A process group of its own, so that Ctrl-C can be sent as a terminal does.
    const child = spawn('npm', ['start'], {
      cwd: folder,
      env: { PATH, LANG, HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    steady = child;
    const url = await printedAddress(child);

    browser = await chromium.launch({ executablePath: executable ?? '', args: [...CHROMIUM_ARGUMENTS] });
    const seat = await openSeat(browser, url, { phone: false, dark: false });
    const starters = seat.page.locator('.starter');
    const texts = await starters.allInnerTexts();
    expect(texts).toHaveLength(3);
    await starters.first().click();
    await seat.page.locator('.main .composer .send').click();
    await seat
      .messages(/INC-1 · P1/)
      .first()
      .waitFor();
    for (let left = 2; left > 0; left -= 1) {
      await seat.page.locator('.chip').first().click();
      await seat.page.locator('.main .composer .send').click();
      await expect.poll(() => seat.page.locator('.chip').count()).toBe(left - 1);
    }
    await seat.messages('@Steady prom').first().locator('.reply-bar').waitFor();
    await seat.messages('INC-1 P1 · update').waitFor();
    expect(seat.wrong).toEqual([]);

    const gone = once(child, 'exit');
    process.kill(-(child.pid ?? 0), 'SIGINT');
    await gone;
    await expect(fetch(url)).rejects.toThrow();
  },
);

const NOT_COPIED: ReadonlySet<string> = new Set(['node_modules', '.git', 'docs', 'bench']);

/** Resolves with the address; rejects with everything printed where none comes in time. */
function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const late = setTimeout(() => reject(new Error(`No address: ${printed}`)), READY);
    const hear = (chunk: Buffer) => {
      printed += chunk.toString();
      if (!/Open http\S+\/\n/.test(printed)) return;
      clearTimeout(late);
      resolve(addressIn(printed));
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`Ended with ${code}: ${printed}`));
    });
  });
}
