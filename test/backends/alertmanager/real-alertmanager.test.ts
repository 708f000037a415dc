import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePermalink } from '../../../src/backends/alertmanager/permalink.ts';
import type { Backend } from '../../../src/backends/backend.ts';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import type { Result } from '../../../src/domain/evidence.ts';
import { HOUR, MINUTE } from '../../../src/domain/time.ts';
import { findAlertmanager, type RunningAlertmanager, startAlertmanager } from './start-alertmanager.ts';

const CONFIG = `route:
  receiver: tickets
  group_wait: 1s
  routes:
    - matchers: [severity="page"]
      receiver: on.call
receivers:
  - name: tickets
  - name: on.call
inhibit_rules:
  - source_matchers: [alertname="ClusterDown"]
    target_matchers: [alertname="NodeDown"]
    equal: [cluster]
`;

const program = findAlertmanager();

describe.runIf(program !== undefined)('against a real Alertmanager', () => {
  // The server's clock is the machine's, so alerts and silences are around its now.
  const now = Date.now();
  const until = new Date(now + HOUR).toISOString();
  let server: RunningAlertmanager;
  let backend: Backend;

  async function post(path: string, body: unknown): Promise<void> {
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  const alert = (labels: object, age: number, summary: string) => ({
    labels,
    annotations: { summary },
    startsAt: new Date(now - age).toISOString(),
    endsAt: until,
  });

  const signal = () => AbortSignal.timeout(15_000);

  async function ask(query: string, to = now) {
    const window = { from: to - HOUR, to };
    const matched = backend.match(query, await backend.discover(window, signal()));
    return await backend.query({ matched, window }, signal());
  }

  const cells = (result: Result, ...columns: string[]) => {
    if (result.kind !== 'rows') throw new Error('no rows');
    return result.rows.map((row) => columns.map((name) => row[result.columns.indexOf(name)] ?? '').join(' '));
  };

  beforeAll(async () => {
    server = await startAlertmanager(program ?? '', CONFIG);
    const [made] = createBackends(
      { alertmanager: [{ name: 'real', url: server.url }] },
      { now: () => now, decoder: createDecoder() },
    );
    if (!made) throw new Error('no backend was made');
    backend = made;
    await post('/api/v2/silences', {
      matchers: [{ name: 'alertname', value: 'DiskFull', isRegex: false, isEqual: true }],
      startsAt: new Date(now - MINUTE).toISOString(),
      endsAt: until,
      createdBy: 'lea',
      comment: 'being replaced',
    });
    await post('/api/v2/alerts', [
      alert({ alertname: 'ClusterDown', cluster: 'c1', severity: 'page' }, 5 * MINUTE, 'all of it'),
      alert({ alertname: 'NodeDown', cluster: 'c1', node: 'n"1\\' }, 4 * MINUTE, 'one of it'),
      alert({ alertname: 'DiskFull', severity: 'ticket' }, 3 * MINUTE, 'full'),
      alert({ alertname: 'Slow', severity: 'page' }, 2 * MINUTE, 'slow'),
    ]);
    // The dispatcher takes new alerts up a moment later; until then they are unprocessed.
    for (const deadline = performance.now() + 15_000; performance.now() < deadline; await pause(50))
      if (!cells((await ask('')).result, 'state').includes('unprocessed')) return;
    throw new Error('the alerts were not processed in 15 s');
  }, 40_000);

  afterAll(async () => {
    await backend?.close?.();
    await server?.[Symbol.asyncDispose]();
  });

  test('says its version, its receivers and alerts', async () => {
    expect(await backend.probe(signal())).toMatch(/^Alertmanager \d+\.\d+\.\d+/);
    const found = await backend.discover({ from: now, to: now }, signal());
    expect(found.missing).toEqual([]);
    expect(found.lists.map(({ kind, names }) => [kind, [...names].sort()])).toEqual([
      ['receivers', ['on.call', 'tickets']],
      ['alerts', ['ClusterDown', 'DiskFull', 'NodeDown', 'Slow']],
    ]);
  });

  test('tells firing, silenced and inhibited apart, and by whom', async () => {
    const answer = await ask('');
    expect(cells(answer.result, 'state', 'alert', 'by')).toEqual([
      'firing Slow ',
      'firing ClusterDown ',
      `silenced DiskFull lea until ${until}: being replaced`,
      'inhibited NodeDown alert ClusterDown',
    ]);
    expect(answer.warnings).toEqual(['2 firing, 1 silenced, 1 inhibited.']);
    expect(answer.completeness).toEqual({ kind: 'complete' });
    expect(answer.window).toEqual({ from: now, to: now });
  });

  test.each([
    ['Slow', ['Slow']],
    ['{severity=~"page|ticket"}', ['Slow', 'ClusterDown', 'DiskFull']],
    ['severity="page", alertname!="Slow"', ['ClusterDown']],
    ['node="n\\"1\\\\"', ['NodeDown']],
    ['receiver="on.call"', ['Slow', 'ClusterDown']],
    ['receiver=~"on.*|x" alertname=Slow', ['Slow']],
    ['{alertname="Gone"}', []],
  ])('%s', async (query, alerts) => {
    const answer = await ask(query);
    expect(cells(answer.result, 'alert')).toEqual(alerts);
    if (answer.reproduction.kind !== 'permalink') throw new Error('no permalink');
    const again = await ask(parsePermalink(answer.reproduction.url)?.query ?? 'unreadable');
    expect(again.result).toEqual(answer.result);
  });

  test('a bad matcher is refused with its words', async () => {
    await expect(ask('bad filter')).rejects.toMatchObject({
      failure: 'bad-query',
      message: expect.stringContaining('bad filter'),
    });
    await expect(ask('{a=~"("}')).rejects.toMatchObject({ failure: 'bad-query' });
  });

  test('an earlier time is not answered as if it were now', async () => {
    expect((await ask('Slow', now - HOUR)).warnings).toEqual([
      expect.stringContaining('Alertmanager knows only what is so now'),
    ]);
  });
});
