import type { Received, Reply } from '../backends/fake-server.ts';

/** Prometheus' own envelope around an answer. */
export const success = (data: unknown): Reply => ({ body: { status: 'success', data } });

/** A Prometheus that says what it has, and whose queries are answered by a function: the way in is open, the rest may break. */
export function prometheusThat(queries: (received: Received) => Reply): (received: Received) => Reply {
  return (received) => {
    const { path } = received;
    if (path.endsWith('/buildinfo')) return success({ version: '2.53.0' });
    if (path.includes('/label/__name__/')) return success(['up', 'http_requests_total']);
    if (path.includes('/label/')) return success(['checkout']);
    if (path.endsWith('/labels')) return success(['__name__', 'job']);
    if (path.endsWith('/metadata')) return success({});
    if (path.includes('/targets')) return success({ activeTargets: [] });
    if (path.includes('/series')) return success([]);
    return queries(received);
  };
}

/** One series over the time that was asked for. */
export function series(received: Received, labels: object, values: readonly string[]): Reply {
  const start = Number(received.params.get('start'));
  return success({
    resultType: 'matrix',
    result: [{ metric: labels, values: values.map((value, index) => [start + index * 60, value]) }],
  });
}
