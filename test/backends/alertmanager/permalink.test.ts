import { expect, test } from 'vitest';
import { readMatchers } from '../../../src/backends/alertmanager/matchers.ts';
import { parsePermalink, permalink } from '../../../src/backends/alertmanager/permalink.ts';

const link = (query: string) =>
  permalink('https://me:pass@am.example/am/?token=1#x', readMatchers(query) ?? { matchers: [] });

test.each([
  ['', 'https://am.example/am/#/alerts?silenced=true&inhibited=true&active=true'],
  [
    '{alertname="A b", team=~"x|y"}',
    'https://am.example/am/#/alerts?silenced=true&inhibited=true&active=true&filter=%7Balertname%3D%22A%20b%22%2Cteam%3D~%22x%7Cy%22%7D',
  ],
  [
    'receiver="on.call"',
    'https://am.example/am/#/alerts?silenced=true&inhibited=true&active=true&receiver=on%5C.call',
  ],
])('%s is linked as its page writes it', (query, expected) => {
  expect(link(query)).toBe(expected);
});

test.each([
  [
    'http://localhost:9093/#/alerts?silenced=false&inhibited=false&active=true&filter=%7Balertname%3D%22Watchdog%22%7D',
    '{alertname="Watchdog"}',
  ],
  ['https://am.example/#/alerts?receiver=team-X', '{receiver="team-X"}'],
  ['https://am.example/#/alerts?receiver=team.*&filter=%7Ba%3D%22b%22%7D', '{receiver=~"team.*",a="b"}'],
  ['https://am.example/#/alerts', '{}'],
  ['https://am.example/#/silences?filter=%7B%7D', undefined],
  ['https://am.example/alerts?filter=%7B%7D', undefined],
  ['nothing', undefined],
])('%s', (pasted, expected) => {
  expect(parsePermalink(pasted)?.query).toBe(expected);
});
