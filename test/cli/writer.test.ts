import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writer } from '../../src/cli/writer.ts';

let folder: string;
let umask: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steady-writer-'));
  umask = process.umask(0);
});
afterEach(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true, force: true });
});

it("writes for the user alone, whatever the user's umask", () => {
  const path = join(folder, 'a/b');
  writer.create(path, 'text');
  expect(lstatSync(path).mode & 0o777).toBe(0o600);
  expect(lstatSync(join(folder, 'a')).mode & 0o777).toBe(0o700);
});

it('creates and never replaces, not even through a link that leads nowhere yet', () => {
  const path = join(folder, 'file');
  writer.create(path, 'first');
  expect(() => writer.create(path, 'second')).toThrow('EEXIST');
  expect(readFileSync(path, 'utf8')).toBe('first');
  symlinkSync(join(folder, 'target'), join(folder, 'link'));
  expect(() => writer.create(join(folder, 'link'), 'text')).toThrow('EEXIST');
  expect(writer.kindOf(join(folder, 'target'))).toBe('nothing');
});

it('tells what is at a path, a link not followed', () => {
  writer.create(join(folder, 'file'), '');
  mkdirSync(join(folder, 'folder'));
  symlinkSync(join(folder, 'file'), join(folder, 'link'));
  const kinds = ['file', 'folder', 'link', 'gone'].map((name) => writer.kindOf(join(folder, name)));
  expect(kinds).toEqual(['file', 'other', 'link', 'nothing']);
});
