import { describe, expect, it } from 'vitest';
import { type Backend, matched } from '../../src/backends/backend.ts';
import { BackendError, RuleViolation } from '../../src/domain/errors.ts';
import type { Answer } from '../../src/domain/evidence.ts';
import type { Post } from '../../src/domain/post.ts';
import { ask, askForIncident, chooseBackend } from '../../src/flows/ask.ts';
import { declareIncident } from '../../src/flows/declare.ts';
import { incidentOf } from '../../src/flows/incident-of.ts';
import type { Telemetry, World } from '../../src/flows/ports.ts';
import { at, T0 } from '../domain/given.ts';
import { NO_TELEMETRY, onWorlds, TEAM, takePosts } from './worlds.ts';

const WINDOW = { from: T0, to: at(30) };
const QUIET = new AbortController().signal;

/** A backend that knows one metric, `up`. */
function backendNamed(deployment: string, tool = 'prometheus', more: Partial<Backend> = {}): Backend {
  return {
    tool,
    deployment,
    title: `Prometheus ${deployment}`,
    discover: async () => ({ at: T0, took: 1, lists: [{ kind: 'metrics', names: ['up'] }], missing: [] }),
    match: (query) => {
      if (query === 'down') throw new BackendError('unknown-source', 'no metric `down`', { nearest: ['up'] });
      return query.startsWith('up') ? matched(query) : matched(query, 'not parsed');
    },
    query: async ({ matched: { query }, window, step }): Promise<Answer> => ({
      tool,
      deployment,
      source: `Prometheus ${deployment}`,
      query,
      window,
      ...(step !== undefined && { step }),
      askedAt: at(30),
      result: { kind: 'series', series: [{ labels: {}, samples: [{ at: at(29), value: 41.2 }] }] },
      completeness: { kind: 'complete' },
      cost: { took: 84 },
      warnings: ['from the server'],
      reproduction: { kind: 'permalink', url: `https://prom/graph?g0.expr=${query}` },
      snapshot: new TextEncoder().encode(query),
    }),
    probe: async () => 'fine',
    ...more,
  };
}

function telemetryOf(...backends: readonly Backend[]): Telemetry {
  return {
    ...NO_TELEMETRY,
    backends,
    match: async (backend, query, window, signal) =>
      backend.match(query, await backend.discover(window, signal)),
  };
}

const PROD = backendNamed('prod');
const asking = (query: string, more = {}) => ({ backend: PROD, query, window: WINDOW, by: 'LEA', ...more });

describe('which deployment is asked', () => {
  const choose = (backends: readonly Backend[], env?: string) =>
    chooseBackend(telemetryOf(...backends), 'prometheus', env, (name) => `prom up env:${name}`);

  it('the only one, or the named one', () => {
    const stage = backendNamed('stage');
    expect(choose([PROD, backendNamed('prod', 'axiom')])).toBe(PROD);
    expect(choose([PROD, stage], 'stage')).toBe(stage);
  });

  it('none is guessed: the choice is offered', () => {
    for (const [backends, env, rule] of [
      [[PROD, backendNamed('stage')], undefined, 'which-environment'],
      [[PROD, backendNamed('stage')], 'porduction', 'which-environment'],
      [[], undefined, 'backend-off'],
      [[backendNamed('prod', 'axiom')], 'prod', 'backend-off'],
    ] as const) {
      expect(() => choose(backends, env)).toThrow(expect.objectContaining({ rule }));
    }
    try {
      choose([PROD, backendNamed('stage')]);
    } catch (error) {
      expect(error).toBeInstanceOf(RuleViolation);
      expect((error as RuleViolation).next).toEqual([
        { label: 'prod', command: 'prom up env:prod' },
        { label: 'stage', command: 'prom up env:stage' },
      ]);
    }
  });
});

describe('a question', () => {
  const world = { telemetry: telemetryOf(PROD) };

  it('of an unknown source is never sent', async () => {
    let sent = 0;
    const backend = backendNamed('prod', 'prometheus', {
      query: async () => {
        sent++;
        throw new Error('sent');
      },
    });
    await expect(
      ask({ telemetry: telemetryOf(backend) }, { ...asking('down'), backend }, QUIET),
    ).rejects.toMatchObject({
      failure: 'unknown-source',
      details: { nearest: ['up'] },
    });
    expect(sent).toBe(0);
  });

  it('that could not be checked is sent and says so', async () => {
    const { warnings } = await ask(world, asking('{odd'), QUIET);
    expect(warnings).toEqual(['not checked: not parsed', 'from the server']);
  });

  it('carries the note of whoever asked beside the server’s warnings', async () => {
    const { warnings } = await ask(world, asking('up', { note: 'quotes were made plain' }), QUIET);
    expect(warnings).toEqual(['quotes were made plain', 'from the server']);
  });

  it('asks the window and step as they are', async () => {
    expect(await ask(world, asking('up', { step: 15_000 }), QUIET)).toMatchObject({
      window: WINDOW,
      step: 15_000,
    });
  });
});

describe('a question in an incident', () => {
  const declared = (world: World) =>
    declareIncident(
      world,
      TEAM,
      { title: 'x', severity: 'P1', channel: 'C1', private: false },
      { by: 'LEA' },
    );
  const more = { telemetry: telemetryOf(PROD) };

  it(
    'becomes E1, E2 …, keeps its bytes and has its card once',
    onWorlds(
      async (world) => {
        const incident = await declared(world);
        await takePosts(world);
        const thread = { channel: 'C1', ts: '1.2' };
        const first = await askForIncident(world, incident, asking('up', { thread, via: thread }), QUIET);
        const second = await askForIncident(world, incident, asking('up2'), QUIET);
        expect([first.note.id, second.note.id]).toEqual(['E1', 'E2']);
        expect((await incidentOf(world.store, incident)).evidence).toEqual([first.note, second.note]);
        expect(await world.store.snapshot(TEAM, 'INC-1/E2')).toEqual(new TextEncoder().encode('up2'));
        const cards = (await takePosts(world)).filter(({ what }) => what.kind === 'evidence');
        expect(cards.map(({ key, what }) => [key, what])).toEqual([
          ['INC-1/E1', { kind: 'evidence', incident: 1, id: 'E1', for: 'LEA', thread }],
          ['INC-1/E2', { kind: 'evidence', incident: 1, id: 'E2', for: 'LEA' } satisfies Post],
        ]);
      },
      undefined,
      more,
    ),
  );

  it(
    'asked at the same time by several people gets a number each',
    onWorlds(
      async (world) => {
        const incident = await declared(world);
        const asked = await Promise.all(
          ['up1', 'up2', 'up3'].map((query) => askForIncident(world, incident, asking(query), QUIET)),
        );
        expect(asked.map(({ note }) => note.id).toSorted()).toEqual(['E1', 'E2', 'E3']);
        for (const { note } of asked)
          expect(await world.store.snapshot(TEAM, `INC-1/${note.id}`)).toEqual(
            new TextEncoder().encode(note.query),
          );
      },
      undefined,
      more,
    ),
  );

  it(
    'that fails leaves no trace',
    onWorlds(
      async (world) => {
        const incident = await declared(world);
        await expect(askForIncident(world, incident, asking('down'), QUIET)).rejects.toThrow(BackendError);
        expect(await incidentOf(world.store, incident)).toEqual(incident);
      },
      undefined,
      more,
    ),
  );
});
