import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { disk } from '../../src/config/disk.ts';
import { distrust, type FileFound } from '../../src/config/machine.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steady-disk-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const uid = process.getuid?.();
const trust = (found: FileFound | undefined) =>
  found === undefined ? 'absent' : (distrust(found, uid) ?? 'trusted');

describe('disk', () => {
  it('reads a file of ours with what is needed to judge it', () => {
    const path = join(folder, 'config.toml');
    writeFileSync(path, 'é = 1\n', { mode: 0o600 });
    expect(disk.read(path, 100)).toEqual({
      kind: 'file',
      text: 'é = 1\n',
      owner: uid,
      mode: 0o600,
      folderMode: 0o700,
    });
  });

  it('tells absence from trouble', () => {
    mkdirSync(join(folder, 'folder'));
    symlinkSync(join(folder, 'gone'), join(folder, 'dangling'));
    expect(disk.read(join(folder, 'nothing'), 100)).toBeUndefined();
    expect(disk.read(join(folder, 'nothing', 'below'), 100)).toBeUndefined();
    expect(trust(disk.read(join(folder, 'folder'), 100))).toBe('it is not a file');
    expect(trust(disk.read(join(folder, 'dangling'), 100))).toBe('it is a link that leads nowhere');
  });

  it('reads no more than it was told to', () => {
    writeFileSync(join(folder, 'large'), 'x'.repeat(11));
    expect(disk.read(join(folder, 'large'), 11)).toMatchObject({ kind: 'file' });
    expect(trust(disk.read(join(folder, 'large'), 10))).toBe('it is larger than 10 bytes');
  });

  it('follows a link and judges what it leads to, with its folder', () => {
    const shared = join(folder, 'shared');
    mkdirSync(shared);
    writeFileSync(join(shared, 'token'), 'x', { mode: 0o600 });
    symlinkSync(join(shared, 'token'), join(folder, 'link'));
    expect(trust(disk.read(join(folder, 'link'), 100))).toBe('trusted');
    chmodSync(join(shared, 'token'), 0o666);
    expect(trust(disk.read(join(folder, 'link'), 100))).toContain('chmod go-w');
    chmodSync(join(shared, 'token'), 0o600);
    chmodSync(shared, 0o777);
    expect(trust(disk.read(join(folder, 'link'), 100))).toContain('chmod o-w');
  });

  it('does not wait at a named pipe', () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(trust(disk.read(join(folder, 'pipe'), 100))).toBe('it is not a file');
  });
});
