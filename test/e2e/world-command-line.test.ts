import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SlackKit, startSlackKit } from '../slack-kit/slack-kit.ts';

const entry = fileURLToPath(new URL('../../bin/steady.js', import.meta.url));
const WRONG = 'xoxb-6620418-wrong-lighthouse-token';

let folder: string;
let kit: SlackKit;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steady-command-'));
  kit = await startSlackKit();
});
afterEach(async () => {
  await kit.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `steady` as an operator would, with nothing of this machine's configuration. */
function steady(...words: readonly string[]): Promise<{ code: number | null; said: string }> {
  const env = { PATH: process.env.PATH ?? '', HOME: folder, STEADY_DATA_DIR: join(folder, 'data') };
  const child = spawn(process.execPath, [entry, ...words], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

function configured(botToken: string): void {
  writeFileSync(
    join(folder, 'config.toml'),
    `[slack]\nbot_token = "${botToken}"\napp_token = "${kit.workspace.tokens.app}"\napi_url = "${kit.workspace.apiUrl}"\n`,
    { mode: 0o600 },
  );
}

describe('steady check against a workspace', () => {
  it('says who and where, and exits 0', async () => {
    configured(kit.workspace.tokens.bot);
    const { code, said } = await steady('check');
    expect(said).toContain('workspace Acme (T0ACME0001)');
    expect(said).toContain('Socket Mode');
    expect(said).not.toContain(kit.workspace.tokens.bot);
    expect(said).not.toContain(kit.workspace.tokens.app);
    expect(code).toBe(0);
    // It asks and changes nothing.
    expect(kit.calls('chat.postMessage')).toBe(0);
  });

  it('exits 1 with a token that Slack refuses, naming where it came from and not what it is', async () => {
    configured(WRONG);
    const { code, said } = await steady('check');
    expect(code).toBe(1);
    expect(said).toContain('invalid_auth');
    expect(said).toContain('config.toml');
    expect(said).not.toContain(WRONG);
  });
});

describe('steady start', () => {
  it('refuses with nothing configured, names the ways out, and starts no sandbox', async () => {
    const { code, said } = await steady('start');
    expect(code).toBe(1);
    expect(said).toMatch(/SLACK_BOT_TOKEN|bot_token/);
    expect(said).not.toMatch(/http:\/\/127\.0\.0\.1/);
  });

  it('with a refused token says so and ends, leaving nothing behind that waits', async () => {
    configured(WRONG);
    const { code, said } = await steady('start');
    expect(code).toBe(1);
    expect(said).toContain('Slack refuses the bot token');
    expect(said).not.toContain(WRONG);
  });
});
