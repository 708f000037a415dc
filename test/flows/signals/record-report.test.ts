import { afterEach, describe, expect, it } from 'vitest';
import type { CompareReport } from '../../../src/domain/signals/compare.ts';
import { readCondition, readSource } from '../../../src/domain/signals/condition.ts';
import { MINUTE } from '../../../src/domain/time.ts';
import { declareIncident } from '../../../src/flows/declare.ts';
import { incidentOf } from '../../../src/flows/incident-of.ts';
import type { World } from '../../../src/flows/ports.ts';
import { citeByLink } from '../../../src/flows/signals/gathered.ts';
import { readCompare } from '../../../src/flows/signals/read-compare.ts';
import { readSignals } from '../../../src/flows/signals/read-signals.ts';
import { readSpotlight } from '../../../src/flows/signals/read-spotlight.ts';
import { recordReport } from '../../../src/flows/signals/record-report.ts';
import { TEAM, takePosts, type Worlds, worlds } from '../worlds.ts';
import { type Played, play } from './play.ts';
import { ISTIO, NOW, OTEL, TROUBLE } from './schemas.ts';

const WINDOW = { from: NOW - 10 * MINUTE, to: NOW };

let all: Worlds;
let played: Played;

afterEach(async () => {
  await played?.[Symbol.asyncDispose]();
  await all?.close();
});

async function started(series = OTEL): Promise<{ world: World; signal: AbortSignal }> {
  all = worlds();
  played = await play(series);
  return { world: await all.open({ telemetry: played.telemetry }), signal: AbortSignal.timeout(20_000) };
}

const declared = (world: World) =>
  declareIncident(world, TEAM, { title: 'x', severity: 'P1', channel: 'C1', private: false }, { by: 'LEA' });

describe('a report in an incident', () => {
  it('makes each query evidence in the order of its lines, and one card for all of them', async () => {
    const { world, signal } = await started();
    const incident = await declared(world);
    await takePosts(world);
    const asking = { team: TEAM, backend: played.backend, window: WINDOW, began: TROUBLE, by: 'LEA' };
    const gathered = await readSignals(world, { ...asking, service: 'orders', asked: 'red' }, signal);
    const thread = { channel: 'C1', ts: '1.2' };
    const recording = { by: 'LEA', thread, request: { key: 'message/C1/1.2' } };
    const done = await recordReport(world, incident, gathered, recording);

    const { evidence } = await incidentOf(world.store, incident);
    expect(done?.id).toBe('E1');
    expect(evidence.map(({ id }) => id)).toEqual(['E1', 'E2', 'E3', 'E4']);
    expect(evidence.map(({ query }) => query)).toEqual(gathered.answers.map(({ query }) => query));
    for (const { id } of evidence) expect(await world.store.snapshot(TEAM, `INC-1/${id}`)).toBeDefined();
    const posts = (await takePosts(world)).map(({ what }) => what);
    expect(posts.filter(({ kind }) => kind === 'evidence')).toEqual([]);
    const [card] = posts.flatMap((post) => (post.kind === 'report' ? [post] : []));
    expect(card).toMatchObject({
      incident: 1,
      for: 'LEA',
      thread,
      report: { kind: 'signals', subject: 'orders' },
    });
    const report = card?.report;
    if (report?.kind !== 'signals') throw new Error('no card');
    expect(report.lines.flatMap(({ amounts }) => amounts.map((one) => one.evidence?.id))).toEqual([
      'E1',
      'E2',
      'E2',
      'E3',
      'E3',
      'E3',
    ]);
    expect(report.top?.evidence?.id).toBe('E4');

    // A process that died over it and comes back finds what it had done.
    const again = await recordReport(world, incident, gathered, {
      ...recording,
      request: { key: 'message/C1/1.2', resumed: true },
    });
    expect(again?.id).toBe('E1');
    expect((await incidentOf(world.store, incident)).evidence).toHaveLength(4);
    expect((await takePosts(world)).filter(({ what }) => what.kind === 'report')).toEqual([]);
  });

  it('of no answer at all records nothing', async () => {
    const { world } = await started();
    const incident = await declared(world);
    const empty = {
      answers: [],
      report: (): CompareReport => {
        throw new Error('not drawn');
      },
    };
    expect(await recordReport(world, incident, empty, { by: 'LEA' })).toBeUndefined();
  });
});

describe('spotlight', () => {
  const spotlight = async (series: typeof OTEL, typed: string, minutes = 10) => {
    const { world, signal } = await started(series);
    const named = readSource(typed);
    if (!named) throw new Error('no source');
    const condition = named.rest === '' ? undefined : readCondition(named.rest);
    const gathered = await readSpotlight(
      world,
      {
        backend: played.backend,
        named,
        typed: named.rest,
        window: { from: NOW - minutes * MINUTE, to: NOW },
        by: 'LEA',
        ...(condition && { condition }),
      },
      signal,
    );
    return { gathered, report: gathered.report(citeByLink) };
  };

  it('tells what the bad have more often than the rest, both from two queries', async () => {
    const { gathered, report } = await spotlight(
      OTEL,
      'http_server_request_duration_seconds_count http_response_status_code=~"5.."',
    );
    expect(gathered.answers.map(({ query }) => query)).toEqual([
      'increase(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[10m]) > 0',
      'increase(http_server_request_duration_seconds_count[10m]) > 0',
    ]);
    expect(report.bad.total).toBeCloseTo(6_000, -2);
    expect(report.good.total).toBeCloseTo(48_000, -2);
    expect(report.differences).toEqual([
      expect.objectContaining({
        label: 'http_request_method',
        value: 'POST',
        badShare: 1,
        goodShare: expect.closeTo(0.5, 1),
      }),
    ]);
  });

  it('reads a threshold of a histogram as its next bucket', async () => {
    const { report } = await spotlight(ISTIO, 'istio_request_duration_milliseconds > 50ms');
    expect(report.note).toContain('le="100"');
    expect(report.bad.total / (report.bad.total + report.good.total)).toBeCloseTo(0.5, 1);
    expect(report.differences).toEqual([]);
  });

  it('compares minutes with as many before', async () => {
    const { report } = await spotlight(ISTIO, 'istio_requests_total{reporter="destination"}', 20);
    expect(report.before).toEqual({ from: NOW - 40 * MINUTE, to: NOW - 20 * MINUTE });
    expect(report.differences.map(({ label, value }) => `${label}=${value}`)).toEqual([
      'response_code=200',
      'response_code=503',
    ]);
  });

  it('of a metric that is nowhere is never sent', async () => {
    await expect(spotlight(OTEL, 'http_server_request_total code="500"')).rejects.toMatchObject({
      failure: 'unknown-source',
    });
    expect(played.queries).toEqual([]);
  });
});

describe('compare', () => {
  it('asks the same twice, and tells both with the change', async () => {
    const { world, signal } = await started(ISTIO);
    const query = 'sum by (response_code) (rate(istio_requests_total{reporter="destination"}[5m]))';
    const earlier = { from: WINDOW.from - 30 * MINUTE, to: WINDOW.to - 30 * MINUTE };
    const gathered = await readCompare(
      world,
      { backend: played.backend, query, window: WINDOW, earlier, by: 'LEA' },
      signal,
    );
    expect(gathered.answers.map((one) => one.window)).toEqual([WINDOW, earlier]);
    const { rows, total } = gathered.report(citeByLink);
    expect(total).toBe(3);
    expect(rows[0]).toMatchObject({
      labels: { response_code: '200' },
      now: { last: expect.closeTo(40, 1), avg: expect.closeTo(40, 1), max: expect.closeTo(40, 1) },
      was: { last: expect.closeTo(50, 1) },
    });
  });
});
