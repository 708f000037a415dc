import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/domain/time.ts';
import { startTelemetry, type Telemetry } from '../../../src/sandbox/telemetry/start-telemetry.ts';

const STARTED = Date.UTC(2026, 10, 23, 14, 6, 0);
let now = STARTED;
let telemetry: Telemetry;

beforeAll(async () => {
  telemetry = await startTelemetry({ now: () => now, port: 0 });
});
afterAll(() => telemetry.stop());

async function get(
  path: string,
  parameters: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${telemetry.url}${path}?${new URLSearchParams(parameters)}`);
  return { status: answer.status, body: await answer.json() };
}

function refusal(error: string, errorType = 'bad_data') {
  return { status: errorType === 'bad_data' ? 400 : 422, body: { status: 'error', errorType, error } };
}

describe('queries', () => {
  test('an instant query answers with a vector of strings at the time asked', async () => {
    const query = 'max(payments_rate_limit_per_second)';
    expect(await get('/api/v1/query', { query, time: String(STARTED / 1000) })).toEqual({
      status: 200,
      body: {
        status: 'success',
        data: { resultType: 'vector', result: [{ metric: {}, value: [STARTED / 1000, '200'] }] },
      },
    });
    expect(await get('/api/v1/query', { query, time: '2026-11-23T13:50:00.5Z' })).toMatchObject({
      body: { data: { result: [{ value: [Date.UTC(2026, 10, 23, 13, 50, 0, 500) / 1000, '500'] }] } },
    });
  });

  test.each([
    ['vector(0)/0', 'vector', [{ metric: {}, value: [STARTED / 1000, 'NaN'] }]],
    ['vector(1)/0', 'vector', [{ metric: {}, value: [STARTED / 1000, '+Inf'] }]],
    ['-1/0', 'scalar', [STARTED / 1000, '-Inf']],
    ['1e21', 'scalar', [STARTED / 1000, '1e+21']],
    ['0.0000001', 'scalar', [STARTED / 1000, '1e-07']],
    ['123456789012345678', 'scalar', [STARTED / 1000, '123456789012345680']],
    ['"x"', 'string', [STARTED / 1000, 'x']],
    ['nope', 'vector', []],
  ])('%s answers with a %s', async (query, resultType, result) => {
    const { body } = await get('/api/v1/query', { query, time: String(STARTED / 1000) });
    expect(body).toEqual({ status: 'success', data: { resultType, result } });
  });

  test('a range vector at an instant answers with its samples', async () => {
    const { body } = await get('/api/v1/query', {
      query: 'payments_rate_limit_per_second[1m]',
      time: String(STARTED / 1000),
    });
    expect(body).toMatchObject({
      data: { resultType: 'matrix', result: [{ values: Array(4).fill([expect.any(Number), '200']) }] },
    });
  });

  test('a range query by GET and by form answers the same, sorted by labels, on its own grid', async () => {
    const parameters = {
      query: 'sum by (code) (rate(http_requests_total{service="checkout"}[5m]))',
      start: String((STARTED - HOUR) / 1000),
      end: String(STARTED / 1000),
      step: '5m',
    };
    const byGet = await get('/api/v1/query_range', parameters);
    const posted = await fetch(`${telemetry.url}/api/v1/query_range`, {
      method: 'POST',
      body: new URLSearchParams(parameters),
    });
    expect(await posted.json()).toEqual(byGet.body);
    expect(byGet.body).toMatchObject({
      data: {
        resultType: 'matrix',
        result: [{ metric: { code: '200' } }, { metric: { code: '400' } }, { metric: { code: '500' } }],
      },
    });
    const times = (
      byGet.body as { data: { result: { values: [number, string][] }[] } }
    ).data.result[0]?.values.map(([time]) => time);
    expect(times).toEqual(Array.from({ length: 13 }, (_, index) => (STARTED - HOUR) / 1000 + index * 300));
  });

  test('now is the clock that was handed in', async () => {
    const errors = 'sum(rate(http_requests_total{service="checkout",code="500"}[1m]))';
    const before = await get('/api/v1/query', { query: `${errors} > 20` });
    expect(before).toMatchObject({
      body: { data: { result: [{ value: [STARTED / 1000, expect.any(String)] }] } },
    });
    now = STARTED - HOUR;
    expect(await get('/api/v1/query', { query: `${errors} > 20` })).toMatchObject({
      body: { data: { result: [] } },
    });
    now = STARTED;
  });

  test.each([
    ['sum(rate(up[5m])', '1:17: parse error: unclosed left parenthesis'],
    [
      'rate(up)',
      '1:6: parse error: expected type range vector in call to function "rate", got instant vector',
    ],
    ['constructor(up)', '1:1: parse error: unknown function with name "constructor"'],
    ['foo(up)', '1:1: parse error: unknown function with name "foo"'],
    ['', '1:1: parse error: no expression found in input'],
    ['up{', '1:4: parse error: unexpected end of input inside braces'],
    ['up)', `1:4: parse error: unexpected right parenthesis ')'`],
    ['up[5m', '1:6: parse error: unclosed left bracket'],
    ['up{job="a}', '1:8: parse error: unterminated quoted string'],
    ['{job=~".*"}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['1 > 2', '1:3: parse error: comparisons between scalars must use BOOL modifier'],
    ['1 and up', '1:1: parse error: set operator "and" not allowed in binary scalar expression'],
    ['up + bool up', '1:4: parse error: bool modifier can only be used on comparison operators'],
    [
      'sum(up, up)',
      '1:1: parse error: wrong number of arguments for aggregate expression provided, expected 1, got 2',
    ],
    ['topk(up, up)', '1:6: parse error: expected type scalar in aggregation parameter, got instant vector'],
    ['abs(up, up)', '1:1: parse error: expected 1 argument(s) in call to "abs", got 2'],
    ['up offset 5m offset 5m', '1:1: parse error: offset may not be set multiple times'],
    [
      'sum(up) offset 5m',
      '1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
    ],
    ['(up + up)[5m]', '1:10: parse error: ranges only allowed for vector selectors'],
    ['up{job=~"("}', '1:4: parse error: error parsing regexp: cannot read `^(?:()$`'],
    ['up{job=~"(?=a)"}', '1:4: parse error: error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
    ['up foo', '1:4: parse error: unexpected identifier "foo"'],
    ['up ==', '1:6: parse error: unexpected end of input'],
    ['up\n  + foo(up)', '2:5: parse error: unknown function with name "foo"'],
  ])('%j is refused in Prometheus words', async (query, message) => {
    expect(await get('/api/v1/query', { query })).toEqual(refusal(`invalid parameter "query": ${message}`));
    const range = await get('/api/v1/query_range', { query, start: '1', end: '2', step: '1' });
    expect(range).toEqual(refusal(message));
  });

  test.each(['deriv(up[5m])', 'count_values("x", up)', 'up </ 2', 'up[5m+1m]'])(
    '%s is beyond the subset, and the refusal names what is supported',
    async (query) => {
      const { status, body } = await get('/api/v1/query', { query });
      expect(status).toBe(400);
      expect(body).toMatchObject({ status: 'error', errorType: 'bad_data' });
      expect((body as { error: string }).error).toMatch(/^invalid parameter "query": 1:\d+: parse error: /);
      if (!query.includes('+')) expect((body as { error: string }).error).toContain('histogram_quantile');
    },
  );

  test('years of samples or of steps are refused before they are made', async () => {
    now = STARTED + 3 * 365 * 24 * HOUR;
    try {
      for (const query of ['up[5y]', 'max_over_time(vector(1)[100y:1ms])', 'sum_over_time(up[1y:1s])'])
        expect(await get('/api/v1/query', { query })).toEqual(
          refusal('query processing would load too many samples into memory in query execution', 'execution'),
        );
    } finally {
      now = STARTED;
    }
  });

  test('what is too long or nested too deeply is refused, not run', async () => {
    for (const query of [
      `up{job="${'x'.repeat(10_000)}"}`,
      '('.repeat(900) + ')'.repeat(900),
      `${'1+'.repeat(900)}1`,
    ])
      expect((await get('/api/v1/query', { query })).status).toBe(400);
    expect((await get('/api/v1/query', { query: `${'#'.repeat(5_000)}\n#` })).status).toBe(400);
  });

  test('many to many is an execution error', async () => {
    const { status, body } = await get('/api/v1/query', { query: 'up * on (job) up' });
    expect(status).toBe(422);
    expect(body).toMatchObject({ errorType: 'execution' });
    expect((body as { error: string }).error).toMatch(
      /^found duplicate series for the match group \{job="\w+"\} on the right hand-side of the operation: \[\{__name__="up".*\];many-to-many matching not allowed: matching labels must be unique on one side$/,
    );
  });

  test('a query that takes too long or reads too much is refused', async () => {
    expect(await get('/api/v1/query', { query: 'up', timeout: '0' })).toEqual({
      status: 503,
      body: { status: 'error', errorType: 'timeout', error: 'query timed out in expression evaluation' },
    });
    const range = { start: String((STARTED - HOUR) / 1000), end: String(STARTED / 1000), step: '1' };
    expect(
      await get('/api/v1/query_range', { query: 'sum_over_time({__name__=~".+"}[6h])', ...range }),
    ).toMatchObject({
      status: 503,
      body: { errorType: 'timeout' },
    });
    expect(
      await get('/api/v1/query_range', { query: '{__name__=~".+"} and {__name__=~".+"}', ...range }),
    ).toEqual(
      refusal('query processing would load too many samples into memory in query execution', 'execution'),
    );
  });
});

describe('metadata', () => {
  test('labels, values and series say what is there', async () => {
    expect(await get('/api/v1/label/job/values')).toEqual({
      status: 200,
      body: { status: 'success', data: ['cart', 'checkout', 'payments', 'platform', 'web'] },
    });
    expect(await get('/api/v1/labels', { 'match[]': 'payments_rate_limit_per_second' })).toMatchObject({
      body: { data: ['__name__', 'client', 'instance', 'job', 'service'] },
    });
    const series = await get('/api/v1/series', { 'match[]': 'build_info{version="v2.3.45"}' });
    expect((series.body as { data: unknown[] }).data).toHaveLength(6);
    expect(
      await get('/api/v1/series', {
        'match[]': 'build_info{version="v2.3.45"}',
        end: String((STARTED - 10 * MINUTE) / 1000),
      }),
    ).toMatchObject({ body: { data: [] } });
    expect(await get('/api/v1/series')).toEqual(refusal('no match[] parameter provided'));
    expect(await get('/api/v1/label/bad-name/values')).toEqual(refusal('invalid label name: "bad-name"'));
  });

  test('every metric that has samples has metadata, and the other way round', async () => {
    const names = (await get('/api/v1/label/__name__/values')).body as { data: string[] };
    const metadata = (await get('/api/v1/metadata')).body as { data: Record<string, { type: string }[]> };
    const families = new Set(
      names.data
        .map((name) => name.replace(/_(bucket|sum|count)$/, ''))
        .map((name) => (metadata.data[name] ? name : `?${name}`)),
    );
    expect([...families].sort()).toEqual(Object.keys(metadata.data).sort());
  });

  test('targets, rules, build and the alerts that fire until the fix', async () => {
    const targets = (await get('/api/v1/targets')).body as { data: { activeTargets: unknown[] } };
    expect(targets.data.activeTargets).toHaveLength(19);
    expect(await get('/api/v1/rules')).toMatchObject({ body: { data: { groups: [] } } });
    expect(await get('/api/v1/status/buildinfo')).toMatchObject({ body: { data: { version: '2.42.0' } } });
    expect(await get('/api/v1/alerts')).toMatchObject({
      body: {
        data: {
          alerts: [
            {
              labels: { alertname: 'CheckoutErrorRateHigh', severity: 'page' },
              state: 'firing',
              activeAt: new Date(STARTED - 6 * MINUTE).toISOString(),
              value: expect.stringMatching(/^2\.\d+e-01$/),
            },
            { labels: { alertname: 'WebErrorRateHigh', severity: 'ticket' } },
            { labels: { alertname: 'CartMemoryHigh', severity: 'ticket' } },
          ],
        },
      },
    });
    const other = await startTelemetry({ now: () => now, port: 0 });
    try {
      other.scenario.mitigate(now);
      now = STARTED + 20 * MINUTE;
      const answer = await fetch(`${other.url}/api/v1/alerts`);
      expect(await answer.json()).toMatchObject({
        data: { alerts: [{ labels: { alertname: 'CartMemoryHigh' } }] },
      });
    } finally {
      now = STARTED;
      await other.stop();
    }
  });
});

describe('the page behind a permalink', () => {
  const page = async (search: string) => (await fetch(`${telemetry.url}/graph?${search}`)).text();

  test('shows query, window and series', async () => {
    const html = await page(
      'g0.expr=sum%20by%20(code)%20(rate(http_requests_total%7Bservice%3D%22checkout%22%7D%5B5m%5D))&g0.tab=0&g0.range_input=30m&g0.end_input=2026-11-23%2014%3A06%3A00&g0.step_input=60',
    );
    expect(html).toContain('sum by (code) (rate(http_requests_total{service=&quot;checkout&quot;}[5m]))');
    expect(html).toContain('from 2026-11-23 13:36:00 UTC to 2026-11-23 14:06:00 UTC, every 60 s');
    expect(html).toContain('3 series, 93 samples');
    expect(html).toMatch(
      /\{code=&quot;500&quot;\}<\/code><\/td><td class="n">4\d\.\d+<br><small>2026-11-23 14:06:00 UTC/,
    );
    expect(html).toContain('<polyline');
  });

  test('understands the newer form, a moment, and several panels', async () => {
    const html = await page(
      'g0.expr=up&g0.tab=table&g0.moment_input=2026-11-23+14%3A00%3A00&g1.expr=max(payments_rate_limit_per_second)&g1.tab=graph&g1.range_input=1h&g1.end_input=2026-11-23+14%3A06%3A00&g1.res_type=custom&g1.res_step=30',
    );
    expect(html).toContain('at 2026-11-23 14:00:00 UTC');
    expect(html).toContain('from 2026-11-23 13:06:00 UTC to 2026-11-23 14:06:00 UTC, every 30 s');
  });

  test('says what is wrong, says when there is nothing, and runs nothing it was given', async () => {
    expect(await page('g0.expr=rate(up)')).toContain('1:6: parse error');
    expect(await page('g0.expr=nope')).toContain('No data');
    const html = await page('g0.expr=%22%3Cscript%3Ealert(1)%3C%2Fscript%3E&g0.tab=%3Cb%3E');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<b>');
    const answer = await fetch(`${telemetry.url}/graph`);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

describe('the server', () => {
  test('unknown paths are 404 in plain text', async () => {
    for (const path of ['/api/v1/nosuch', '/nosuch', '/api/v2/query', '/api/v1/constructor']) {
      const answer = await fetch(`${telemetry.url}${path}`);
      expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
        404,
        'text/plain; charset=utf-8',
        '404 page not found\n',
      ]);
    }
  });

  test('only loopback names are answered', async () => {
    const { port } = new URL(telemetry.url);
    const status = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request({ host: '127.0.0.1', port, path: '/api/v1/query?query=1', headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await status('evil.example:9090')).toBe(403);
    expect(await status(`127.0.0.1.evil.example:${port}`)).toBe(403);
    expect(await status(`localhost:${port}`)).toBe(200);
    expect(await status(`127.0.0.1:${port}`)).toBe(200);
  });

  test('a form that is too large, a method or path that makes no sense are refused and nothing breaks', async () => {
    const large = await fetch(`${telemetry.url}/api/v1/query`, {
      method: 'POST',
      body: 'x'.repeat(2 * 1024 * 1024),
    });
    expect(large.status).toBe(413);
    expect((await fetch(`${telemetry.url}/api/v1/query`, { method: 'DELETE' })).status).toBe(405);
    expect((await fetch(`${telemetry.url}/api/v1/label/%ff/values`)).status).toBe(400);
    expect((await fetch(`${telemetry.url}/-/ready`)).status).toBe(200);
  });

  test('a busy port is an error with a code', async () => {
    const { port } = new URL(telemetry.url);
    await expect(startTelemetry({ now: () => now, port: Number(port) })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
