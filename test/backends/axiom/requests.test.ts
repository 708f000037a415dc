import { afterEach, expect, test } from 'vitest';
import { createAxiom } from '../../../src/backends/axiom/axiom.ts';
import type { AxiomDeployment } from '../../../src/backends/axiom/settings.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { MINUTE, type Window } from '../../../src/domain/time.ts';
import { type FakeServer, type Received, type Reply, startFakeServer } from '../fake-server.ts';
import { axiomViolation, DATASETS, healthy, tabular } from './axiom-server.ts';

const TO = Date.parse('2026-11-23T13:32:00Z');
const WINDOW: Window = { from: TO - 30 * MINUTE + 7, to: TO };
const API = new Secret('xaat-0123456789', 'env AXIOM_TOKEN');
const PERSONAL = new Secret('xapt-0123456789', 'env AXIOM_TOKEN');

const violation = await axiomViolation();
const open: AsyncDisposable[] = [];
const servers: FakeServer[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
  for (const one of servers.splice(0).flatMap((server) => server.received))
    expect(await violation(one), `${one.method} ${one.url} ${one.body}`).toBeUndefined();
});

const EMPTY = { body: tabular({ fields: [{ name: '_time', type: 'datetime' }] }) };

async function axiom(
  play: (received: Received) => Reply | undefined = () => undefined,
  more: Partial<AxiomDeployment> = {},
) {
  const server = await startFakeServer((received) => {
    const own = play(received);
    if (own) return own;
    if (received.path.endsWith('/_apl')) return EMPTY;
    return received.path.endsWith('/_mpl') ? { body: [] } : healthy(received);
  });
  servers.push(server);
  const backend = createAxiom(
    { name: 'prod', url: server.url, auth: { kind: 'bearer', token: API }, ...more },
    { now: () => TO, decoder: createDecoder(), retryAfter: 1 },
  );
  open.push(server, { [Symbol.asyncDispose]: async () => await backend.close?.() });
  const signal = AbortSignal.timeout(10_000);
  return {
    server,
    backend,
    signal,
    async ask(query: string, window = WINDOW) {
      const matched = backend.match(query, await backend.discover(window, signal));
      return await backend.query({ matched, window }, signal);
    },
    queries: () =>
      server.received
        .filter(({ path }) => /\/_(?:apl|mpl)$/.test(path))
        .map(({ url, body }) => [url, JSON.parse(body)]),
  };
}

const TIMES = { startTime: '2026-11-23T13:02:00.007Z', endTime: '2026-11-23T13:32:00.000Z' };

test('an API token asks the edge that has the dataset, over absolute times', async () => {
  const { ask, queries, server } = await axiom();
  const answer = await ask("['traces'] | take 1");
  expect(queries()).toEqual([['/v1/query/_apl?format=tabular', { apl: "['traces'] | take 1", ...TIMES }]]);
  expect(answer.window).toEqual(WINDOW);
  const [first] = server.received;
  expect(first?.headers.authorization).toBe('Bearer xaat-0123456789');
  expect(server.received.some(({ headers }) => 'x-axiom-org-id' in headers)).toBe(false);
});

test('a personal token asks the classic address, with its organisation', async () => {
  const { ask, queries, server, backend, signal } = await axiom(undefined, {
    auth: { kind: 'bearer', token: PERSONAL },
    orgId: 'acme',
  });
  await ask("['traces'] | take 1");
  expect(queries().map(([url]) => url)).toEqual(['/v1/datasets/_apl?format=tabular']);
  expect(server.received.every(({ headers }) => headers['x-axiom-org-id'] === 'acme')).toBe(true);
  const { missing } = await backend.discover(WINDOW, signal);
  expect(missing).toEqual([
    {
      kind: 'metrics',
      why: 'Axiom prod has a personal token, and metrics take an API token only.',
      nextStep: 'Whoever runs Steady sets an API token (xaat-) in `[axiom.deployments.prod]`.',
    },
  ]);
});

test('an address out of an answer that is not the configured one gets no token', async () => {
  const other = await startFakeServer(() => EMPTY);
  open.push(other);
  const { ask, queries } = await axiom(({ path }) =>
    path === '/v2/datasets'
      ? { body: DATASETS.map((one) => ({ id: one.name, ...one, edgeDeploymentUrl: other.url })) }
      : undefined,
  );
  await ask("['traces'] | take 1");
  expect(queries().map(([url]) => url)).toEqual(['/v1/datasets/_apl?format=tabular']);
  expect(other.received).toEqual([]);
});

test('what lives on several edges, or is named by a pattern, is said to be perhaps not all', async () => {
  const { ask, queries } = await axiom(({ path }) =>
    path === '/v2/datasets'
      ? {
          body: [
            { id: 'a', name: 'a', edgeDeployment: 'cloud.us-east-1.aws' },
            { id: 'b', name: 'b', edgeDeployment: 'cloud.eu-central-1.aws' },
          ],
        }
      : undefined,
  );
  expect((await ask("['a'] | union ['b']")).warnings).toEqual([
    expect.stringContaining('live on several edges'),
  ]);
  expect((await ask('union b*')).warnings).toEqual([expect.stringContaining('default edge only')]);
  expect(queries()).toHaveLength(2);
});

test('a moment is its second', async () => {
  const { ask, queries } = await axiom();
  expect((await ask("['traces'] | take 1", { from: TO, to: TO })).window).toEqual({
    from: TO,
    to: TO + 1_000,
  });
  expect(queries()[0]?.[1]).toMatchObject({
    startTime: '2026-11-23T13:32:00.000Z',
    endTime: '2026-11-23T13:32:01.000Z',
  });
});

test('metrics are asked with the key mpl, in the format that is documented', async () => {
  const { ask, queries } = await axiom();
  const mpl = '`shop-metrics`:`queue.length` | align to 1m using max';
  await ask(mpl);
  expect(queries()).toEqual([['/v1/query/_mpl?format=metrics-v1', { mpl, ...TIMES }]]);
});

test('without an organisation the exact request reproduces an answer; with one, the console', async () => {
  const bare = await axiom();
  expect((await bare.ask("['traces'] | take 1")).reproduction).toEqual({
    kind: 'request',
    method: 'POST',
    url: `${bare.server.url}/v1/query/_apl?format=tabular`,
    body: JSON.stringify({ apl: "['traces'] | take 1", ...TIMES }),
  });
  const linked = await axiom(undefined, { orgId: 'acme', linkUrl: 'https://app.axiom.co' });
  expect((await linked.ask("['traces'] | take 1")).reproduction).toMatchObject({
    url: expect.stringContaining('https://app.axiom.co/acme/query?initForm='),
  });
});

test('a full page is not taken for everything', async () => {
  const rows = (count: number, status: object) => ({
    body: tabular(
      {
        fields: [{ name: 'n', type: 'integer' }],
        columns: [Array.from({ length: count }, (_, index) => index)],
      },
      status,
    ),
  });
  const { ask } = await axiom(({ path }) =>
    path.endsWith('/_apl') ? rows(1_000, { rowsMatched: 48_211 }) : undefined,
  );
  expect((await ask("['traces'] | where n > 1")).completeness).toEqual({
    kind: 'partial',
    why: 'these are 1,000 of 48,211 events, the most that one answer holds',
  });
  // Whoever asks for so many gets them.
  expect((await ask("['traces'] | take 1000")).completeness).toEqual({ kind: 'complete' });
});

test('what was looked at is told, so that nothing found is a finding', async () => {
  const { ask } = await axiom();
  const { cost } = await ask("['traces'] | where status == 429");
  expect(cost).toMatchObject({ examined: 48_211, matched: 3 });
});

test('missing access names what is missing, and the command asks the same', async () => {
  const { ask } = await axiom(({ path }) =>
    path.endsWith('/_apl')
      ? {
          status: 403,
          headers: { 'x-axiom-trace-id': '4bf92f3577b34da6' },
          body: { code: 403, message: 'Forbidden' },
        }
      : undefined,
  );
  await expect(ask("['traces'] | where name == 'x'")).rejects.toMatchObject({
    failure: 'unauthorized',
    message: 'Axiom prod does not let Steady read this (403). Trace 4bf92f3577b34da6.',
    details: {
      nextStep:
        "Someone who administers Axiom can give Steady's token query of traces; or run the command and paste the answer.",
      command: expect.stringMatching(
        /^curl -sS -H "Authorization: Bearer \$AXIOM_TOKEN" 'http:\/\/[^']+\/v1\/query\/_apl\?format=tabular' -H 'content-type: application\/json' --data-raw '\{"apl":"\['\\''traces'\\''\]/,
      ),
    },
  });
});

test.each([
  [
    {
      'x-ratelimit-scope': 'organization',
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': `${TO / 1_000 + 42}`,
    },
    'the limit of the organisation, 1,000 a minute, is used up',
  ],
  [
    {
      'x-ratelimit-remaining': '12',
      'x-querylimit-limit': '5000',
      'x-querylimit-remaining': '0',
      'x-querylimit-reset': `${TO / 1_000 + 42}`,
    },
    'the query limit of 5,000 GB·ms is used up',
  ],
])('a limit is told with its reset', async (headers, said) => {
  const { ask } = await axiom(({ path }) =>
    path.endsWith('/_apl') ? { status: 429, headers, body: { message: 'rate limit exceeded' } } : undefined,
  );
  await expect(ask("['traces'] | count")).rejects.toMatchObject({
    failure: 'rate-limited',
    message: expect.stringContaining(said),
    details: { retryAt: TO + 42_000 },
  });
});

test('a query limit that is nearly used up is said with the answer', async () => {
  const headers = { 'x-querylimit-limit': '5000', 'x-querylimit-reset': `${TO / 1_000 + 120}` };
  const left = (remaining: string) =>
    axiom(({ path }) =>
      path.endsWith('/_apl')
        ? { ...EMPTY, headers: { ...headers, 'x-querylimit-remaining': remaining } }
        : undefined,
    );
  expect((await (await left('312')).ask("['traces'] | count")).warnings).toEqual([
    "Of Axiom's query limit 312 of 5,000 GB·ms are left until 13:34 UTC.",
  ]);
  expect((await (await left('4000')).ask("['traces'] | count")).warnings).toEqual([]);
});

test('a query that needs too much memory says how to need less', async () => {
  const { ask } = await axiom(({ path }) =>
    path.endsWith('/_apl')
      ? { status: 432, body: { code: 432, message: 'query memory exceeded' } }
      : undefined,
  );
  await expect(ask("['traces'] | count")).rejects.toMatchObject({
    failure: 'too-large',
    message: 'Axiom prod ran out of memory for this query (432).',
    details: { nextStep: expect.stringContaining('`project` fewer fields') },
  });
});

test('the line and column of a refusal are shown', async () => {
  const { ask } = await axiom(({ path }) =>
    path.endsWith('/_mpl')
      ? { status: 400, body: { error: 'parse error', message: 'unexpected token at 1:7' } }
      : undefined,
  );
  await expect(ask('`shop-metrics`:`queue.length` | nonsense')).rejects.toMatchObject({
    failure: 'bad-query',
    message: 'Axiom prod refuses the query: unexpected token at 1:7.',
  });
});
