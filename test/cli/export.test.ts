import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exportWith } from '../../src/cli/export-with.ts';
import { storeOptions } from '../../src/cli/store-options.ts';
import { tar } from '../../src/cli/tar.ts';
import { configOf } from '../../src/config/config-of.ts';
import { DEFAULT_CADENCE } from '../../src/domain/cadence.ts';
import { ConfigError } from '../../src/domain/errors.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { toJson } from '../../src/flows/incident-of.ts';
import { shelvedEntry } from '../../src/flows/knowledge/shelve.ts';
import { projectionOf } from '../../src/flows/projection-of.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import { at, BO } from '../blocks/sample.ts';
import { finished } from '../blocks/sample-postmortem.ts';

let folder: string;
let store: Store;
const now = at('17:00');
const clock = { now: () => now, after: () => () => {} };
const config = () => configOf('[services.checkout]\nslo = "99.9%/30d"', { dataDir: join(folder, 'data') });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steady-export-'));
  store = await openStore(storeOptions(config(), clock));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Puts an incident's events into the storage, the next number of its team. */
async function keep(incident: Incident, secret = false): Promise<number> {
  const events = incident.timeline.map(({ at: when, event }) => ({
    at: when,
    body: toJson(
      event.type === 'declared'
        ? { ...event, private: secret, channel: secret ? 'G1' : `C${Math.random()}` }
        : event,
    ),
  }));
  const {
    ref: _ref,
    updatedAt: _at,
    ...projection
  } = {
    ref: undefined,
    updatedAt: 0,
    ...projectionOf({ ...incident, channel: secret ? 'G1' : `C${events.length}-${now}` }, DEFAULT_CADENCE),
  };
  const { number } = await store.declare('T1', () => ({ events, projection }));
  return number;
}

const request = (more: object = {}) => ({
  file: join(folder, 'out.tar.gz'),
  private: [],
  pictures: false,
  ...more,
});

function unpacked(): { readonly dir: string; readonly paths: readonly string[] } {
  const dir = join(folder, 'unpacked');
  mkdirSync(dir);
  execFileSync('tar', ['-xzf', join(folder, 'out.tar.gz'), '-C', dir]);
  const all = readdirSync(dir, { recursive: true, withFileTypes: true });
  return {
    dir,
    paths: all
      .flatMap((one) => (one.isFile() ? [join(one.parentPath, one.name).slice(dir.length + 1)] : []))
      .sort(),
  };
}

it('holds the postmortem, the timeline, the answers and what the team knows, beside a running bot', async () => {
  await keep(finished());
  await store.saveSnapshot('T1', 'INC-1/E1', new Uint8Array(deflateSync('{"status":"success"}')));
  await store.saveKnowledge('T1', 'org/acme', [
    shelvedEntry('facts', {
      at: now,
      key: 'retries',
      type: 'fact',
      tags: ['checkout'],
      used: 0,
      pinned: false,
      body: 'Retries have a budget.',
    } as never),
  ]);
  await store.saveKnowledge('T1', `personal/${BO}`, [
    shelvedEntry('facts', {
      at: now,
      key: 'mine',
      type: 'fact',
      tags: [],
      used: 0,
      pinned: false,
      body: 'Mine.',
    } as never),
  ]);
  const lines = await exportWith(config(), request({ pictures: true }), clock as never);
  expect(lines).toEqual([`1 incident is in ${folder}/out.tar.gz.`]);
  expect(statSync(join(folder, 'out.tar.gz')).mode & 0o777).toBe(0o600);
  const { dir, paths } = unpacked();
  expect(paths).toEqual([
    'incidents/T1/INC-1/evidence/E1.json',
    'incidents/T1/INC-1/pictures/inc-1-causes.png',
    'incidents/T1/INC-1/pictures/inc-1-timeline.png',
    'incidents/T1/INC-1/postmortem.html',
    'incidents/T1/INC-1/postmortem.json',
    'incidents/T1/INC-1/postmortem.md',
    'incidents/T1/INC-1/timeline.json',
    'index.html',
    'knowledge/T1/acme/kb/facts.md',
  ]);
  const read = (path: string) => readFileSync(join(dir, path), 'utf8');
  expect(read('index.html')).toContain(
    '<a href="incidents/T1/INC-1/postmortem.html">INC-1 Checkout returns 500s</a>',
  );
  expect(read('incidents/T1/INC-1/postmortem.html')).toContain('data:image/png;base64,');
  expect(read('incidents/T1/INC-1/postmortem.md')).toContain('took **about 11 min**');
  expect(JSON.parse(read('incidents/T1/INC-1/timeline.json')).events[0]).toMatchObject({
    seq: 1,
    type: 'declared',
  });
  expect(read('incidents/T1/INC-1/evidence/E1.json')).toBe('{"status":"success"}');
  expect(read('knowledge/T1/acme/kb/facts.md')).toContain('Retries have a budget.');
});

it('leaves private incidents out until each is named, and then puts them in a folder of their own', async () => {
  await keep(finished());
  const secret = await keep(finished(), true);
  expect(await exportWith(config(), request(), clock as never)).toEqual([
    `1 incident is in ${folder}/out.tar.gz.`,
    '1 private left out; --private INC-… includes one by its name.',
  ]);
  rmSync(join(folder, 'out.tar.gz'));
  await exportWith(config(), request({ private: [secret] }), clock as never);
  expect(unpacked().paths.filter((one) => one.endsWith('.md'))).toEqual([
    'incidents/T1/INC-1/postmortem.md',
    `private/T1/INC-${secret}/postmortem.md`,
  ]);
});

it('refuses an incident that is not there, and leaves no file behind', async () => {
  await keep(finished());
  await expect(exportWith(config(), request({ only: [9] }), clock as never)).rejects.toThrow(ConfigError);
  expect(readdirSync(folder)).toEqual(['data']);
});

it('writes no path that leads elsewhere', async () => {
  const write = async (path: string) => {
    const files = async function* () {
      yield { path, bytes: new Uint8Array(), at: 0 };
    };
    for await (const _chunk of tar(files()));
  };
  for (const path of ['../x', '/x', 'a/../b', 'a//b', 'a\\b', '.x', 'x'.repeat(101), 'a b'])
    await expect(write(path)).rejects.toThrow(RangeError);
});
