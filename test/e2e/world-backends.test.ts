import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeServer, type Received, type Reply, startFakeServer } from '../backends/fake-server.ts';
import { type BotKit, startBotKit } from './bot-kit.ts';
import { prometheusThat, series, success } from './fake-prometheus.ts';
import { freePort } from './free-port.ts';

/** Shaped like no known token, so that only its being held can hide it. */
const TOKEN = 'plum-Harbour-93-lantern-Quartz';
const MEGABYTE = 'x'.repeat(1024 * 1024);
const MEAN = `<!channel> <!here> <@U0KAI00001> *bold* <https://evil.example|ok> \u202Etxt.exe\u200B ✅ @here <!subteam^S0ONCALL01> ${TOKEN}`;

let kit: BotKit | undefined;
let server: FakeServer | undefined;

afterEach(async () => {
  await kit?.stop();
  await server?.[Symbol.asyncDispose]();
  kit = undefined;
  server = undefined;
});

/** An open incident of a bot whose one Prometheus answers queries like this. */
async function started(queries: (received: Received) => Reply, settings = ''): Promise<BotKit> {
  server = await startFakeServer(prometheusThat(queries));
  return startedAt(server.url, settings);
}

async function startedAt(url: string, settings = ''): Promise<BotKit> {
  kit = await startBotKit({
    level: 'trace',
    prometheus: `[prometheus.deployments.prod]\nurl = "${url}"\ntoken = "${TOKEN}"\n${settings}`,
  });
  await kit.person('Lea').say('checkout', '@Steady declare P2 checkout 500s here');
  await kit.settled();
  return kit;
}

/** Asks, and answers with the thread and with what only Lea was told. */
async function asks(bot: BotKit, query = 'up') {
  const ts = await bot.person('Lea').say('checkout', `@Steady prom ${query}`);
  await bot.settled();
  await bot.bot.idle();
  await bot.settled();
  return {
    thread: bot.thread('checkout', ts).join('\n'),
    told: bot.ephemerals('checkout', 'Lea').join('\n'),
  };
}

/** Every spelling of a secret that somebody could read back. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    [...secret].reverse().join(''),
  ];
}

function leaksNothing(bot: BotKit) {
  const out = JSON.stringify(bot.workspace.state.calls) + bot.logs.join('\n');
  expect(spellings(TOKEN).filter((one) => out.includes(one))).toEqual([]);
}

const FAILURES: readonly [string, (received: Received) => Reply, RegExp][] = [
  [
    '401',
    () => ({ status: 401, body: `not you: Bearer ${TOKEN}` }),
    /does not accept Steady's credentials.*\$\{?TOKEN/s,
  ],
  ['403', () => ({ status: 403, body: TOKEN }), /does not let Steady read this \(403\).*administers/s],
  ['404', () => ({ status: 404, body: 'nothing' }), /does not look like Prometheus' API \(404\)/],
  [
    '429',
    () => ({ status: 429, headers: { 'retry-after': '7' } }),
    /accepts no more questions for now \(429\).*It answers again at/s,
  ],
  ['503', () => ({ status: 503, body: TOKEN }), /has a problem of its own \(503\)/],
  [
    'a login page',
    () => ({ headers: { 'content-type': 'text/html' }, body: `<html><!channel>${TOKEN}</html>` }),
    /answers with a page/,
  ],
  [
    'an answer cut off by the network',
    () => (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"status":"succ', () => response.destroy());
    },
    /broke off its answer/,
  ],
  [
    'half of its JSON',
    () => ({
      headers: { 'content-type': 'application/json' },
      body: '{"status":"success","data":{"resultType":"matrix","result":[{"metric"',
    }),
    /cut off or not one of Prometheus' API/,
  ],
  [
    'another shape',
    () => success({ resultType: 'matrix', result: 7 }),
    /cut off or not one of Prometheus' API/,
  ],
  [
    'an error that repeats the token',
    () => ({
      status: 400,
      body: { status: 'error', errorType: 'bad_data', error: `parse error <!channel> ${TOKEN}` },
    }),
    /refuses the query: parse error <!channel>/,
  ],
  [
    'a redirect to another host',
    () => ({ status: 302, headers: { location: `http://127.0.0.2:1/?token=${TOKEN}` } }),
    /./,
  ],
];

describe('a backend that answers with', () => {
  it.each(FAILURES)(
    '%s is told privately, with the next step and without a secret',
    async (_name, reply, words) => {
      const bot = await started(reply);
      const { thread, told } = await asks(bot);
      expect(thread).toBe('');
      expect(told).toMatch(words);
      expect(told).toMatch(/Prometheus prod/);
      expect(bot.notifications('Kai')).toEqual([]);
      leaksNothing(bot);
    },
  );

  it('more than 50 MB is given up while it arrives', async () => {
    let sent = 0;
    const bot = await started(() => (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"status":"success","data":{"resultType":"matrix","result":[');
      const pump = () => {
        while (sent++ < 400) if (!response.write(MEGABYTE)) return void response.once('drain', pump);
        response.end(']}}');
      };
      response.on('error', () => {});
      pump();
    });
    const { told } = await asks(bot);
    expect(told).toMatch(/more than \d+ MB|too (?:large|much|big)/i);
    expect(sent).toBeLessThan(120);
  });

  it('hostile labels renders, pings nobody, and shows neither mark nor link nor secret', async () => {
    const bot = await started((received) =>
      series(received, { __name__: 'up', job: MEAN, 'a"<!here>': MEAN }, ['1', 'NaN', '+Inf', '-Inf']),
    );
    const { thread } = await asks(bot);
    expect(thread).toContain('E1');
    for (const person of ['Lea', 'Kai', 'Mara'])
      expect(bot.notifications(person).filter((one) => !one.startsWith('thread: '))).toEqual([]);
    const card = bot.messages('checkout').findLast((one) => one.threadTs !== undefined && one.bot);
    const sent = JSON.stringify([card?.blocks, card?.text]);
    expect(sent).not.toMatch(/"type":"(?:user|usergroup|broadcast)"/);
    expect(sent).not.toContain('"url":"https://evil.example');
    expect(sent).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/);
    expect(card?.text ?? '').not.toMatch(/<!|<@/);
    leaksNothing(bot);
  });

  it('a label of 10 MB renders', async () => {
    const bot = await started((received) =>
      series(received, { __name__: 'up', job: 'y'.repeat(10 * 1024 * 1024) }, ['1']),
    );
    const { thread } = await asks(bot);
    expect(thread).toContain('E1');
    expect(thread.length).toBeLessThan(13_000);
  });

  it('NaN, infinities and nothing at all says so', async () => {
    const bot = await started((received) =>
      received.params.get('query') === 'up'
        ? series(received, { __name__: 'up', job: 'a' }, ['NaN', '+Inf', '-Inf', '0'])
        : success({ resultType: 'matrix', result: [] }),
    );
    const { thread } = await asks(bot);
    expect(thread).toMatch(/\+Inf/);
    expect((await asks(bot, 'http_requests_total')).thread).toMatch(/no data|empty|nothing/i);
  });

  it('nothing for too long is told after the limit, and others are answered meanwhile', async () => {
    const bot = await started(() => () => {}, 'timeout = "1s"');
    const order: string[] = [];
    const lea = bot.until(
      () => bot.ephemerals('checkout', 'Lea').some((one) => one.includes('did not answer within 1 s')),
      'the limit',
    );
    await bot.person('Lea').say('checkout', '@Steady prom up');
    const ts = await bot.person('Kai').say('checkout', '@Steady status');
    const kai = bot.until(() => bot.thread('checkout', ts).length > 0, 'an answer meanwhile');
    await Promise.all([
      lea.then(() => order.push('Lea hears')),
      kai.then(() => order.push('Kai is answered')),
    ]);
    expect(order).toEqual(['Kai is answered', 'Lea hears']);
  });
});

describe('a backend that cannot be reached', () => {
  it('for nobody listens at its port is said so', async () => {
    const bot = await startedAt(`http://127.0.0.1:${await freePort()}`);
    const { told } = await asks(bot);
    expect(told).toMatch(/Prometheus prod/);
    expect(told).toMatch(/nobody|nothing listens|refused|cannot be reached|not reach/i);
    leaksNothing(bot);
  });

  it('for its certificate is its own is said so', async () => {
    const certificate = makeCertificate();
    if (certificate === undefined) return;
    const secure = createServer(certificate, (_request, response) => response.end('{}'));
    secure.listen(0, '127.0.0.1');
    await once(secure, 'listening');
    const address = secure.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    try {
      const bot = await startedAt(`https://127.0.0.1:${address.port}`);
      const { told } = await asks(bot);
      expect(told).toMatch(/certificate/i);
      expect(told).toContain('ca_file');
      leaksNothing(bot);
    } finally {
      secure.closeAllConnections();
      secure.close();
    }
  });
});

// Made when needed: a private key in the repository would set off every scanner.
function makeCertificate(): { readonly key: string; readonly cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'steady-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...kind, '-subj', '/CN=t', '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } catch {
    process.stdout.write('not run: openssl\n');
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
