import { expect, it } from 'vitest';
import type { Backend, Firing } from '../../../src/backends/backend.ts';
import { BackendError } from '../../../src/domain/errors.ts';
import type { Answer } from '../../../src/domain/evidence.ts';
import { firingNow } from '../../../src/flows/signals/firing-now.ts';
import { NO_TELEMETRY } from '../worlds.ts';

function backend(title: string, firing?: () => Promise<readonly Firing[]>): Backend {
  return {
    tool: 'x',
    deployment: 'prod',
    title,
    discover: () => Promise.reject(new Error('not asked')),
    match: () => {
      throw new Error('not asked');
    },
    query: () => Promise.reject(new Error('not asked')),
    probe: async () => '',
    ...(firing && {
      firing: async () => ({ answer: { source: title } as Answer, found: await firing() }),
    }),
  };
}

it('tells every alert with who says so, oldest first, and who could not be asked', async () => {
  const backends = [
    backend('Prometheus prod'),
    backend('Alertmanager prod', async () => [
      { name: 'Late', since: 9, labels: {} },
      { name: 'Early', since: 1, labels: { service: 'checkout' } },
    ]),
    backend('Grafana prod', async () => {
      throw new BackendError('timeout', 'Grafana prod did not answer.', { nextStep: 'Try again.' });
    }),
    backend('Axiom prod', async () => []),
  ];
  const world = { telemetry: { ...NO_TELEMETRY, backends } };
  const told = await firingNow(world, new AbortController().signal);
  expect(told.alerts.map(({ name, source }) => `${name} ${source}`)).toEqual([
    'Early Alertmanager prod',
    'Late Alertmanager prod',
  ]);
  expect(told.answers.map(({ source }) => source)).toEqual(['Alertmanager prod', 'Axiom prod']);
  expect(told.failed).toEqual(['Grafana prod did not answer. Try again.']);
});

it('a fault of ours is no answer of theirs', async () => {
  const world = {
    telemetry: {
      ...NO_TELEMETRY,
      backends: [
        backend('X', async () => {
          throw new TypeError('ours');
        }),
      ],
    },
  };
  await expect(firingNow(world, new AbortController().signal)).rejects.toThrow('ours');
});
