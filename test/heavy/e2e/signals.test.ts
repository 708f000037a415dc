import { afterEach, describe, expect, it } from 'vitest';
import { healthy, tabular } from '../../backends/axiom/axiom-server.ts';
import { startFakeServer } from '../../backends/fake-server.ts';
import { slipsIn } from '../../e2e/all-said.ts';
import { type BotKit, startBotKit } from '../../e2e/bot-kit.ts';

let kit: BotKit;
const servers: AsyncDisposable[] = [];

afterEach(async () => {
  await kit?.stop();
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

async function started(everySystem = false): Promise<BotKit> {
  kit = await startBotKit({ everySystem });
  await kit.person('Lea').say('checkout', '@Steady declare P2 checkout 500s here');
  await kit.settled();
  return kit;
}

/** Asks as Lea, and answers what came in the thread and what she alone was told. */
async function asks(text: string, who = 'Lea') {
  const before = kit.ephemerals('checkout', who).length;
  const ts = await kit.person(who).say('checkout', `@Steady ${text}`);
  await kit.settled();
  return {
    cards: kit.thread('checkout', ts),
    card: kit.thread('checkout', ts).join('\n'),
    blocks: JSON.stringify(kit.messages('checkout').filter((one) => one.threadTs === ts)),
    told: kit.ephemerals('checkout', who).slice(before).join('\n'),
  };
}

describe('golden signals in the sandbox', () => {
  it('tell the story of the incident in one card whose numbers are evidence', async () => {
    await started();
    const { cards, card, blocks } = await asks('signals checkout');
    expect(cards).toHaveLength(1);
    expect(card).toMatch(/^checkout · golden signals/);
    expect(card).toMatch(/p95 4\.\d+ s \(was 350 ms, ×14\) .* E1/);
    expect(card).toMatch(/Traffic {2}19\d \/s \(as before\) E2/);
    expect(card).toMatch(/5xx 23(?:\.\d)? % \(was 0\.05 %, ×4\d\d\) · 4xx 1\.5 % \(as before\) E3/);
    expect(card).toMatch(/database pool 3\d(?:\.\d)? % \(was 30 %/);
    expect(card).toMatch(/500 \/api\/checkout \| 4\d\.\d \/s/);
    expect(card).toContain('service="checkout" (also by job, container)');
    expect(card).toContain('Latency from http_request_duration_seconds_bucket');
    expect(blocks).toContain('/graph?g0.expr=');
    const timeline = (await asks('timeline')).card;
    expect(timeline).toContain('E8');
    expect(slipsIn(kit)).toEqual([]);
  });

  it('tell of what was refused as well, which is no error of the service’s own', async () => {
    await started();
    const { card } = await asks('red payments');
    expect(card).toMatch(/Traffic {2}4\d\d \/s \(was 120 \/s, ×4\)/);
    expect(card).toMatch(/4xx 6\d\.\d % \(was 0 %\)/);
    expect(card).toMatch(/429 \/v1\/charges \| 29\d \/s/);
    expect(card).not.toContain('Saturation');
  });

  it('are corrected once, with the menu of the card, for everybody', async () => {
    await started();
    await asks('signals checkout');
    await kit
      .person('Lea')
      .choose('say:0', 'signals checkout saturation=process_cpu_seconds_total', { channel: 'checkout' });
    await kit.settled();
    const { card } = await asks('signals checkout', 'Kai');
    expect(card).toContain('Saturation from process_cpu_seconds_total (chosen by @Lea');
    expect(card).not.toContain('database pool');
    expect(slipsIn(kit)).toEqual([]);
  });

  it('are the same through Grafana, with its links', async () => {
    await started(true);
    const { card, blocks } = await asks('signals grafana Prometheus checkout');
    expect(card).toMatch(/p95 4\.\d+ s \(was 350 ms, ×14\) .* E1/);
    expect(card).toContain('Prometheus of Grafana');
    expect(blocks).toContain('/explore?');
    const { told } = await asks('signals grafana Prometheus checkout latency=no_such_metric');
    expect(told).toContain('discover grafana Prometheus/metrics lists all there are');
    expect((await asks('use grafana Prometheus db_pool')).card).toContain('Prometheus of Grafana');
    expect((await asks('spotlight grafana http_requests_total code="500"')).card).toContain('500');
    expect(slipsIn(kit)).toEqual([]);
  });

  it('open the card of any number’s evidence', async () => {
    await started();
    const ts = await kit.person('Lea').say('checkout', '@Steady red checkout');
    await kit.settled();
    await kit.person('Lea').choose('say:1', 'evidence E2', { channel: 'checkout' });
    await kit.settled();
    const [, evidence = ''] = kit.thread('checkout', ts);
    expect(evidence).toMatch(/^E2 · Prometheus prod/);
    expect(evidence).toContain(
      'label_replace(100 * (sum(rate(http_requests_total{service="checkout",code=~"5.."}[5m]))',
    );
  });

  it('of a resource are its utilization, saturation and errors; what is missing is said', async () => {
    await started();
    const pool = await asks('use db_pool');
    expect(pool.card).toMatch(/Utilization {2}.*checkout 3\d(?:\.\d)? % \(was/);
    expect(pool.card).toMatch(/Errors {2}Missing: the one metric about it has none/);
    const memory = await asks('use memory of checkout');
    expect(memory.card).toMatch(/^memory of checkout · utilization/);
    expect(memory.card).toMatch(/Utilization {2}.*MiB/);
  });

  it('asked of the wrong kind point the way; a slip of the pen gets the nearest', async () => {
    await started();
    expect((await asks('red db_pool')).told).toContain('`use db_pool`'.replaceAll('`', ''));
    expect((await asks('use checkout')).told).toContain('red checkout');
    expect((await asks('signals chekcout')).told).toContain('checkout');
    expect((await asks('signals')).told).toContain('payments');
    await asks('service checkout');
    expect((await asks('signals')).card).toMatch(/^checkout · golden signals/);
  });

  it('asked by slash are shown to all under the card, and the asker is told where', async () => {
    await started();
    await kit.person('Lea').slash('checkout', '/steady red checkout');
    await kit.settled();
    const whole = kit.channel('checkout').join('\n');
    const card = kit.messages('checkout').find(({ text }) => (text ?? '').includes('checkout: traffic'));
    expect(card?.threadTs).toBeDefined();
    expect(JSON.stringify(card?.blocks)).toContain('asked by @Lea');
    expect(kit.ephemerals('checkout', 'Lea').join('\n') + whole).toContain('for all to see');
  });

  it('outside an incident have links in place of numbers of evidence', async () => {
    kit = await startBotKit();
    const { card, blocks } = await asks('signals payments');
    expect(card).toMatch(/^payments · golden signals/);
    expect(card).not.toMatch(/\bE\d/);
    expect(blocks).toContain('/graph?g0.expr=');
  });
});

describe('spotlight in the sandbox', () => {
  it('says which service the failed requests have in common, and names no cause', async () => {
    await started();
    const { card } = await asks('spotlight http_requests_total code="500"');
    expect(card).toMatch(
      /service=checkout {2}99\.\d % of the bad, 7\.\d+ % of the rest \(×13\) · 23(?:\.\d)? % of its/,
    );
    expect(card).toContain('What goes together is no cause');
    expect(card).toMatch(/E1 · the rest: .* E2 without E1/);
  });

  it('finds nothing between the pods of one service: the deploy is innocent', async () => {
    await started();
    const { card } = await asks('spotlight http_requests_total{service="checkout"} code="500"');
    expect(card).toContain('Nothing stands out.');
  });

  it('compares minutes with those before, and reads thresholds', async () => {
    await started();
    expect((await asks('spotlight http_requests_total since:8m')).card).toMatch(
      /code=429 {2}14\.\d % of these minutes/,
    );
    expect((await asks('spotlight http_request_duration_seconds > 1')).card).toContain('bucket le="1"');
    expect((await asks('spotlight http_requests_total')).told).toContain('code="500"');
    expect((await asks('spotlight http_requests_total slow')).told).toContain('as a condition');
  });
});

describe('spotlight in Axiom', () => {
  const asTable = (columns: Readonly<Record<string, readonly unknown[]>>) => ({
    body: tabular({
      fields: Object.keys(columns).map((name) => ({ name, type: 'string' })),
      columns: Object.values(columns),
    }),
  });

  it('is Axiom’s own, over the fields that the schema tells, and its answer is evidence', async () => {
    const asked: string[] = [];
    const axiom = await startFakeServer((received) => {
      if (received.method === 'GET') return healthy(received);
      const { apl } = JSON.parse(received.body) as { apl: string };
      asked.push(apl);
      return apl.includes('getschema')
        ? asTable({
            ColumnName: ['_time', 'status', 'service.name', 'trace_id'],
            DataType: ['datetime', 'integer', 'string', 'string'],
          })
        : asTable({ field: ['service.name'], value: ['checkout'], lift: ['13.1'] });
    });
    servers.push(axiom);
    kit = await startBotKit({
      toml: `[axiom.deployments.prod]\nurl = "${axiom.url}"\ntoken = "xaat-of-a-test"\norg_id = "shop"\n`,
    });
    await asks('declare P2 checkout 500s here');
    const { card } = await asks("spotlight axiom ['traces'] status >= 500");
    expect(asked.at(-1)).toBe("['traces'] | summarize spotlight(status >= 500, status, ['service.name'])");
    expect(card).toContain('E1 · Axiom prod');
    expect(card).toContain('field service.name · value checkout · lift 13.1');
    await asks("spotlight axiom ['traces'] since:30m");
    expect(asked.at(-1)).toMatch(/spotlight\(_time >= datetime\(\d{4}-\S+Z\), status, \['service\.name'\]\)/);
    expect((await asks("spotlight axiom ['traces']")).told).toContain('since:30m');
  });

  it('is more than the sandbox plays, which it says', async () => {
    kit = await startBotKit({ everySystem: true });
    expect((await asks("spotlight axiom ['shop-traces'] error == true")).told).toContain('spotlight');
  });
});

describe('compare in the sandbox', () => {
  it('shows both windows, the change and two evidences', async () => {
    await started();
    const { card } = await asks('compare sum(rate(http_requests_total[5m])) now vs 1h');
    expect(card).toMatch(/^Now and 1 h earlier · Prometheus prod/);
    expect(card).toMatch(/last 2,0\d\d, was 1,6\d\d \(\+3\d\d, ×1\.2\)/);
    expect(card).toMatch(/E1 · earlier .* E2/);
    const before = await asks(
      'compare sum by (code) (rate(http_requests_total{service="checkout"}[5m])) vs before since:5m',
    );
    expect(before.card).toMatch(/500\nlast 4\d(?:\.\d)?, was 0\.0\d+ \(\+4\d/);
  });

  it('asks the tool that is named, in its own language', async () => {
    kit = await startBotKit({ everySystem: true });
    const loki = 'sum(count_over_time({service_name="payments"}[1m]))';
    const { card } = await asks(`compare loki ${loki} now vs 10m since:5m`);
    expect(card).toMatch(/^Now and 10 min earlier · Loki sandbox/);
    expect(card).toMatch(/avg 2,3\d\d, was 36\d \(\+1,9\d\d, ×6\.\d\)/);
    const lines = await asks('compare loki {service_name="payments"} vs 10m since:5m');
    expect(lines.told).toContain('count_over_time(…)');
  });

  it('refuses what it cannot read, with the next step', async () => {
    await started();
    expect((await asks('compare up')).told).toContain('now vs 1h');
    expect((await asks('compare up vs soon')).told).toContain('vs yesterday');
    expect((await asks('compare upp vs 1h')).told).toContain('no metric upp');
  });
});
