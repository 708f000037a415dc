import { expect, test } from 'vitest';
import { parsePermalink, permalink } from '../../../src/backends/axiom/permalink.ts';

const WINDOW = { from: Date.parse('2026-11-23T13:02:00Z'), to: Date.parse('2026-11-23T13:32:00Z') };
const API = { url: 'https://api.axiom.co' };
const form = (link: string) => JSON.parse(new URL(link).searchParams.get('initForm') ?? '');

test('an APL link has the query and absolute times', () => {
  const query = "['logs'] | where a == 'ü & \"b\" {%2F}' | count";
  const link = permalink(API, 'acme', { query, window: WINDOW });
  expect(link).toMatch(/^https:\/\/app\.axiom\.co\/acme\/query\?initForm=%7B%22apl%22/);
  expect(form(link)).toEqual({
    apl: query,
    queryOptions: { startTime: '2026-11-23T13:02:00.000Z', endTime: '2026-11-23T13:32:00.000Z' },
  });
  expect(parsePermalink(link)).toEqual({ query, window: WINDOW });
});

test('a link of metrics names their dataset, as every one in the documentation does', () => {
  const query = '`otel-demo-metrics`:`go.memory.used` | align to 5m using avg';
  expect(form(permalink(API, 'acme', { query, window: WINDOW }))).toMatchObject({
    apl: query,
    metricsDataset: 'otel-demo-metrics',
  });
});

test('another console is where it is said to be, and nothing secret of its address goes along', () => {
  const link = permalink({ ...API, linkUrl: 'https://me:pass@axiom.example.com/x/?token=1#y' }, 'a/b', {
    query: 'logs',
    window: WINDOW,
  });
  expect(link).toMatch(/^https:\/\/axiom\.example\.com\/x\/a%2Fb\/query\?/);
  expect(link).not.toMatch(/pass|token/);
});

// Written by hand, in the shape of the links in https://axiom.co/docs/apl/introduction
test('reads links that others made, where their times are absolute', () => {
  const docs = (options: string) =>
    `https://app.axiom.co/acme/query?initForm=%7B%22apl%22%3A%22%5B%27logs%27%5D%20%7C%20count%22%2C%22queryOptions%22%3A${options}%7D`;
  expect(
    parsePermalink(
      docs(
        '%7B%22startTime%22%3A%222026-11-23T13%3A02%3A00Z%22%2C%22endTime%22%3A%222026-11-23T13%3A32%3A00Z%22%7D',
      ),
    ),
  ).toEqual({ query: "['logs'] | count", window: WINDOW });
  expect(parsePermalink(docs('%7B%22quickRange%22%3A%2230d%22%7D'))).toBeUndefined();
  expect(parsePermalink('https://app.axiom.co/acme/dashboards/1')).toBeUndefined();
  expect(parsePermalink('https://app.axiom.co/acme/query?initForm=%7B')).toBeUndefined();
});
