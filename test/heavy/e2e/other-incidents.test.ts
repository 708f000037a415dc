import { afterEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../../src/domain/time.ts';
import type { ScenarioName } from '../../../src/sandbox/telemetry/scenarios/scenarios.ts';
import { type BotKit, startBotKit } from '../../e2e/bot-kit.ts';
import { five, type Investigate, investigateIn, judgement } from '../../e2e/investigate.ts';
import { type Talk, talkIn } from '../../e2e/talk.ts';

let kit: BotKit;
let talk: Talk;
let look: Investigate;

async function start(scenario: ScenarioName): Promise<void> {
  kit = await startBotKit({ scenario });
  talk = talkIn(kit);
  look = investigateIn(kit, talk, 'checkout');
}

/** What an evidence card says of its only row: the newest value, the most and the least. */
function row(card: string): { readonly now: number; readonly max: number; readonly min: number } {
  const number = (found: string | undefined) => Number(found?.replaceAll(',', ''));
  const [, now, max, min] = /([\d.,e+]+) at \d\d:\d\d.*?max ([\d.,e+]+).*?min ([\d.,e+]+)/s.exec(card) ?? [];
  return { now: number(now), max: number(max), min: number(min) };
}

const asked = async (text: string) => look.answer(await talk.say('checkout', `@Steady ${text}`, 'Kai'));

/** The fix works, Lea proposes the end and answers the five questions; Mara, who had no part in it, finds it solid. */
async function concluded(
  fix: string,
  recovery: string,
  cause: string,
  answers: readonly string[],
  because: Parameters<typeof judgement>[0],
): Promise<void> {
  await talk.say('checkout', `@Steady mitigate ${fix}`);
  kit.telemetry.scenario.mitigate(kit.clock.now());
  await kit.pass(8 * MINUTE);
  expect(row(await asked(`${recovery} since:2m`)).now).toBeLessThan(0.1);
  await talk.say('checkout', `@Steady resolve ${cause}`);
  expect(look.top()).not.toContain('UNVERIFIED');
  await kit.person('Mara').join('checkout');
  await kit.settled();
  await look.click('Lea', 'Answer the five questions');
  await look.submit('Lea', five(answers));
  await look.click('Mara', 'Judge it');
  await look.submit('Mara', judgement(because));
  expect(look.top()).toContain('resolved');
  expect(look.top()).toContain('judged by @Mara');
  // The card is edited at its own pace.
  await kit.until(() => talk.card('checkout').text.includes('Resolved'), 'the card says so');
}

describe('incidents of other kinds, from declare to resolve', () => {
  afterEach(() => kit.stop());

  it('a connection leak: not the database, whose CPU falls, but the declined gift cards', async () => {
    await start('connection-leak');
    await talk.declared('checkout', 'P2 orders answers 503');
    await talk.say(
      'checkout',
      '@Steady hypothesis the database is overloaded disproof: its CPU falls while orders fail',
      'Kai',
    );
    const cpu = await asked(
      'H1 test prom sum(rate(container_cpu_usage_seconds_total{container="postgres"}[2m])) since:20m expect:"more than before the 503s"',
    );
    expect(cpu).toContain('Expected  more than before the 503s');
    expect(row(cpu).now).toBeLessThan(0.8 * row(cpu).max);
    await look.click('Kai', 'Proves H1 wrong');
    await look.submit('Kai', {
      statement: 'each declined gift card keeps its connection, until the pool is empty',
      disproof: 'fewer connections idle in a transaction than cards were declined',
    });
    expect(look.hypothesis('H1')).toContain('disproved');

    const declined = row(await asked('prom sum(gift_card_redemptions_total{outcome="declined"}) since:20m'));
    const lost = await asked(
      `H2 test prom sum(pg_stat_activity_count{state="idle in transaction"}) since:20m expect:"as many as cards were declined: ${declined.now}"`,
    );
    expect(row(lost)).toMatchObject({ min: 0 });
    expect(Math.abs(row(lost).now - declined.now)).toBeLessThanOrEqual(2);
    expect(declined.now).toBeGreaterThan(55);
    await look.click('Kai', 'As expected');
    expect(look.hypothesis('H2')).toContain('supported');

    await concluded(
      'gift cards switched off, idle transactions closed',
      'prom sum(rate(http_requests_total{service="orders",code="503"}[2m]))',
      `declined gift cards kept ${row(lost).now} connections (E3)`,
      ['E3', 'E3', 'E2', 'E1', 'E3'],
      ['one connection for each card (E2, E3)', 'both are counted', 'the CPU fell (E1)', 'it recovered (E4)'],
    );
    expect(kit.warnings).toEqual([]);
  });

  it('a full disk: not more orders, of which there are as many as ever, but a slot that nobody reads', async () => {
    await start('full-disk');
    await talk.declared('checkout', 'P2 no order can be placed');
    await talk.say(
      'checkout',
      '@Steady hypothesis a burst of orders filled the disk disproof: orders stay level while the disk fills',
      'Kai',
    );
    const placed = await asked(
      'H1 test prom sum(rate(http_requests_total{service="orders",method="POST"}[5m])) since:2h expect:"at least twice as many as before"',
    );
    expect(row(placed).max).toBeLessThan(1.3 * row(placed).min);
    await look.click('Kai', 'Proves H1 wrong');
    await look.submit('Kai', {
      statement: 'nobody reads the slot analytics, so the database keeps all its log',
      disproof: 'more space was lost than the slot keeps',
    });
    expect(look.hypothesis('H1')).toContain('disproved');

    const free = row(await asked('prom sum(node_filesystem_avail_bytes) / 1e9 since:2h'));
    expect(free).toMatchObject({ now: 0, min: 0, max: 48 });
    const sum = await asked(
      'H2 test prom (sum(node_filesystem_avail_bytes) + sum(pg_replication_slots_pg_wal_lsn_diff{slot_name="analytics"})) / 1e9 since:2h expect:"level: what is lost is what the slot keeps"',
    );
    expect(row(sum)).toEqual({ now: 49, max: 49, min: 49 });
    await look.click('Kai', 'As expected');
    expect(look.hypothesis('H2')).toContain('supported');

    await concluded(
      'slot analytics dropped',
      'prom sum(rate(http_requests_total{service="orders",method="POST",code="500"}[2m]))',
      'free space and the log of the slot are always 49 GB together: nobody reads the slot (E3)',
      ['E3', 'E3', 'E2', 'E1', 'E3'],
      ['the slot keeps all that is lost (E3)', 'the disk is full (E2)', 'orders are level (E1)', 'E4'],
    );
    expect(kit.warnings).toEqual([]);
  });
});
