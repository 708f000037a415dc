import { dirname } from 'node:path';
import type { KeyPath } from './key-lines.ts';
import { distrust, type Machine } from './machine.ts';
import { resolvePath } from './paths.ts';
import { Text } from './text.ts';

/** Where values of one document come from and where its problems go. */
export interface Resolution {
  readonly machine: Machine;
  /** Absolute path of the document, for `file:` paths relative to it. */
  readonly path: string;
  /** `config.toml:12`. */
  readonly place: (path: KeyPath) => string;
  readonly report: (path: KeyPath, message: string) => void;
}

/** Largest secret file: keys and certificates fit well. */
const LARGEST = 65_536;

/** Replaces every string of a parsed document by a `Text`, looking up `env:NAME` and `file:path` on the way. */
export function resolveTexts(value: unknown, how: Resolution, path: KeyPath = []): unknown {
  if (typeof value === 'string') return lookUp(value, how, path);
  if (Array.isArray(value)) return value.map((item, index) => resolveTexts(item, how, [...path, index]));
  if (typeof value === 'object' && value !== null && !(value instanceof Date))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, resolveTexts(item, how, [...path, key])]),
    );
  return value;
}

function lookUp(value: string, how: Resolution, path: KeyPath): Text {
  const place = how.place(path);
  if (value.startsWith('env:')) return fromEnvironment(value.slice(4), how, path, place);
  if (value.startsWith('file:')) return fromFile(value.slice(5), how, path, place);
  return new Text(value, place);
}

function fromEnvironment(name: string, how: Resolution, path: KeyPath, place: string): Text {
  const from = `${place}, env ${name}`;
  const broken = (message: string) => {
    how.report(path, message);
    return new Text('', from, { held: true, broken: true });
  };
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,254}$/.test(name))
    return broken('"env:" needs the name of an environment variable after it, as in "env:PROM_TOKEN"');
  const value = how.machine.env[name];
  if (value === undefined) return broken(`the environment has no variable ${name}`);
  if (value.trim() === '') return broken(`the environment variable ${name} is empty`);
  return new Text(value, from, { held: true });
}

function fromFile(name: string, how: Resolution, path: KeyPath, place: string): Text {
  const from = `${place}, file ${name}`;
  const broken = (message: string) => {
    how.report(path, message);
    return new Text('', from, { held: true, broken: true });
  };
  if (name.trim() === '')
    return broken('"file:" needs a path after it, as in "file:/run/secrets/prom-token"');
  const found = how.machine.files.read(resolvePath(name, dirname(how.path), how.machine.home), LARGEST);
  if (found === undefined) return broken(`there is no file ${name}`);
  const why = distrust(found, how.machine.uid);
  if (why !== undefined || found.kind !== 'file')
    return broken(`the file ${name} is refused: ${why ?? 'unreadable'}`);
  const value = found.text.replace(/\r?\n$/, '');
  if (value.trim() === '') return broken(`the file ${name} is empty`);
  return new Text(value, from, { held: true });
}
