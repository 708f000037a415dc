import { expect, test } from 'vitest';
import { grafanaLink, ownLink, parsePermalink } from '../../../src/backends/pyroscope/permalink.ts';
import { readQuestion } from '../../../src/backends/pyroscope/question.ts';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const window = { from: Date.parse('2026-11-23T14:02:00Z'), to: Date.parse('2026-11-23T14:32:00Z') };
const before = '2026-11-23T13:02:00Z..2026-11-23T13:32:00Z';
const grafana = { base: 'https://me:pass@grafana.example/g/?token=1', uid: 'P02' };

function view(text: string) {
  const question = readQuestion(text);
  if ('why' in question) throw new Error('misread');
  return { question, window };
}

test('a service opens in Profiles Drilldown, anything else in Explore', () => {
  expect(grafanaLink(grafana, view(`${CPU}{service_name="checkout"}`))).toBe(
    'https://grafana.example/g/a/grafana-pyroscope-app/explore?explorationType=flame-graph&var-dataSource=P02&var-serviceName=checkout&var-profileMetricId=process_cpu%3Acpu%3Ananoseconds%3Acpu%3Ananoseconds&from=1795442520000&to=1795444320000',
  );
  const other = grafanaLink(grafana, view(`${CPU}{pod=~"a.*"}`)) ?? '';
  expect(other).toContain('https://grafana.example/g/explore?');
  expect(decodeURIComponent(other)).toContain(
    '"queryType":"profile","profileTypeId":"process_cpu:cpu:nanoseconds:cpu:nanoseconds","labelSelector":"{pod=~\\"a.*\\"}","groupBy":[]',
  );
  expect(grafanaLink(grafana, view(`diff ${CPU}{pod="a"} vs ${before}`))).toBeUndefined();
});

test.each([
  ['1.14.1', true, true],
  ['v1.2.0', true, true],
  ['1.15.0', true, false],
  ['1.19.3', true, false],
  ['1.20.0', false, false],
  ['2.0.1', false, false],
  [undefined, false, false],
])('pages of its own that version %s has', (version, single, compared) => {
  const of = (text: string) => ownLink('https://pyro.example/p', version, view(text)) !== undefined;
  expect([of(`${CPU}{a="x"}`), of(`diff ${CPU}{a="x"} vs ${before}`)]).toEqual([single, compared]);
});

test.each([
  `${CPU}{service_name="checkout"}`,
  `${CPU}{pod=~"a.*", service_name="x"}`,
  `diff ${CPU}{service_name="checkout"} vs ${before}`,
])('%s comes back from every link that there is', (query) => {
  const links = [grafanaLink(grafana, view(query)), ownLink('https://pyro.example/p', '1.14.0', view(query))];
  for (const link of links) expect(parsePermalink(link ?? ''), link).toEqual({ query, window });
});

test.each([
  [
    `https://g.example/a/grafana-pyroscope-app/explore?var-dataSource=uid&var-serviceName=checkout&var-profileMetricId=${CPU}&from=1795442520000&to=1795444320000&explorationType=flame-graph&maxNodes=16384`,
    { query: `${CPU}{service_name="checkout"}`, window },
  ],
  [
    `https://pyro.example/?query=${CPU}{service_name%3D"checkout"}&from=1795442520&until=1795444320`,
    { query: `${CPU}{service_name="checkout"}`, window },
  ],
  ['https://pyro.example/?query=cpu&from=now-1h&until=now', undefined],
  ['https://g.example/a/grafana-pyroscope-app/explore?var-serviceName=x&from=now-1h&to=now', undefined],
  ['no link', undefined],
])('%s', (link, expected) => {
  expect(parsePermalink(link)).toEqual(expected);
});
