import { inflateSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createSentry } from '../../../src/backends/sentry/sentry.ts';
import type { SentryDeployment } from '../../../src/backends/sentry/settings.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { DAY, MINUTE, SECOND, type Window } from '../../../src/domain/time.ts';
import { readKept } from '../../contracts/backend/read-kept.ts';
import { type Received, type Reply, startFakeServer } from '../fake-server.ts';
import { issue, ORGANIZATION, sentrySpecification } from './wire.ts';

const TO = Date.parse('2026-11-23T13:32:00Z');
const WINDOW: Window = { from: TO - 30 * MINUTE, to: TO };
const iso = (at: number) => new Date(at).toISOString();
const TIMES = { start: iso(WINDOW.from), end: iso(WINDOW.to) };

const open: AsyncDisposable[] = [];
const violation = await sentrySpecification();
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

const release = (version: string, more: object = {}) => ({
  id: 1,
  version,
  dateCreated: iso(TO - 40 * MINUTE),
  deployCount: 0,
  projects: [{ slug: 'checkout' }],
  ...more,
});
const deploy = (finished: number, more: object = {}) => ({
  id: '1',
  environment: 'production',
  dateStarted: null,
  dateFinished: iso(finished),
  name: null,
  url: null,
  ...more,
});

const HEALTHY: Readonly<Record<string, object>> = {
  '': { slug: 'acme', name: 'Acme' },
  'projects/': [
    { id: '3', slug: 'checkout' },
    { id: '4', slug: 'payments' },
  ],
  'environments/': [{ name: 'production' }, { name: '' }],
  'releases/': [release('checkout@2.3.45')],
  'tags/': [{ key: 'region', totalValues: 1_200 }, { key: 'release' }],
  'issues/': [issue({})],
  'events/': { data: [{ 'count()': 12, 'count_unique(user)': 7 }], meta: {} },
  'issues/CHECKOUT-4F/': issue({}),
  'issues/CHECKOUT-4F/events/latest/': {
    eventID: 'f'.repeat(32),
    dateCreated: iso(TO),
    entries: [],
    tags: [],
  },
};

async function sentry(
  play: (below: string, received: Received) => Reply | undefined = () => undefined,
  more: Partial<SentryDeployment> = {},
) {
  const server = await startFakeServer((received) => {
    const below = received.path.slice(ORGANIZATION.length);
    const body = HEALTHY[below];
    return (
      play(below, received) ??
      (body ? { body } : { status: 404, body: { detail: 'The requested resource does not exist' } })
    );
  });
  const backend = createSentry(
    {
      name: 'prod',
      url: server.url,
      organization: 'acme',
      auth: { kind: 'bearer', token: new Secret('sntryu_abcdefgh', 'env SENTRY_TOKEN') },
      ...more,
    },
    { now: () => TO, decoder: createDecoder(), retryAfter: 1 },
  );
  open.push(server, { [Symbol.asyncDispose]: async () => await backend.close?.() });
  open.push({
    async [Symbol.asyncDispose]() {
      for (const one of server.received) expect(await violation(one), one.url).toBeUndefined();
    },
  });
  const signal = AbortSignal.timeout(10_000);
  return {
    server,
    backend,
    signal,
    async ask(query: string, window = WINDOW) {
      const matched = backend.match(query, await backend.discover(window, signal));
      server.received.splice(0);
      return await backend.query({ matched, window }, signal);
    },
    sent: () =>
      server.received.map(({ path, params }) => [
        path.slice(ORGANIZATION.length),
        Object.fromEntries(params),
      ]),
  };
}

describe('issues', () => {
  test('a search goes as it is typed, over absolute times, never with a period', async () => {
    const { ask, sent, server } = await sentry();
    const answer = await ask('issues is:unresolved !level:info sort:freq', {
      from: WINDOW.from + 7,
      to: TO - 7,
    });
    expect(sent()).toEqual([
      ['issues/', { query: 'is:unresolved !level:info', sort: 'freq', limit: '100', ...TIMES }],
    ]);
    expect(answer.window).toEqual(WINDOW);
    expect(answer.reproduction).toEqual({
      kind: 'permalink',
      url: `${server.url}/organizations/acme/issues/?query=is%3Aunresolved%20!level%3Ainfo&sort=freq&start=2026-11-23T13%3A02%3A00&end=2026-11-23T13%3A32%3A00&utc=true`,
    });
    expect(answer.result).toEqual({
      kind: 'rows',
      columns: [
        'issue',
        'events',
        'users',
        'title',
        'culprit',
        'first seen',
        'last seen',
        'status',
        'level',
        'project',
      ],
      rows: [
        [
          'CHECKOUT-4F',
          2_831,
          1_904,
          'UpstreamRateLimited: payments answered 429',
          'POST /api/checkout',
          '2026-11-23T13:24:02.000Z',
          '2026-11-23T13:31:58.123Z',
          'unresolved (new)',
          'error',
          'checkout',
        ],
      ],
    });
  });

  test('new ones are those never seen before the window, newest first', async () => {
    const { ask, sent } = await sentry();
    await ask('new level:error');
    expect(sent()).toEqual([
      [
        'issues/',
        {
          query: 'level:error firstSeen:>=2026-11-23T13:02:00Z firstSeen:<2026-11-23T13:32:00Z',
          sort: 'new',
          limit: '100',
          ...TIMES,
        },
      ],
    ]);
  });

  test('the project of the configuration is meant where none is named, by its number', async () => {
    const { ask, sent, server } = await sentry(undefined, { project: 'payments' });
    const answer = await ask('new');
    await ask('issues project:checkout');
    expect(sent()).toEqual([['issues/', expect.not.objectContaining({ project: expect.anything() })]]);
    expect(answer.reproduction).toMatchObject({ url: expect.stringContaining('&project=4&') });
    expect(server.received).toHaveLength(1);
  });

  test('pages are followed by their link, three at most, and that there are more is told', async () => {
    const next = (results: boolean, at: number) =>
      `<http://x/?cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", <http://x/?cursor=0:${at}:0>; rel="next"; results="${results}"; cursor="0:${at}:0"`;
    const page = (below: string, { params }: Received, last: number) => {
      if (below !== 'issues/') return undefined;
      const at = Number((params.get('cursor') ?? '0:0:0').split(':')[1]) + 100;
      const body = [issue({ shortId: `CHECKOUT-${at}` })];
      return { headers: { link: next(at < last, at) }, body };
    };
    const two = await sentry((below, received) => page(below, received, 200));
    const whole = await two.ask('issues');
    expect(two.sent().map(([, params]) => (params as Record<string, string>).cursor)).toEqual([
      undefined,
      '0:100:0',
    ]);
    expect(whole.completeness).toEqual({ kind: 'complete' });
    expect(whole.result).toMatchObject({
      rows: [['CHECKOUT-100', ...Array(9).fill(expect.anything())], expect.anything()],
    });
    expect((await readKept(whole)).result).toEqual(whole.result);

    const many = await sentry((below, received) => page(below, received, 5_000));
    const cut = await many.ask('issues');
    expect(many.sent()).toHaveLength(3);
    expect(cut.completeness).toEqual({
      kind: 'partial',
      why: 'these are the first 3 issues, and there are more',
    });
  });

  test('a limit met on a later page leaves what was read, and says when', async () => {
    const { ask } = await sentry((below, { params }) =>
      below !== 'issues/'
        ? undefined
        : params.has('cursor')
          ? { status: 429, body: { detail: 'too frequent' } }
          : {
              headers: { link: '<http://x>; rel="next"; results="true"; cursor="0:100:0"' },
              body: [issue({})],
            },
    );
    const answer = await ask('issues');
    expect(answer.result).toMatchObject({ rows: [expect.anything()] });
    expect(answer.completeness).toEqual({
      kind: 'partial',
      why: expect.stringMatching(
        /^the rest could not be read: Sentry prod accepts no more questions for now \(429\)/,
      ),
    });
  });
});

describe('one issue', () => {
  test('its numbers, what happened in the window, its latest event, and the address that Sentry gives', async () => {
    const { ask, sent, server } = await sentry((below) =>
      below === 'issues/CHECKOUT-4F/'
        ? { body: issue({ permalink: `${server.url}/organizations/acme/issues/11/?token=1` }) }
        : undefined,
    );
    const answer = await ask('issue checkout-4f');
    expect(sent()).toEqual([
      ['issues/CHECKOUT-4F/', {}],
      ['issues/CHECKOUT-4F/events/latest/', {}],
      [
        'events/',
        {
          dataset: 'errors',
          field: 'count_unique(user)',
          query: 'issue:CHECKOUT-4F',
          per_page: '1',
          ...TIMES,
        },
      ],
    ]);
    if (answer.result.kind !== 'text') throw new Error('no text');
    expect(answer.result.text).toMatch(
      /^CHECKOUT-4F · UpstreamRateLimited.*\nin this time: 12 events, 7 users\nin all: 2,831/,
    );
    expect(answer.reproduction).toEqual({
      kind: 'permalink',
      url: `${server.url}/organizations/acme/issues/11/`,
    });
    expect(JSON.parse(inflateSync(answer.snapshot).toString())).toMatchObject({
      parts: [{ of: 'issue' }, { of: 'event' }, { of: 'counts' }],
    });
    expect((await readKept(answer)).result).toEqual(answer.result);
  });

  test('stands without what could not be read beside it, and says so', async () => {
    const { ask } = await sentry((below) =>
      below.startsWith('events') || below.endsWith('latest/')
        ? { status: 403, body: { detail: 'no' } }
        : undefined,
    );
    const answer = await ask('issue CHECKOUT-4F');
    expect(answer.completeness).toMatchObject({
      kind: 'partial',
      why: expect.stringContaining('its latest event could not be read'),
    });
    expect(answer.result).toMatchObject({ text: expect.stringContaining('in all: 2,831 events') });
    expect((await readKept(answer)).result).toEqual(answer.result);
  });

  test('one that is not there is refused with the nearest that are', async () => {
    const { ask } = await sentry((below) =>
      below === 'issues/' ? { body: [issue({}), issue({ shortId: 'CHECKOUT-9Z' })] } : undefined,
    );
    await expect(ask('issue CHECKOUT-4E')).rejects.toMatchObject({
      failure: 'unknown-source',
      message: 'Sentry prod has no issue `CHECKOUT-4E`, or its token may not see it.',
      details: { nearest: ['CHECKOUT-4F', 'CHECKOUT-9Z'] },
    });
    await expect(ask('issue CHEKOUT-4F')).rejects.toMatchObject({
      failure: 'unknown-source',
      details: { nearest: ['checkout'] },
    });
  });
});

describe('releases', () => {
  const LIST = [
    release('checkout@2.3.45', {
      deployCount: 2,
      lastDeploy: deploy(TO - 5 * MINUTE),
      commitCount: 3,
      newGroups: 1,
    }),
    release('web@5', { dateReleased: iso(TO - 10 * MINUTE) }),
    release('checkout@2.3.44', {
      dateCreated: iso(TO - 3 * DAY),
      deployCount: 1,
      lastDeploy: deploy(TO - 2 * DAY),
    }),
  ];
  const DEPLOYS = [
    deploy(TO - 5 * MINUTE, { dateStarted: iso(TO - 8 * MINUTE) }),
    deploy(TO - 70 * MINUTE, { environment: 'staging' }),
  ];
  const play = (below: string): Reply | undefined =>
    below === 'releases/' ? { body: LIST } : below.endsWith('/deploys/') ? { body: DEPLOYS } : undefined;

  test('every deploy of the window with its times, and the last one before it', async () => {
    const { ask, sent } = await sentry(play);
    const answer = await ask('releases');
    expect(sent()).toEqual([
      ['releases/', { per_page: '100' }],
      ['releases/checkout%402.3.45/deploys/', {}],
    ]);
    expect(answer.result).toEqual({
      kind: 'rows',
      columns: ['at', 'until', 'what', 'release', 'environment', 'project', 'new issues', 'commits'],
      rows: [
        [
          '2026-11-23T13:24:00.000Z',
          '2026-11-23T13:27:00.000Z',
          'deployed',
          'checkout@2.3.45',
          'production',
          'checkout',
          1,
          3,
        ],
        ['2026-11-23T13:22:00.000Z', '', 'released', 'web@5', '', 'checkout', '', ''],
      ],
    });
    expect(answer.warnings).toEqual([
      'Before this time, checkout@2.3.44 was the last to be deployed to production, at 2026-11-21 13:32 UTC.',
    ]);
    expect((await readKept(answer)).result).toEqual(answer.result);
  });

  test('are changes, oldest first', async () => {
    const { backend, signal, server } = await sentry(play);
    expect((await backend.changes?.(WINDOW, signal))?.found).toEqual([
      {
        at: TO - 10 * MINUTE,
        kind: 'deploy',
        title: 'web@5 released',
        service: 'checkout',
        version: 'web@5',
        url: `${server.url}/organizations/acme/releases/web%405/`,
      },
      {
        at: TO - 8 * MINUTE,
        until: TO - 5 * MINUTE,
        kind: 'deploy',
        title: 'checkout@2.3.45 deployed to production',
        service: 'checkout',
        version: 'checkout@2.3.45',
        url: `${server.url}/organizations/acme/releases/checkout%402.3.45/`,
      },
    ]);
  });
});

describe('tags, schema and values', () => {
  test('tags of an issue are counted within the window', async () => {
    const { ask, sent } = await sentry((below) =>
      below === 'events/' ? { body: { data: [{ region: 'eu', 'count()': 9 }] } } : undefined,
    );
    const answer = await ask('tags CHECKOUT-4F region');
    expect(sent()).toEqual([
      [
        'events/',
        {
          dataset: 'errors',
          field: 'count()',
          query: 'issue:CHECKOUT-4F',
          sort: '-count()',
          per_page: '100',
          ...TIMES,
        },
      ],
    ]);
    expect(answer.result).toEqual({ kind: 'rows', columns: ['region', 'count()'], rows: [['eu', 9]] });
    await expect(ask('tags CHECKOUT-4F regoin')).rejects.toMatchObject({
      failure: 'unknown-source',
      details: { nearest: ['region'] },
    });
  });

  test('a schema is the tags of a project, values are counted', async () => {
    const { backend, signal, sent, server } = await sentry((below) =>
      below === 'events/' ? { body: { data: [{ region: 'eu', 'count()': 9 }] } } : undefined,
    );
    await backend.discover(WINDOW, signal);
    server.received.splice(0);
    expect(await backend.schema?.('checkout', WINDOW, signal)).toEqual({
      source: 'checkout',
      at: TO,
      fields: [
        { name: 'region', type: 'tag', description: 'on 1,200 events' },
        { name: 'release', type: 'tag' },
      ],
    });
    const values = await backend.values?.('checkout', 'region', WINDOW, signal);
    expect(values?.result).toEqual({ kind: 'rows', columns: ['value', 'count'], rows: [['eu', 9]] });
    expect(values?.query).toBe('events project:checkout fields:region,count() sort:-count()');
    expect(sent()).toMatchObject([
      ['tags/', { project: '3', ...TIMES }],
      ['events/', { project: '3', ...TIMES }],
    ]);
  });

  test('a search names its projects and tags, so that their schema can be looked at first', async () => {
    const { backend, signal } = await sentry();
    const discovery = await backend.discover(WINDOW, signal);
    expect(
      backend.match('issues project:checkout is:unresolved has:regoin !tier:a user.email:x', discovery),
    ).toMatchObject({
      sources: [{ source: 'checkout', fields: ['regoin', 'tier'] }],
    });
    expect(backend.match('new region:x', discovery)).toMatchObject({
      sources: [{ source: 'acme', fields: ['region'] }],
    });
    expect(backend.match('events environment:prod', discovery).hints).toEqual([
      'There is no environment `prod` in this time. Nearest: `production`.',
    ]);
  });
});

describe('plain requests', () => {
  test('only what reads is asked, with its slash and over absolute times', async () => {
    const { backend, signal, sent } = await sentry();
    const answer = await backend.get?.(`${ORGANIZATION}issues?query=is:unresolved`, WINDOW, signal);
    expect(sent()).toEqual([['issues/', { query: 'is:unresolved', ...TIMES }]]);
    expect(answer).toMatchObject({
      query: `GET ${ORGANIZATION}issues/?query=is%3Aunresolved&start=${encodeURIComponent(TIMES.start)}&end=${encodeURIComponent(TIMES.end)}`,
      window: WINDOW,
      result: { kind: 'rows', columns: expect.arrayContaining(['shortId']) },
    });
    if (answer) expect((await readKept(answer)).result).toEqual(answer.result);
  });

  test.each([
    '/api/0/organizations/other/issues/',
    `${ORGANIZATION}members/`,
    `${ORGANIZATION}issues/../members/`,
    `${ORGANIZATION}issues/%2e%2e/`,
    `${ORGANIZATION}issues/a%2fb/`,
    `https://evil.example${ORGANIZATION}issues/`,
    `${ORGANIZATION}issues/?statsPeriod=1h`,
  ])('%s is refused before anything is sent', async (path) => {
    const { backend, signal, server } = await sentry();
    await expect(backend.get?.(path, WINDOW, signal)).rejects.toMatchObject({ failure: 'bad-query' });
    expect(server.received).toEqual([]);
  });
});

describe('refusals', () => {
  test('a limit is told with its number and the time it ends, from Sentry’s own headers', async () => {
    const { ask } = await sentry((below) =>
      below === 'issues/'
        ? {
            status: 429,
            headers: {
              'x-sentry-rate-limit-limit': '40',
              'x-sentry-rate-limit-remaining': '0',
              'x-sentry-rate-limit-reset': String(TO / SECOND + 9),
              'x-sentry-rate-limit-concurrentlimit': '25',
              'x-sentry-rate-limit-concurrentremaining': '24',
            },
            body: { detail: 'You are attempting to use this endpoint too frequently.' },
          }
        : undefined,
    );
    await expect(ask('issues')).rejects.toMatchObject({
      failure: 'rate-limited',
      message:
        'Sentry prod accepts no more questions for now (429): You are attempting to use this endpoint too frequently; its limit here is 40.',
      details: { retryAt: TO + 9 * SECOND },
    });
  });

  test('a token without a scope is told which, and the command names the variable', async () => {
    const { ask } = await sentry((below) =>
      below === 'issues/'
        ? { status: 403, body: { detail: 'You do not have permission to perform this action.' } }
        : undefined,
    );
    await expect(ask('issues')).rejects.toMatchObject({
      failure: 'unauthorized',
      details: {
        nextStep: expect.stringContaining('`event:read`, `org:read` and `project:read` on `acme`'),
        command: expect.stringContaining('Bearer $SENTRY_TOKEN'),
      },
    });
  });

  test('an organization that is not there points at its setting', async () => {
    const { backend, signal } = await sentry(() => ({
      status: 404,
      body: { detail: 'The requested resource does not exist' },
    }));
    await expect(backend.probe(signal)).rejects.toMatchObject({
      failure: 'unavailable',
      details: { nextStep: expect.stringContaining('`organization_slug` in `[sentry.deployments.prod]`') },
    });
  });

  test('the probe names organization and projects, and asks what tokens often lack', async () => {
    const { backend, signal } = await sentry();
    expect(await backend.probe(signal)).toBe('Sentry, organization acme, 2 projects');
    const lacking = await sentry((below) =>
      below === 'issues/' ? { status: 403, body: { detail: 'no' } } : undefined,
    );
    await expect(lacking.backend.probe(signal)).rejects.toMatchObject({ failure: 'unauthorized' });
  });

  test('a configured project that does not exist is refused with the nearest', async () => {
    const { ask } = await sentry(undefined, { project: 'chekout' });
    await expect(ask('new')).rejects.toMatchObject({
      failure: 'unknown-source',
      details: { nearest: ['checkout'] },
    });
  });
});
