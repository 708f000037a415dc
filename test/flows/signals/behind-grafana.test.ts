import { afterEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/evidence.ts';
import { MINUTE } from '../../../src/domain/time.ts';
import { choosePromql, promqlNamed, usualPromql } from '../../../src/flows/choose-promql.ts';
import { citeByLink } from '../../../src/flows/signals/gathered.ts';
import { readSignals } from '../../../src/flows/signals/read-signals.ts';
import { readUse } from '../../../src/flows/signals/read-use.ts';
import { TEAM, type Worlds, worlds } from '../worlds.ts';
import { type Played, type PlayedSource, play } from './play.ts';
import { NOW, OTEL, TROUBLE } from './schemas.ts';

const WINDOW = { from: NOW - 10 * MINUTE, to: NOW };
const MIMIR: PlayedSource = { uid: 'm1', name: 'Mimir', type: 'prometheus', isDefault: true };
const SLOW: PlayedSource = { uid: 'l1', name: 'Long term', type: 'prometheus', isDefault: false };
const LOGS: PlayedSource = { uid: 'k1', name: 'Loki', type: 'loki', isDefault: false };
const again = {
  environment: (env: string) => `signals checkout env:${env}`,
  source: (word: string) => `signals grafana ${word} checkout`,
};

let all: Worlds | undefined;
const open: Played[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
  await all?.close();
});

async function grafanaWith(...sources: readonly PlayedSource[]) {
  const played = await play(OTEL, undefined, sources);
  open.push(played);
  const signal = AbortSignal.timeout(20_000);
  return {
    ...played,
    signal,
    choose: () => choosePromql(played.telemetry, undefined, again, signal),
  };
}

describe('a Prometheus that only Grafana reaches', () => {
  it('gives the same signals as asked directly, each number with Grafana’s link', async () => {
    const direct = await play(OTEL);
    open.push(direct);
    const { telemetry, choose, signal } = await grafanaWith(MIMIR, LOGS);
    all = worlds();
    const numbers = [];
    const answers: Answer[] = [];
    for (const [backend, known] of [
      [direct.backend, direct.telemetry],
      [await choose(), telemetry],
    ] as const) {
      const world = await all.open({ telemetry: known });
      const asking = { team: TEAM, backend, window: WINDOW, began: TROUBLE, by: 'LEA' };
      const gathered = await readSignals(world, { ...asking, service: 'orders', asked: 'signals' }, signal);
      answers.push(...gathered.answers);
      const report = gathered.report(citeByLink);
      numbers.push(
        report.lines.map(({ amounts }) => amounts.map(({ of, now, before }) => [of, now, before])),
      );
      expect(report.source).toBe(backend.title);
      expect(report.correct).toBe(backend.part ? 'signals grafana Mimir orders' : 'signals orders');
    }
    expect(numbers[1]).toEqual(numbers[0]);
    expect(numbers[0]?.flat().length).toBeGreaterThan(3);
    const through = answers.filter(({ tool }) => tool === 'grafana');
    expect(through.length).toBe(answers.length / 2);
    for (const { query, deployment, reproduction } of through) {
      expect(query).toMatch(/^Mimir /);
      expect(deployment).toBe('prod');
      expect(reproduction).toMatchObject({ kind: 'permalink', url: expect.stringContaining('/explore?') });
    }
  });

  it('tells of a resource', async () => {
    const { telemetry, choose, signal } = await grafanaWith(MIMIR);
    all = worlds();
    const world = await all.open({ telemetry });
    const asking = {
      team: TEAM,
      backend: await choose(),
      window: WINDOW,
      by: 'LEA',
      resource: 'db_client_connections',
    };
    const report = (await readUse(world, asking, signal)).report(citeByLink);
    expect(report.source).toBe('Mimir of Grafana prod');
    expect(report.lines.some(({ amounts }) => amounts.length > 0)).toBe(true);
  });

  it('is the default of several, or the only one', async () => {
    expect((await (await grafanaWith(MIMIR, SLOW)).choose()).title).toBe('Mimir of Grafana prod');
    expect((await (await grafanaWith(LOGS, SLOW)).choose()).title).toBe('Long term of Grafana prod');
  });

  it('is asked for where several fit and none is the default, and there may be none', async () => {
    const both = await grafanaWith({ ...MIMIR, isDefault: false }, SLOW, { ...LOGS, isDefault: true });
    await expect(both.choose()).rejects.toMatchObject({
      rule: 'which-source',
      message: 'Which data source of Grafana prod? Mimir, "Long term"',
      next: [
        { label: 'Mimir', command: 'signals grafana Mimir checkout' },
        { label: '"Long term"', command: 'signals grafana "Long term" checkout' },
      ],
    });
    expect(await usualPromql(both.telemetry, both.signal)).toBeUndefined();
    await expect((await grafanaWith(LOGS)).choose()).rejects.toMatchObject({
      message: expect.stringContaining('no data source that answers PromQL'),
    });
  });

  it('is named by the words that a question to Grafana begins with', async () => {
    const { telemetry, backend, signal } = await grafanaWith(MIMIR, SLOW);
    const named = async (typed: string) => {
      const found = await promqlNamed(telemetry, backend, typed, signal);
      return found && [found.backend.title, found.rest];
    };
    expect(await named('"Long term" checkout')).toEqual(['Long term of Grafana prod', 'checkout']);
    expect(await named('mimir checkout')).toEqual(['Mimir of Grafana prod', 'checkout']);
    expect(await named('mimirs checkout')).toBeUndefined();
  });

  it('stands behind a Prometheus that is configured itself', async () => {
    const direct = await play(OTEL);
    open.push(direct);
    const { telemetry, signal } = await grafanaWith(MIMIR);
    const both = { ...telemetry, backends: [...telemetry.backends, direct.backend] };
    expect((await choosePromql(both, undefined, again, signal)).title).toBe('Prometheus prod');
    expect((await usualPromql(both, signal))?.title).toBe('Prometheus prod');
  });
});
