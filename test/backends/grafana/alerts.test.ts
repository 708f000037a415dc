import { describe, expect, test } from 'vitest';
import type { Received, Reply } from '../fake-server.ts';
import { grafanas, NOW, signal } from './ask-kit.ts';

const start = grafanas();

// Answers in the documented shapes, made by hand: no Grafana can be started here.
const held = (alertname: string, state: string, more: object = {}) => ({
  labels: { alertname, severity: 'page', grafana_folder: 'Shop' },
  annotations: { summary: `${alertname} it is` },
  fingerprint: alertname,
  receivers: [{ name: 'oncall' }],
  startsAt: '2026-11-23T13:10:01.119Z',
  status: { state, silencedBy: [], inhibitedBy: [], ...more },
});

const ruled = (alertname: string, state: string) => ({
  state: state === 'Alerting' ? 'firing' : state.toLowerCase(),
  name: alertname,
  type: 'alerting',
  alerts: [
    {
      labels: { alertname, severity: 'page', grafana_folder: 'Shop' },
      annotations: { summary: `${alertname} it is` },
      state,
      activeAt: '2026-11-23T13:29:00Z',
      value: '1e+00',
    },
  ],
});

const SOURCES = [{ uid: 'am-1', orgId: 1, name: 'Mimir Alertmanager', type: 'alertmanager', jsonData: {} }];
const SILENCES = [
  {
    id: 's1',
    createdBy: 'mara',
    comment: 'known',
    endsAt: '2026-11-23T14:32:00Z',
    status: { state: 'active' },
  },
];

interface World {
  readonly sources?: readonly object[];
  readonly own?: Reply;
  readonly external?: Reply;
  readonly rules?: Reply;
}

const plays =
  (world: World) =>
  ({ path }: Received): Reply => {
    if (path === '/api/datasources') return { body: world.sources ?? [] };
    if (path === '/api/alertmanager/grafana/api/v2/alerts') return world.own ?? { body: [] };
    if (path === '/api/alertmanager/am-1/api/v2/alerts') return world.external ?? { body: [] };
    if (path.endsWith('/api/v2/silences')) return { body: SILENCES };
    if (path === '/api/prometheus/grafana/api/v1/rules') return world.rules ?? rulesOf([]);
    return { status: 404, body: { message: 'Not found' } };
  };

const rulesOf = (rules: readonly object[]): Reply => ({
  body: { status: 'success', data: { groups: [{ name: 'g', folderUid: 'f', rules }] } },
});

const table = (answer: { readonly result: unknown }) => {
  const { columns, rows } = answer.result as { columns: string[]; rows: unknown[][] };
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
};

describe('what fires', () => {
  test('two alerts that fire are two, though no state is called firing: no false all-clear', async () => {
    const { ask, backend } = await start(
      plays({ own: { body: [held('PoolExhausted', 'active'), held('CheckoutErrors', 'active')] } }),
    );
    const answer = await ask('alerts');
    expect(table(answer).map(({ alert, state }) => [alert, state])).toEqual([
      ['PoolExhausted', 'firing'],
      ['CheckoutErrors', 'firing'],
    ]);
    expect(answer).toMatchObject({
      query: 'alerts',
      window: { from: NOW, to: NOW },
      completeness: { kind: 'complete' },
    });
    const found = await backend.firing?.(signal());
    expect(found?.found.map(({ name, summary }) => [name, summary])).toEqual([
      ['PoolExhausted', 'PoolExhausted it is'],
      ['CheckoutErrors', 'CheckoutErrors it is'],
    ]);
  });

  test('firing, pending, silenced and without data are told apart; the rule of a silenced alert says firing', async () => {
    const { ask, backend } = await start(
      plays({
        own: {
          body: [held('CheckoutErrors', 'active'), held('DiskFull', 'suppressed', { silencedBy: ['s1'] })],
        },
        rules: rulesOf([
          ruled('CheckoutErrors', 'Alerting'),
          ruled('DiskFull', 'Alerting'),
          ruled('QueueGrows', 'Pending'),
          ruled('ProbeGone', 'NoData'),
          ruled('Quiet', 'Normal'),
          ruled('JustBegun', 'Alerting (NoData)'),
        ]),
      }),
    );
    const answer = await ask('alerts');
    expect(table(answer).map(({ alert, state }) => [alert, state])).toEqual([
      ['JustBegun', 'firing'],
      ['CheckoutErrors', 'firing'],
      ['QueueGrows', 'pending'],
      ['ProbeGone', 'no data'],
      ['DiskFull', 'silenced'],
    ]);
    expect(answer.warnings).toContain('2 firing, 1 pending, 1 silenced, 1 no data.');
    expect(table(answer).at(-1)?.by).toBe('mara until 2026-11-23T14:32:00.000Z: known');
    expect((await backend.firing?.(signal()))?.found.map(({ name }) => name)).toEqual([
      'CheckoutErrors',
      'JustBegun',
    ]);
  });

  test('nothing fires: said only where everything could be read', async () => {
    const { ask, server } = await start(plays({ sources: SOURCES }));
    expect(await ask('alerts')).toMatchObject({ result: { rows: [] }, completeness: { kind: 'complete' } });
    server.answer(plays({ sources: SOURCES, external: { status: 500, body: '' } }));
    expect((await ask('alerts')).completeness).toMatchObject({
      kind: 'partial',
      why: expect.stringContaining('alerts of Mimir Alertmanager could not be read'),
    });
    server.answer(plays({ sources: SOURCES, rules: { status: 403, body: { message: 'no' } } }));
    expect((await ask('alerts')).completeness).toMatchObject({
      kind: 'partial',
      why: expect.stringContaining('alert rules could not be read'),
    });
  });

  test('nobody answers: an error, never an empty table', async () => {
    const no: Reply = { status: 403, body: { message: 'Access denied' } };
    const { ask } = await start(plays({ own: no, rules: no }));
    await expect(ask('alerts')).rejects.toMatchObject({ failure: 'unauthorized' });
  });
});

describe('where alerts are', () => {
  test('external Alertmanagers are asked by their uid, and each alert says where it is', async () => {
    const { ask } = await start(
      plays({
        sources: SOURCES,
        own: { body: [held('CheckoutErrors', 'active')] },
        external: { body: [held('NodeDown', 'suppressed', { inhibitedBy: ['x'] })] },
        rules: rulesOf([ruled('QueueGrows', 'Pending')]),
      }),
    );
    expect(table(await ask('alerts')).map(({ alert, state, where }) => [alert, state, where])).toEqual([
      ['CheckoutErrors', 'firing', 'Grafana'],
      ['QueueGrows', 'pending', 'Grafana'],
      ['NodeDown', 'inhibited', 'Mimir Alertmanager'],
    ]);
  });

  test('matchers narrow both: the Alertmanager by its filter, the rules here', async () => {
    const { ask, server } = await start(
      plays({
        own: { body: [held('CheckoutErrors', 'active')] },
        rules: rulesOf([ruled('QueueGrows', 'Pending'), ruled('CheckoutSlow', 'Pending')]),
      }),
    );
    const names = async (query: string) => table(await ask(query)).map(({ alert }) => alert);
    expect(await names('alerts {alertname=~"Checkout.*",severity!="info"}')).toEqual([
      'CheckoutErrors',
      'CheckoutSlow',
    ]);
    const asked = server.received.findLast(({ path }) => path.endsWith('/alerts'));
    expect(asked?.params.getAll('filter')).toEqual(['alertname=~"Checkout.*"', 'severity!="info"']);
    expect(await names('alerts QueueGrows')).toEqual(['CheckoutErrors', 'QueueGrows']);
    // Not run over the labels here, so said instead.
    expect((await ask('alerts alertname=~"(a+)+$"')).completeness).toMatchObject({
      why: expect.stringContaining('not narrowed'),
    });
    // A rule does not know its receiver.
    expect(await names('alerts receiver="oncall"')).toEqual(['CheckoutErrors']);
  });

  test('matchers that are refused are told with their place in what was typed', async () => {
    const { ask } = await start(
      plays({ own: { status: 400, body: JSON.stringify('8:9: %: invalid input') } }),
    );
    await expect(ask('alerts severity="page"')).rejects.toMatchObject({
      failure: 'bad-query',
      details: { asked: 'Grafana prod', position: { line: 1, column: 16 } },
    });
  });

  test('a data source that is an Alertmanager is pointed at `alerts`', async () => {
    const { ask } = await start(plays({ sources: SOURCES }));
    await expect(ask('"Mimir Alertmanager" severity="page"')).rejects.toMatchObject({
      failure: 'bad-query',
      details: { nextStep: expect.stringContaining('`alerts`') },
    });
  });

  test('an earlier time is not answered by what is so now', async () => {
    const { ask } = await start(plays({}));
    const answer = await ask('alerts', { from: NOW - 7_200_000, to: NOW - 3_600_000 });
    expect(answer.warnings[0]).toMatch(/^Grafana knows only what is so now/);
  });
});
