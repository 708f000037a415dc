import { expect, test } from 'vitest';
import { createDecoder } from '../../../src/backends/decoder.ts';
import { createBackends } from '../../../src/backends/registry.ts';
import { readKept } from '../../contracts/backend/read-kept.ts';
import { startFakeServer } from '../fake-server.ts';

const NOW = Date.parse('2026-11-23T13:32:00Z');

test('who silenced what is kept with the alerts', async () => {
  const silence = { id: 's1', createdBy: 'mara', comment: 'known', endsAt: '2026-11-23T14:00:00.000Z' };
  const alert = (alertname: string, silencedBy: string[]) => ({
    labels: { alertname },
    annotations: {},
    fingerprint: alertname,
    startsAt: '2026-11-23T13:00:00Z',
    status: { state: silencedBy.length > 0 ? 'suppressed' : 'active', silencedBy, inhibitedBy: [] },
  });
  await using server = await startFakeServer(({ path }) => ({
    body: path.endsWith('/silences')
      ? [silence]
      : path.endsWith('/receivers')
        ? [{ name: 'oncall' }]
        : [alert('A', []), alert('B', ['s1'])],
  }));
  const [backend] = createBackends(
    { alertmanager: [{ name: 'prod', url: server.url }] },
    { now: () => NOW, decoder: createDecoder() },
  );
  if (!backend) throw new Error('no backend was made');
  const signal = AbortSignal.timeout(5_000);
  const window = { from: NOW, to: NOW };
  const matched = backend.match('', await backend.discover(window, signal));
  const answer = await backend.query({ matched, window }, signal);
  await backend.close?.();
  expect(JSON.stringify(answer.result)).toContain('mara until 2026-11-23T14:00:00.000Z: known');
  expect((await readKept(answer)).result).toEqual(answer.result);
});
