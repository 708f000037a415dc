import { expect, test } from 'vitest';
import { type Backend, matched, type NamedSource, type Schema } from '../../../src/backends/backend.ts';
import { BackendError } from '../../../src/domain/errors.ts';
import { createSchemaMemory } from '../../../src/flows/evidence/schema-memory.ts';
import { lookIntoOf, unknownFields } from '../../../src/flows/evidence/unknown-fields.ts';
import { at, T0 } from '../../domain/given.ts';
import { NO_TELEMETRY } from '../worlds.ts';

const WINDOW = { from: T0, to: at(30) };
const QUIET = new AbortController().signal;
const telemetry = {
  ...NO_TELEMETRY,
  nearest: (_wanted: string, names: readonly string[]) => names.slice(0, 1),
};

function world(schema: (signal: AbortSignal) => Promise<Schema>) {
  const reads: string[] = [];
  const backend: Backend = {
    tool: 'loki',
    deployment: 'prod',
    title: 'Loki prod',
    discover: () => Promise.reject(new Error('not asked')),
    match: () => matched(''),
    query: () => Promise.reject(new Error('not asked')),
    probe: () => Promise.reject(new Error('not asked')),
    schema: (source, _window, signal) => {
      reads.push(source);
      return schema(signal);
    },
  };
  const schemas = createSchemaMemory();
  const hints = (sources: readonly NamedSource[], about = 'T/INC-1', said: readonly string[] = []) =>
    unknownFields(
      { telemetry, schemas },
      { backend, window: WINDOW, about },
      matched('q', undefined, said, sources),
      QUIET,
    );
  return { reads, hints };
}

const LOGS: Schema = {
  source: 'logs',
  at: T0,
  fields: [{ name: 'status' }, { name: 'attributes', keys: ['http.route'] }, { name: 'tags', type: 'map' }],
};

test('fields that a source lacks are pointed at with the nearest; its schema is read once in an incident', async () => {
  const { reads, hints } = world(async () => LOGS);
  const sources = [{ source: 'logs', fields: ['status', 'statu'] }];
  expect(await hints(sources)).toEqual(['`logs` has no field `statu` in this time. Nearest: `status`.']);
  await hints(sources);
  expect(reads).toEqual(['logs']);
  await hints(sources, 'T/INC-2');
  expect(reads).toEqual(['logs', 'logs']);
});

test('a key of a map is known where its keys are, or none were seen', async () => {
  const { hints } = world(async () => LOGS);
  expect(
    await hints([
      { source: 'logs', fields: ['attributes.http.route', "attributes['http.route']", 'tags.any'] },
    ]),
  ).toEqual([]);
  expect(await hints([{ source: 'logs', fields: ['attributes.http.rout'] }])).toHaveLength(1);
});

test('a schema that cannot be read, is cut or empty says nothing, and is tried again', async () => {
  let answer: () => Promise<Schema> = async () => {
    throw new BackendError('timeout', 'late');
  };
  const { reads, hints } = world(() => answer());
  const sources = [{ source: 'logs', fields: ['x'] }];
  expect(await hints(sources)).toEqual([]);
  answer = async () => LOGS;
  expect(await hints(sources)).toHaveLength(1);
  expect(reads).toHaveLength(2);
  for (const schema of [
    { ...LOGS, truncated: true },
    { ...LOGS, fields: [] },
  ])
    expect(await world(async () => schema).hints(sources)).toEqual([]);
});

test('what the backend has said already is not said twice', async () => {
  const { hints } = world(async () => LOGS);
  const said = ['There is no label `x` in this time.'];
  expect(await hints([{ source: 'logs', fields: ['x'] }], 'T/INC-1', said)).toEqual([]);
});

test('one that never answers is given up, and the query goes on', async () => {
  const { hints } = world(
    (signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  );
  expect(await hints([{ source: 'logs', fields: ['x'] }])).toEqual([]);
});

test('what to look into after nothing was found: a source with the field that filtered it', () => {
  expect(
    lookIntoOf(
      matched(
        'q',
        undefined,
        [],
        [
          { source: 'a', fields: [] },
          { source: 'b', fields: ['c'] },
        ],
      ),
    ),
  ).toEqual({
    source: 'b',
    field: 'c',
  });
  expect(lookIntoOf(matched('q', undefined, [], [{ source: 'a', fields: [] }]))).toEqual({ source: 'a' });
  expect(lookIntoOf(matched('q'))).toBeUndefined();
});
