import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Backend } from '../../../src/backends/backend.ts';
import { BackendError } from '../../../src/domain/errors.ts';
import { type Answer, isEmpty } from '../../../src/domain/evidence.ts';
import type { Received, Reply } from '../../backends/fake-server.ts';
import { NOW, type Rig, SECRET, WINDOW } from './rig.ts';
import type { Abilities } from './subject.ts';

const HOSTILE = '<!channel> *b* `x` \u001b[31m\u202eevil\u200b "}]';

/** Paths that must never leave, whatever the tool. */
const REFUSED: readonly string[] = [
  '',
  '/',
  '//evil.example/api/v1/labels',
  'https://evil.example/api/v1/labels',
  '/@evil.example/',
  '/../secret',
  '/api/../../secret',
  '/api/%2e%2e/secret',
  '/api/%252e%252e/secret',
  '/api/v1/labels/../../admin',
  '/api\\v1\\labels',
  '/api/v1/%00',
  '/api/v1/admin/tsdb/delete_series',
  '/-/reload',
  '/-/quit',
  `/${'a/'.repeat(3_000)}`,
];

type Ability = keyof Abilities;

/** Everything beyond discover, match and query; a subject says which of it there is. */
export function abilitiesKeepTheContract(rig: Rig): void {
  const { subject, serve, connect, signal, good } = rig;
  const abilities: Abilities = subject.abilities ?? {};
  const healthy = () => serve(good);
  const everything = (reply: (received: Received) => Reply) => serve(reply, true);
  const use = (ability: Ability, backend: Backend, within = signal()): Promise<unknown> => {
    const { schema, values, get } = abilities;
    switch (ability) {
      case 'schema':
        return call(backend.schema?.(schema?.source ?? '', WINDOW, within));
      case 'values':
        return call(backend.values?.(values?.source ?? '', values?.field ?? '', WINDOW, within));
      case 'firing':
        return call(backend.firing?.(within));
      case 'changes':
        return call(backend.changes?.(WINDOW, within));
      case 'get':
        return call(backend.get?.(get?.path ?? '', WINDOW, within));
    }
  };

  test.runIf(subject.abilities)('has the abilities that its subject names, and no other', async () => {
    const backend = connect((await healthy()).url);
    const all: readonly Ability[] = ['schema', 'values', 'firing', 'changes', 'get'];
    const had = all.filter((one) => backend[one] !== undefined);
    expect(had).toEqual(all.filter((one) => abilities[one] !== undefined));
    expect(backend.readable !== undefined).toBe(backend.get !== undefined);
  });

  const { schema, values, firing, changes, get } = abilities;

  if (schema)
    test('tells what a source is made of', async () => {
      const backend = connect((await healthy()).url);
      const found = await backend.schema?.(schema.source, WINDOW, signal());
      expect(found?.at).toBe(NOW);
      expect(found?.fields.map(({ name }) => name)).toContain(schema.field);
    });

  if (values)
    test('tells the values of a field, as an answer that can be reproduced', async () => {
      const backend = connect((await healthy()).url);
      const answer = await backend.values?.(values.source, values.field, WINDOW, signal());
      expectAnswer(answer);
      if (answer?.result.kind !== 'rows') throw new Error('values are rows');
      expect(answer.result.columns[0]).toBe('value');
      expect(answer.result.rows.map(([value]) => value)).toContain(values.value);
    });

  if (firing)
    test('tells what alerts', async () => {
      const backend = connect((await healthy()).url);
      const found = await backend.firing?.(signal());
      expectAnswer(found?.answer);
      expect(found?.found.map(({ name }) => name)).toEqual(firing.names);
    });

  if (changes)
    test('tells what somebody changed, oldest first', async () => {
      const backend = connect((await healthy()).url);
      const found = await backend.changes?.(WINDOW, signal());
      expectAnswer(found?.answer);
      expect(found?.found.map(({ title }) => title)).toEqual(changes.titles);
      const times = found?.found.map(({ at }) => at) ?? [];
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    });

  if (get) {
    test('reads a path that it allows, and shows it as an answer', async () => {
      const server = await healthy();
      const backend = connect(server.url);
      const answer = await backend.get?.(get.path, WINDOW, signal());
      expectAnswer(answer);
      if (!answer) return;
      expect(answer.query).toMatch(/^GET \//);
      expect(isEmpty(answer.result)).toBe(false);
      expect(server.received.at(-1)?.method).toBe('GET');
    });

    test('refuses every other path before anything is sent, and says what is allowed', async () => {
      const server = await healthy();
      const backend = connect(server.url);
      const sent = server.received.length;
      for (const path of REFUSED) {
        const error = await caught(() => call(backend.get?.(path, WINDOW, signal())));
        expect(error.failure, path).toBe('bad-query');
        expect(error.details.nextStep, path).toContain(backend.readable?.[0]);
        expect(error.message, path).not.toMatch(/[\p{Cc}\u202e]/u);
      }
      expect(server.received).toHaveLength(sent);
    });
  }

  const given = (['schema', 'values', 'firing', 'changes', 'get'] as const).filter(
    (one) => abilities[one] !== undefined,
  );
  describe.each(given)('its %s', (ability) => {
    test('without access says so, with the command to run by hand', async () => {
      const server = await everything(() => ({ status: 401, body: '' }));
      const error = await caught(() => use(ability, connect(server.url)));
      expect(error.failure).toBe('unauthorized');
      expect(error.details.command).toContain(server.url);
      expect(error.details.command).toContain('$PROD_TOKEN');
    });

    test('says when the server does not answer, or answers with something else', async () => {
      const server = await everything(() => () => undefined);
      const late = await caught(() => use(ability, connect(server.url, { timeout: 60 })));
      expect(late.failure).toBe('timeout');
      const other = await everything(() => ({
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ [HOSTILE]: HOSTILE }),
      }));
      const outcome = await use(ability, connect(other.url)).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(BackendError);
        expect(outcome.message).not.toMatch(/[\p{Cc}\u202e\u200b]/u);
        expect(outcome.message.length).toBeLessThan(400);
      }
    });

    test('never shows its secret, not even when the server sends it back', async () => {
      const shown: string[] = [];
      for (const status of [400, 401, 403, 404, 429, 500]) {
        const server = await everything(({ headers }) => ({
          status,
          headers: { 'content-type': 'application/json' },
          body: subject.error(`you sent ${JSON.stringify(headers)} ${SECRET} ${encodeURIComponent(SECRET)}`),
        }));
        await use(ability, connect(server.url)).then(
          (outcome) => shown.push(JSON.stringify(outcome)),
          (error: unknown) => shown.push(String(error), inspect(error, { depth: 20, showHidden: true })),
        );
      }
      const whole = await use(ability, connect((await healthy()).url));
      shown.push(JSON.stringify(whole));
      for (const text of shown)
        for (const form of [SECRET, encodeURIComponent(SECRET)]) expect(text).not.toContain(form);
    });
  });
}

function call<Value>(promise: Promise<Value> | undefined): Promise<Value> {
  if (promise === undefined) throw new Error('the ability is missing');
  return promise;
}

async function caught(work: () => Promise<unknown>): Promise<BackendError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof BackendError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

function expectAnswer(answer: Answer | undefined): void {
  expect(answer?.query).toBeDefined();
  expect(answer?.window.from).toBeLessThanOrEqual(answer?.window.to ?? 0);
  const { reproduction } = answer ?? {};
  const address = reproduction?.kind === 'supplied' ? reproduction.permalink : reproduction?.url;
  expect(address).toMatch(/^https?:\/\//);
}
