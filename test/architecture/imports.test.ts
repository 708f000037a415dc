import { describe, expect, it } from 'vitest';
import { type Import, type Source, shipped } from './sources.ts';

const SOURCES = shipped();

/** Which of our folders each folder may see; `type` allows no more than types, of one file where one is named. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  blocks: ['domain'],
  flows: [
    'domain',
    'type src/backends/backend.ts',
    'type src/backends/kept-reader.ts',
    'type src/storage/store.ts',
    'type src/knowledge/repository.ts',
    // What can be made of kept answers and of pictures; both are made in other threads.
    'type answers',
    'type charts',
  ],
  // Loaded in a worker beside a backend's own reader, whose pieces it is given.
  answers: [
    'domain',
    'type src/backends/decoder.ts',
    'type src/backends/kept-answer.ts',
    'type src/backends/kept-reader.ts',
    'type src/backends/shape-kept.ts',
  ],
  // Draws what it is told and knows nothing of incidents or Slack.
  charts: ['domain'],
  backends: ['domain'],
  storage: ['domain'],
  safety: ['domain'],
  config: ['domain', 'type backends'],
  knowledge: ['domain'],
  metrics: ['domain', 'type src/backends/backend.ts', 'type src/storage/store.ts', 'type config'],
  slack: [
    'domain',
    'flows',
    'blocks',
    'safety',
    'type src/backends/backend.ts',
    'type src/storage/store.ts',
    'type config',
  ],
  sandbox: ['domain'],
};

/** The composition root, what starts it and what it is made of name everything concrete. */
const ROOTS: ReadonlySet<string> = new Set(['src/main.ts', 'src/run-bot.ts', 'src/log.ts', 'cli']);

const OURS: ReadonlySet<string> = new Set([...Object.keys(MAY), ...ROOTS]);

function allowed(source: Source, { zone, target, typeOnly }: Import): boolean {
  if (zone === source.zone) return true;
  return (MAY[source.zone] ?? []).some(
    (one) => one === zone || (typeOnly && (one === `type ${zone}` || one === `type ${target}`)),
  );
}

function offences(found: (source: Source, one: Import) => boolean): readonly string[] {
  return SOURCES.flatMap((source) =>
    source.imports.filter((one) => found(source, one)).map((one) => `${source.path} imports ${one.target}`),
  );
}

describe('who may import whom', () => {
  it('every folder has its rule', () => {
    const zones = new Set(SOURCES.map((one) => one.zone));
    expect([...zones].filter((zone) => !OURS.has(zone))).toEqual([]);
  });

  it.each(Object.keys(MAY))('%s sees only what it may', (zone) => {
    expect(
      offences((source, one) => source.zone === zone && OURS.has(one.zone) && !allowed(source, one)),
    ).toEqual([]);
  });

  it('domain, flows and blocks know no library and nothing of the machine', () => {
    const pure = ['domain', 'flows', 'blocks'];
    const types = (source: Source, one: Import) =>
      source.zone === 'blocks' && one.zone === '@slack/types' && one.typeOnly;
    expect(
      offences((source, one) => pure.includes(source.zone) && !OURS.has(one.zone) && !types(source, one)),
    ).toEqual([]);
  });

  it('only slack knows Slack', () => {
    const slack = (one: Import) => one.zone.startsWith('@slack/');
    expect(
      offences(
        (source, one) => slack(one) && source.zone !== 'slack' && !(source.zone === 'blocks' && one.typeOnly),
      ),
    ).toEqual([]);
  });

  it('the sandbox stands outside: main alone starts it', () => {
    expect(
      offences(
        (source, one) => one.zone === 'sandbox' && source.zone !== 'sandbox' && source.path !== 'src/main.ts',
      ),
    ).toEqual([]);
  });

  it('concrete backends are known to their registry alone', () => {
    const concrete = (target: string) => /^src\/backends\/[^/]+\//.test(target);
    const folder = (path: string) => /^(src\/backends\/[^/]+\/)/.exec(path)?.[1];
    expect(
      offences(
        (source, one) =>
          concrete(one.target) &&
          // What a deployment is configured with is read by config, as a type.
          !(source.zone === 'config' && one.typeOnly) &&
          source.path !== 'src/backends/registry.ts' &&
          // Two that speak the same language may share its reading.
          folder(source.path) === undefined,
      ),
    ).toEqual([]);
  });

  it('nothing that ships imports a test', () => {
    expect(offences((_source, one) => one.target.startsWith('test/') || one.zone === 'vitest')).toEqual([]);
  });

  it('nothing goes in a circle', () => {
    const graph = new Map(
      SOURCES.map((source) => [
        source.path,
        source.imports.filter((one) => !one.typeOnly).map((one) => one.target),
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      if (done.has(path) || trail.includes(path)) return;
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });
});
