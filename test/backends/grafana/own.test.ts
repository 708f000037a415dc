import { describe, expect, test } from 'vitest';
import { parsePermalink } from '../../../src/backends/grafana/permalink.ts';
import type { Received, Reply } from '../fake-server.ts';
import { specification } from '../specification.ts';
import { grafanas, NOW, signal, WINDOW } from './ask-kit.ts';

const start = grafanas();
const violation = await specification('grafana', 'Grafana');

const ANNOTATIONS = [
  {
    id: 3,
    time: NOW - 120_000,
    text: 'flag <b>new-pricing</b> on &amp; live',
    tags: ['feature-flag', 'service:pricing'],
    login: 'flagbot',
  },
  {
    id: 2,
    time: NOW - 600_000,
    timeEnd: NOW - 450_000,
    text: 'checkout v2.3.45 rolled out',
    tags: ['deploy', 'app=checkout'],
    dashboardUID: 'shop',
  },
  { id: 1, time: NOW - 900_000, text: 'coffee <!channel>', tags: ['note'] },
];

const DASHBOARDS = [
  {
    id: 1,
    uid: 'shop',
    title: 'Checkout',
    url: '/d/shop/checkout',
    type: 'dash-db',
    folderTitle: 'Shop',
    tags: ['red'],
  },
  { id: 2, uid: 'pay', title: 'Payments', url: '/d/pay/payments', type: 'dash-db', tags: ['checkout'] },
];

const plays =
  (more: (received: Received) => Reply | undefined = () => undefined) =>
  (received: Received): Reply => {
    const { path, params } = received;
    const own = more(received);
    if (own) return own;
    if (path === '/api/datasources') return { body: [{ uid: 'p1', name: 'Metrics', type: 'prometheus' }] };
    if (path === '/api/annotations') {
      const tags = params.getAll('tags');
      return { body: ANNOTATIONS.filter((one) => tags.every((tag) => one.tags.includes(tag))) };
    }
    if (path === '/api/search')
      return {
        body: DASHBOARDS.filter(
          ({ title, tags }) =>
            (!params.has('query') || title.toLowerCase().includes(params.get('query') ?? '')) &&
            (!params.has('tag') || tags.includes(params.get('tag') ?? '')),
        ),
      };
    return { status: 404, body: { message: 'Not found' } };
  };

describe('annotations', () => {
  test('newest first, as text, over the window, narrowed by tags', async () => {
    const { ask, server } = await start(plays());
    const answer = await ask('annotations');
    expect(answer.result).toEqual({
      kind: 'rows',
      columns: ['time', 'until', 'text', 'tags', 'by'],
      rows: [
        [
          '2026-11-23T13:30:00.000Z',
          '',
          'flag new-pricing on & live',
          'feature-flag, service:pricing',
          'flagbot',
        ],
        [
          '2026-11-23T13:22:00.000Z',
          '2026-11-23T13:24:30.000Z',
          'checkout v2.3.45 rolled out',
          'deploy, app=checkout',
          '',
        ],
        ['2026-11-23T13:17:00.000Z', '', 'coffee', 'note', ''],
      ],
    });
    expect(answer).toMatchObject({ query: 'annotations', window: WINDOW });
    expect((await ask('annotations deploy, app=checkout')).result).toMatchObject({ rows: { length: 1 } });
    const asked = server.received.filter(({ path }) => path === '/api/annotations');
    expect(Object.fromEntries(asked[0]?.params ?? [])).toMatchObject({
      from: String(WINDOW.from),
      to: String(WINDOW.to),
      type: 'annotation',
    });
    for (const one of server.received)
      if (one.path === '/api/annotations') expect(await violation(one), one.url).toBeUndefined();
  });

  test('those that mark a change are changes, oldest first, told apart', async () => {
    const { backend } = await start(plays(), { linkUrl: 'https://grafana.example/g', orgId: '2' });
    const found = await backend.changes?.(WINDOW, signal());
    expect(found?.found).toEqual([
      {
        at: NOW - 600_000,
        until: NOW - 450_000,
        kind: 'deploy',
        title: 'checkout v2.3.45 rolled out',
        service: 'checkout',
        version: 'v2.3.45',
        url: `https://grafana.example/g/d/shop?orgId=2&from=${WINDOW.from}&to=${WINDOW.to}`,
      },
      { at: NOW - 120_000, kind: 'flag', title: 'flag new-pricing on & live', service: 'pricing' },
    ]);
    expect(found?.answer.result).toMatchObject({ rows: { length: 2 } });
  });

  test('by the tags of the configuration where it has any', async () => {
    const { backend } = await start(plays(), { changeTags: ['Note'] });
    const found = await backend.changes?.(WINDOW, signal());
    expect(found?.found.map(({ title, kind }) => [title, kind])).toEqual([['coffee', 'other']]);
  });

  test('a list that reached its end says that there may be more', async () => {
    const many = Array.from({ length: 1_000 }, (_, id) => ({ id, time: NOW - id, text: 'x', tags: [] }));
    const { ask } = await start(
      plays(({ path }) => (path === '/api/annotations' ? { body: many } : undefined)),
    );
    expect((await ask('annotations')).completeness).toMatchObject({
      kind: 'partial',
      why: expect.stringContaining('newest 1,000'),
    });
  });
});

describe('dashboards', () => {
  test('by a word in the title or as a tag, each linked over the window', async () => {
    const { backend, server } = await start(plays(), { linkUrl: 'https://grafana.example/' });
    expect(await backend.dashboards?.(' checkout ', WINDOW, signal())).toEqual([
      {
        title: 'Checkout',
        folder: 'Shop',
        tags: ['red'],
        url: `https://grafana.example/d/shop?from=${WINDOW.from}&to=${WINDOW.to}`,
      },
      { title: 'Payments', tags: ['checkout'], url: expect.stringContaining('/d/pay?') },
    ]);
    for (const one of server.received) expect(await violation(one), one.url).toBeUndefined();
  });

  test('are listed by discovery', async () => {
    const { backend } = await start(plays());
    const { lists } = await backend.discover(WINDOW, signal(), { only: ['dashboards'] });
    expect(lists).toEqual([{ kind: 'dashboards', names: ['Checkout', 'Payments'] }]);
  });
});

describe('where links lead', () => {
  const linkWith = async (appUrl: string, more: object = {}) => {
    const prometheus = (path: string): Reply | undefined =>
      path.includes('/values') || path.endsWith('/labels')
        ? { body: { status: 'success', data: ['up'] } }
        : path.endsWith('/query_range')
          ? { body: { status: 'success', data: { resultType: 'matrix', result: [] } } }
          : undefined;
    const { ask, server } = await start(
      plays(({ path }) =>
        path === '/api/frontend/settings'
          ? { body: { appUrl: appUrl.replace('SELF', host) } }
          : prometheus(path),
      ),
      more,
    );
    const host = new URL(server.url).host;
    const { reproduction } = await ask('Metrics up');
    return reproduction.kind === 'permalink' ? reproduction.url.replace(host, 'SELF') : '';
  };

  test('to the path that the Grafana says of itself, on the host that is configured', async () => {
    expect(await linkWith('http://SELF/grafana/')).toMatch(/^http:\/\/SELF\/grafana\/explore\?/);
  });

  test.each(['http://localhost:3000/', 'https://SELF/', 'javascript:alert(1)', ''])(
    'never to another host or protocol, whatever it says: %s',
    async (appUrl) => {
      expect(await linkWith(appUrl)).toMatch(/^http:\/\/SELF\/explore\?/);
    },
  );

  test('to `link_url` before all', async () => {
    const more = { linkUrl: 'https://grafana.example/sub' };
    expect(await linkWith('http://SELF/x/', more)).toMatch(/^https:\/\/grafana\.example\/sub\/explore\?/);
    expect(await linkWith('https://grafana.example/real/', more)).toMatch(
      /^https:\/\/grafana\.example\/real\/explore\?/,
    );
  });

  test('a link that Grafana itself wrote reads back', () => {
    const panes =
      '{"1bq":{"datasource":"P8E","queries":[{"refId":"A","expr":"rate(up[5m])","range":true,"datasource":{"type":"prometheus","uid":"P8E"}}],"range":{"from":"1795344394000","to":"1795351594000"}}}';
    expect(
      parsePermalink(
        `https://grafana.example/explore?schemaVersion=1&panes=${encodeURIComponent(panes)}&orgId=1`,
      ),
    ).toEqual({ query: 'P8E rate(up[5m])', window: { from: 1_795_344_394_000, to: 1_795_351_594_000 } });
    const relative = panes.replace('1795344394000', 'now-1h');
    expect(parsePermalink(`https://g.example/explore?panes=${encodeURIComponent(relative)}`)).toBeUndefined();
  });
});
