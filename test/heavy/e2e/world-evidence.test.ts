import { afterEach, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../src/domain/time.ts';
import type { StoredFile } from '../../../src/sandbox/slack/model.ts';
import { type FakeServer, startFakeServer } from '../../backends/fake-server.ts';
import { slipsIn } from '../../e2e/all-said.ts';
import { type BotKit, startBotKit } from '../../e2e/bot-kit.ts';
import { START } from '../../slack-kit/test-clock.ts';

const QUERY = 'sum by (code) (rate(http_requests_total{service="checkout"}[5m]))';

let kit: BotKit | undefined;
const servers: FakeServer[] = [];

afterEach(async () => {
  const slips = kit && slipsIn(kit);
  await kit?.stop();
  kit = undefined;
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
  expect(slips ?? []).toEqual([]);
});

async function started(options: Parameters<typeof startBotKit>[0] = {}): Promise<BotKit> {
  kit = await startBotKit(options);
  await says(kit, 'declare P2 checkout 500s here');
  return kit;
}

async function done(bot: BotKit): Promise<void> {
  await bot.settled();
  await bot.bot.idle();
  await bot.settled();
}

async function says(bot: BotKit, text: string, person = 'Lea'): Promise<string> {
  const ts = await bot.person(person).say('checkout', `@Steady ${text}`);
  await done(bot);
  return ts;
}

async function clicks(bot: BotKit, button: string, person = 'Lea'): Promise<void> {
  await bot.person(person).click(button, { channel: 'checkout' });
  await done(bot);
}

async function chooses(bot: BotKit, option: string, person = 'Lea'): Promise<void> {
  await bot.person(person).choose('evidence-more', option, { channel: 'checkout' });
  await done(bot);
}

/** The files that were shared in a thread, in order. */
function filesIn(bot: BotKit, thread: string): readonly StoredFile[] {
  return [...bot.workspace.state.files.values()].filter((one) =>
    one.shares.some(({ threadTs }) => threadTs === thread),
  );
}

function textOf(file: StoredFile | undefined): string {
  return Buffer.from(file?.bytes ?? []).toString();
}

describe('a chart', () => {
  it('comes into the thread of its card as a picture with its numbers in words', async () => {
    const bot = await started();
    const thread = await says(bot, `prom ${QUERY} since:30m`);
    await clicks(bot, 'Chart');
    const [file, ...more] = filesIn(bot, thread);
    expect(more).toEqual([]);
    expect(file).toMatchObject({ name: 'e1-chart.png', title: 'E1 chart', mimetype: 'image/png' });
    expect(
      Buffer.from(file?.bytes ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    expect(file?.altText).toMatch(
      /^Chart of E1, Prometheus prod, 13:30–14:00 UTC\. code \d+: last [\d.]+, max [\d.]+ at/,
    );
    expect(file?.altText).toContain('Marked: declared 14:00');
  });

  it('is there once, however often it is asked for; clicked again, whoever asked is told where it is', async () => {
    const bot = await started();
    const thread = await says(bot, 'prom up since:30m');
    await clicks(bot, 'Chart');
    await clicks(bot, 'Chart', 'Kai');
    expect(filesIn(bot, thread)).toHaveLength(1);
    expect(bot.ephemerals('checkout', 'Kai').at(-1)).toMatch(/E1 chart is .*in this thread already/);
    // Asked elsewhere, it comes there as well.
    const other = await says(bot, 'chart E1');
    expect(filesIn(bot, other)).toHaveLength(1);
    // Something happened that it should show: it is another picture.
    await says(bot, 'mitigate halved the retries');
    await clicks(bot, 'Chart');
    expect(bot.workspace.state.files.size).toBe(3);
  });

  it('with the time before asks that as an evidence of its own', async () => {
    const bot = await started();
    await says(bot, `prom ${QUERY} since:30m`);
    const thread = await says(bot, 'chart E1 baseline');
    expect(bot.thread('checkout', thread).join('\n')).toContain('E2 · Prometheus prod · 13:00 UTC–13:30 UTC');
    expect(bot.thread('checkout', thread).join('\n')).toContain('the time before E1, for its chart');
    expect(filesIn(bot, thread).map((one) => one.name)).toEqual(['e1-chart.png']);
    const again = await says(bot, 'chart E1 baseline');
    expect(bot.thread('checkout', again).join('\n')).not.toContain('E3');
    expect(filesIn(bot, again)).toHaveLength(1);
  });

  it('of nothing, of no such evidence and of one moment is refused with a way on', async () => {
    const bot = await started();
    await says(bot, 'chart E1');
    expect(bot.ephemerals('checkout', 'Lea').at(-1)).toContain('has no evidence yet');
    await says(bot, 'prom up{job="checkout"} > 1e9');
    await says(bot, 'chart');
    expect(bot.ephemerals('checkout', 'Lea').at(-1)).toContain('E1 came back empty');
    await says(bot, 'chart E7');
    expect(bot.ephemerals('checkout', 'Lea').at(-1)).toContain(
      'INC-1 has no E7; its evidence goes from E1 to E1.',
    );
    await says(bot, 'chart E1 sideways');
    expect(bot.ephemerals('checkout', 'Lea').at(-1)).toContain('chart E1 baseline');
    expect(bot.workspace.state.files.size).toBe(0);
  });
});

describe('all rows', () => {
  const line = 'GET /pay token=ghp_abcdefghijklmnopqrstuvwxyz0123456789 =cmd()';
  const loki = (many: number) => async () => {
    const server = await startFakeServer(({ path }) => {
      if (path.endsWith('/labels')) return { body: { status: 'success', data: ['service_name'] } };
      if (path.endsWith('/values')) return { body: { status: 'success', data: ['checkout'] } };
      const values = Array.from({ length: many }, (_, i) => [
        `${START - i}000000`,
        i === 0 ? line : `=line ${i}`,
      ]);
      const result = [{ stream: { service_name: 'checkout' }, values }];
      return { body: { status: 'success', data: { resultType: 'streams', result } } };
    });
    servers.push(server);
    return `[loki.deployments.prod]\nurl = "${server.url}"\n`;
  };

  it('are a CSV file in the thread, without secrets and without formulas', async () => {
    const bot = await started({ toml: await loki(30)() });
    const thread = await says(bot, 'loki {service_name="checkout"}');
    await chooses(bot, 'All rows');
    const [file] = filesIn(bot, thread);
    expect(file).toMatchObject({ name: 'e1-rows.csv', title: 'E1 rows', mimetype: 'text/csv' });
    const lines = textOf(file).split('\n');
    expect(lines).toHaveLength(32);
    expect(lines[0]).toBe('"time","line","service_name"');
    expect(lines[1]).not.toContain('ghp_');
    expect(lines[1]).toContain('GET /pay token=');
    expect(lines[2]).toContain(`"'=line 1"`);
    expect(bot.thread('checkout', thread).join('\n')).toContain('E1: 30 rows');
  });

  it('come as NDJSON where that is asked for', async () => {
    const bot = await started();
    await says(bot, 'prom up since:10m');
    const thread = await says(bot, 'rows E1 ndjson');
    const [first = ''] = textOf(filesIn(bot, thread)[0]).split('\n');
    expect(JSON.parse(first)).toMatchObject({ value: 1 });
    await says(bot, 'rows E1 xml');
    expect(bot.ephemerals('checkout', 'Lea').at(-1)).toContain('rows E1 csv');
  });

  it('asked by slash come under the card, and the asker is told', async () => {
    const bot = await started();
    await says(bot, 'prom up since:10m');
    await bot.person('Kai').slash('checkout', '/steady rows E1');
    await done(bot);
    const card = bot.messages('checkout').find((one) => one.blocks?.[0]?.type === 'header');
    expect(filesIn(bot, card?.ts ?? '')).toHaveLength(1);
    expect(bot.ephemerals('checkout', 'Kai').at(-1)).toContain('in the thread under the status card');
  });
});

describe('asked again', () => {
  it('a card says what differs, and both can be compared over their windows', async () => {
    const bot = await started();
    const thread = await says(bot, `prom ${QUERY} from:14:40 to:14:50`);
    await bot.pass(20 * MINUTE);
    await clicks(bot, 'Re-run now');
    const card = bot.thread('checkout', thread).at(-1) ?? '';
    expect(card).toContain('E2 · Prometheus prod');
    expect(card).toMatch(/Differs from E1 of 13:50 UTC, by last values:/);
    expect(card).toContain('again: E1 over a window of the same length');
    await clicks(bot, 'Compare with E1');
    const compared = bot.thread('checkout', thread).at(-1) ?? '';
    expect(compared).toContain('E2 against E1 · Prometheus prod');
    expect(compared).toMatch(/Before: E1 13:40 UTC–13:50 UTC/);
    expect(compared).toMatch(/code \d+\s+[\d.,]+ → [\d.,]+\s+[+−]/);
    const typed = await says(bot, 'evidence E1 vs E2');
    expect(bot.thread('checkout', typed).at(-1)).toContain('E2 against E1');
  });

  it('what asked different things is not compared', async () => {
    const bot = await started();
    await says(bot, 'prom up');
    await says(bot, `prom ${QUERY}`);
    await says(bot, 'evidence E1 vs E2');
    expect(bot.ephemerals('checkout', 'Lea').at(-1)).toContain('E1 and E2 asked different things');
  });
});

describe('evidence', () => {
  it('is listed, and each card can be shown again', async () => {
    const bot = await started();
    await says(bot, 'prom up');
    await says(bot, `prom ${QUERY}`);
    const list = bot.thread('checkout', await says(bot, 'evidence')).join('\n');
    expect(list).toMatch(/E2 .*Prometheus prod[\s\S]*E1 /);
    const shown = bot.thread('checkout', await says(bot, 'evidence E1', 'Kai')).join('\n');
    expect(shown).toContain('E1 · Prometheus prod');
    expect(shown).toContain('asked by @Lea');
  });

  it('pinned is on the timeline and among the pins, and goes when it is unpinned', async () => {
    const bot = await started();
    const thread = await says(bot, `prom ${QUERY}`);
    await chooses(bot, 'Pin', 'Kai');
    const card = bot.messages('checkout').findLast((one) => one.threadTs === thread);
    expect(bot.ephemerals('checkout', 'Kai').at(-1)).toContain('E1 is pinned, and on the timeline.');
    expect(bot.thread('checkout', await says(bot, 'timeline')).join('\n')).toMatch(/@Kai .*code \d+: /);
    await chooses(bot, 'Pin');
    expect(bot.ephemerals('checkout', 'Lea').at(-1)).toContain('E1 is pinned already');
    await bot.person('Lea').unpin('checkout', card?.ts ?? '');
    await done(bot);
    await bot.pass(30 * SECOND);
    await chooses(bot, 'Pin');
    expect(bot.ephemerals('checkout', 'Lea').at(-1)).toContain('pinned, and on the timeline');
  });
});

describe('diagrams', () => {
  it('draw what happened and what led to what, once until something new happens', async () => {
    const bot = await started();
    await says(bot, `prom ${QUERY}`);
    await says(bot, 'update impact: checkout fails known: payments limits us doing: halving retries');
    const thread = await says(bot, 'diagram');
    const files = filesIn(bot, thread);
    expect(files.map((one) => one.title)).toEqual(['INC-1 timeline', 'INC-1 causes']);
    expect(files[0]?.altText).toMatch(
      /Timeline of INC-1 P2 · .*in UTC\. 14:00 P2 declared by Lea: checkout 500s/,
    );
    expect(files[1]?.altText).toContain('What we know, 14:00 UTC: payments limits us (unverified).');
    const only = await says(bot, 'diagram causes', 'Kai');
    expect(filesIn(bot, only).map((one) => one.name)).toEqual(['inc-1-causes.png']);
    await says(bot, 'diagram flowers');
    expect(bot.ephemerals('checkout', 'Lea').at(-1)).toContain('Which one?');
  });
});
