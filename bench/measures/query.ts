import type { Discovery } from '../../src/backends/backend.ts';
import { createDecoder } from '../../src/backends/decoder.ts';
import { createBackends } from '../../src/backends/registry.ts';
import { configOf } from '../../src/config/config-of.ts';
import { MINUTE } from '../../src/domain/time.ts';
import { askBarely } from '../baselines/undici-query.ts';
import { type Bound, type Line, lineOf, median, type Round } from '../line.ts';
import { startProcess } from '../processes/start-process.ts';

const STEP = 15_000;
const QUERY = 'up';
const BLOCK = 20;

/** What a backend adds to one request: checks, decoding, the snapshot and the link, for answers of two sizes. */
export async function measureQuery(questions: number): Promise<readonly Line[]> {
  return [
    ...(await measureSize('small answer', { series: 3, points: 60 }, questions, { valueAtMost: 1 })),
    ...(await measureSize('large answer', { series: 50, points: 240 }, questions, undefined)),
  ];
}

async function measureSize(
  name: string,
  size: { readonly series: number; readonly points: number },
  questions: number,
  bound: Bound | undefined,
): Promise<readonly Line[]> {
  const server = await startProcess(new URL('../processes/answering-backend.ts', import.meta.url), size);
  const url = `http://127.0.0.1:${server.said}`;
  const config = configOf(`[prometheus.deployments.prod]\nurl = "${url}"\n`, { dataDir: '/' });
  const [backend] = createBackends(
    { prometheus: config.prometheus },
    { now: () => Date.now(), decoder: createDecoder() },
  );
  if (backend === undefined) throw new TypeError('There is no backend to ask');
  const discovery: Discovery = { at: 0, took: 0, lists: [{ kind: 'metrics', names: [QUERY] }], missing: [] };
  const to = Math.floor(Date.now() / MINUTE) * MINUTE;
  const window = { from: to - size.points * STEP, to };
  const signal = new AbortController().signal;
  const steady = async () => {
    const matched = backend.match(QUERY, discovery);
    await backend.query({ matched, window, step: STEP }, signal);
  };
  const bare = () => askBarely(url, QUERY, window, STEP);
  try {
    await timed(BLOCK, steady);
    await timed(BLOCK, bare);
    const rounds: Round[] = [];
    for (let asked = 0; asked < questions; asked += BLOCK)
      rounds.push({ value: await timed(BLOCK, steady), baseline: await timed(BLOCK, bare) });
    const added = rounds.map(({ value, baseline }) => ({ value: value - baseline, baseline }));
    return [
      lineOf(`query, ${name}`, 'ms', rounds, undefined, size),
      lineOf(`time added to a query, ${name}`, 'ms', added, bound, size),
    ];
  } finally {
    await backend.close?.();
    await server.stop();
  }
}

/** The median of so many, one after another, in ms. */
async function timed(times: number, work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let at = 0; at < times; at++) {
    const begun = performance.now();
    await work();
    took.push(performance.now() - begun);
  }
  return median(took);
}
