import { expect, test } from 'vitest';
import { findPrometheus, startPrometheus } from './start-prometheus.ts';

const there = findPrometheus();

test.runIf(there)('a backfilled Prometheus answers with the samples it was given', async () => {
  const openMetrics = [
    '# TYPE pool gauge',
    'pool{job="a"} 1 1795000000',
    'pool{job="a"} 2 1795000015',
    '# EOF',
    '',
  ].join('\n');
  const prometheus = await startPrometheus({ openMetrics });
  try {
    const answer = await fetch(`${prometheus.url}/api/v1/query?query=pool&time=1795000020`);
    expect(await answer.json()).toMatchObject({
      data: { result: [{ metric: { job: 'a' }, value: [1795000020, '2'] }] },
    });
  } finally {
    await prometheus.stop();
  }
});
