import { describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/commands.ts';
import { BackendError } from '../../src/domain/errors.ts';
import { CWD, type FakeFile, fakeMachine, HOME } from '../config/fake-machine.ts';
import { FakeWorld } from './fake-world.ts';

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1111-bot-token', SLACK_APP_TOKEN: 'xapp-2222-app-token' };
const CONFIG = `${CWD}/config.toml`;

function worldOf(env: Record<string, string> = {}, files: Record<string, FakeFile> = {}): FakeWorld {
  return new FakeWorld(fakeMachine(files, env));
}

describe('start', () => {
  it('starts the sandbox with --or-sandbox when nothing is configured', async () => {
    const world = worldOf({ PATH: '/bin', PORT: '80' }, { 'config.toml': '# only remarks\n' });
    world.end.resolve(0);
    expect(await runCommand(['start', '--or-sandbox'], world)).toBe(0);
    expect(world.calls).toEqual(['startSandbox {"clockFree":false}']);
  });

  it.each([
    [{ SLACK_SIGNING_SECRET: 'signing-secret' }, {}, 'env SLACK_SIGNING_SECRET is set'],
    [{ SLACK_BOT_TOKEN: '' }, {}, 'env SLACK_BOT_TOKEN is set'],
    [{ STEADY_DATA_DIR: '/data' }, {}, 'env STEADY_DATA_DIR is set'],
    [{ DATABASE_URL: 'postgres://h/d' }, {}, 'env DATABASE_URL is set'],
    [{ NODE_ENV: 'production' }, {}, 'NODE_ENV is production'],
    [{}, { 'config.toml': '[logging]\nlevel = "info"' }, 'config.toml is there'],
    [{}, { 'config.toml': 'not = = toml' }, 'config.toml is there'],
    [{}, { [`${HOME}/.config/gilfoyle/config.toml`]: '[axiom]' }, '~/.config/gilfoyle/config.toml is there'],
  ] as const)('never falls back to the sandbox with %j %j', async (env, files, reason) => {
    const world = worldOf(env, files);
    expect(await runCommand(['start', '--or-sandbox'], world)).toBe(1);
    expect(world.stderr.join('\n')).toContain(`The sandbox was not started instead, because ${reason}`);
    const direct = worldOf(env, files);
    expect(await runCommand(['sandbox'], direct)).toBe(1);
    expect(direct.stderr.join('\n')).toContain(`In the way: ${reason}.`);
    expect([...world.calls, ...direct.calls]).toEqual([]);
  });

  it('without --or-sandbox names both ways to reach Slack, and starts nothing', async () => {
    const world = worldOf();
    expect(await runCommand(['start'], world)).toBe(1);
    expect(world.stderr.join('\n')).toMatch(/Way 1, Socket Mode.*\n.*Way 2, HTTP/);
    expect(world.calls).toEqual([]);
  });

  it('says where each setting came from before it connects, without values', async () => {
    const world = worldOf(SLACK, { 'config.toml': '[slack]\nemoji = "eyes"' });
    world.end.resolve(0);
    expect(await runCommand(['start'], world)).toBe(0);
    expect(world.stdout).toEqual([
      `Configuration: ${CONFIG}`,
      '  slack.emoji from config.toml:2',
      '  slack.bot_token from env SLACK_BOT_TOKEN',
      '  slack.app_token from env SLACK_APP_TOKEN',
    ]);
    expect(world.calls).toEqual(['startSteady']);
  });

  it('ends with the exit code of what ended by itself', async () => {
    const world = worldOf(SLACK);
    world.end.resolve(3);
    expect(await runCommand(['start'], world)).toBe(3);
    expect(world.listening).toBe(false);
  });

  it('drains on the first request to stop, taking the same one twice as one', async () => {
    const world = worldOf(SLACK);
    world.drains = false;
    const code = runCommand(['start'], world);
    await world.started.promise;
    world.signal();
    world.time += 5;
    world.signal();
    expect(world.calls).toEqual(['startSteady', 'stop']);
    world.end.resolve(0);
    expect(await code).toBe(0);
  });

  it('does not wait for the drain when asked again', async () => {
    const world = worldOf(SLACK);
    world.drains = false;
    const code = runCommand(['start'], world);
    await world.started.promise;
    world.signal();
    world.time += 2_000;
    world.signal();
    expect(await code).toBe(130);
  });
});

describe('sandbox', () => {
  it('passes its options on', async () => {
    const world = worldOf();
    world.end.resolve(0);
    expect(await runCommand(['sandbox', '--port', '4000', '--clock-free'], world)).toBe(0);
    expect(world.calls).toEqual(['startSandbox {"port":4000,"clockFree":true}']);
  });
});

describe('check', () => {
  const toml = `
[prometheus.deployments.prod]
url = "https://prom.example.com"
token = "prometheus-token"
[pyroscope.deployments.prod]
url = "https://pyroscope.example.com"
`;

  it('asks each system, prints a line for each and a table, and exits 0', async () => {
    const world = worldOf(SLACK, { 'config.toml': toml });
    world.probeList = [
      { subject: 'Storage', ask: async () => ({ line: 'SQLite, 3 incidents' }) },
      { subject: 'Prometheus prod', ask: async () => ({ line: 'Prometheus 2.42.0', notes: ['slow today'] }) },
    ];
    expect(await runCommand(['check'], world)).toBe(0);
    expect(world.stdout).toEqual([
      `ok      configuration: ${CONFIG}, 5 settings`,
      'ok      Storage: SQLite, 3 incidents',
      'ok      Prometheus prod: Prometheus 2.42.0',
      '',
      'System           Result  Took  Answer',
      'Storage          ok      0 ms  SQLite, 3 incidents',
      'Prometheus prod  ok      0 ms  Prometheus 2.42.0',
      '',
      'note: Prometheus prod: slow today',
      expect.stringContaining('note: Slack: rate class: internal app'),
    ]);
  });

  it('exits 1 when a system fails, and prints no secret that its error repeats', async () => {
    const world = worldOf(SLACK, { 'config.toml': toml });
    world.probeList = [
      {
        subject: 'Prometheus prod',
        ask: () =>
          Promise.reject(
            new BackendError('unauthorized', 'refused "Bearer prometheus-token"', {
              nextStep: 'Check token.',
            }),
          ),
      },
    ];
    expect(await runCommand(['check'], world)).toBe(1);
    const shown = [...world.stdout, ...world.stderr].join('\n');
    expect(shown).toContain('failed  Prometheus prod: refused "Bearer [secret]" Check token.');
    expect(shown).not.toContain('prometheus-token');
  });

  it('does not wait for a system that never answers, and asks the others meanwhile', async () => {
    const world = worldOf(SLACK);
    let told: AbortSignal | undefined;
    world.probeList = [
      {
        subject: 'Prometheus deaf',
        ask: (signal) => {
          told = signal;
          return new Promise(() => undefined);
        },
      },
      {
        subject: 'Storage',
        ask: async () => {
          world.limits[0]?.abort();
          return { line: 'SQLite' };
        },
      },
    ];
    expect(await runCommand(['check'], world)).toBe(1);
    expect(world.stdout).toContain('failed  Prometheus deaf: no answer within 30 s');
    expect(world.stdout).toContain('ok      Storage: SQLite');
    expect([told?.aborted, world.limits[0]?.after]).toEqual([true, 30_000]);
  });

  it('fails when nothing says how to reach Slack', async () => {
    const world = worldOf({}, { 'config.toml': toml });
    expect(await runCommand(['check'], world)).toBe(1);
    expect(world.stdout.join('\n')).toContain('note: Way 1, Socket Mode');
  });

  it('speaks JSON when asked, for a broken configuration too', async () => {
    const world = worldOf(SLACK, { 'config.toml': toml });
    world.probeList = [{ subject: 'Storage', ask: async () => ({ line: 'has "prometheus-token" in it' }) }];
    expect(await runCommand(['check', '--json'], world)).toBe(0);
    expect(JSON.parse(world.stdout.join('\n'))).toMatchObject({
      ok: true,
      file: CONFIG,
      systems: [{ subject: 'Storage', state: 'ok', line: 'has "[secret]" in it' }],
    });
    const broken = worldOf({}, { 'config.toml': '[slack]\nemoji = 5' });
    expect(await runCommand(['check', '--json'], broken)).toBe(1);
    expect(JSON.parse(broken.stdout.join('\n'))).toEqual({
      ok: false,
      problems: ['config.toml:2 slack.emoji: 5 is not text; write the name of an emoji in quotes'],
    });
  });
});

describe('backup and restore', () => {
  it('write a new file only, and read one that is there', async () => {
    const world = worldOf();
    expect(await runCommand(['backup', 'b.steady'], world)).toBe(0);
    world.there.set(`${CWD}/b.steady`, 'file');
    expect(await runCommand(['backup', 'b.steady'], world)).toBe(1);
    expect(await runCommand(['restore', 'b.steady'], world)).toBe(0);
    expect(await runCommand(['restore', 'gone'], world)).toBe(1);
    expect(world.calls).toEqual([`backup ${CWD}/b.steady`, `restore ${CWD}/b.steady`]);
    expect(world.stderr).toEqual([
      `${CWD}/b.steady is there already (file); a backup never overwrites. Name another file.`,
      `There is no file ${CWD}/gone.`,
    ]);
  });
});

describe('kb import', () => {
  it('plans unless told to do it, and knows the folder of the older skill', async () => {
    const world = worldOf();
    expect(await runCommand(['kb', 'import', '--person', 'U0123ABCD'], world)).toBe(0);
    expect(await runCommand(['kb', 'import', 'old', '--org', 'acme', '--apply'], world)).toBe(0);
    expect(await runCommand(['kb', 'import', '--person', 'lea'], world)).toBe(2);
    expect(await runCommand(['kb', 'import', '--person', 'U0123ABCD', '--org', 'acme'], world)).toBe(1);
    expect(world.calls.map((call) => JSON.parse(call.replace('importMemory ', '')))).toMatchObject([
      { path: expect.stringMatching(/\/\.config\/axiom-sre\/memory$/), person: 'U0123ABCD', apply: false },
      { path: `${CWD}/old`, org: 'acme', apply: true },
    ]);
    expect(world.stdout).toEqual(['kb/ → nowhere', 'kb/ → nowhere']);
  });
});

describe('export', () => {
  it('takes incidents, or all, and a new file; private ones only where each is named as such', async () => {
    const world = worldOf();
    expect(await runCommand(['export', 'all', 'all.tar.gz'], world)).toBe(0);
    expect(await runCommand(['export', 'INC-4', 'inc-7', 'two.tar.gz', '--no-pictures'], world)).toBe(0);
    expect(await runCommand(['export', 'with.tar.gz', '--private', 'INC-9'], world)).toBe(0);
    const one = { private: [], pictures: true };
    expect(world.calls).toEqual([
      `export ${JSON.stringify({ file: `${CWD}/all.tar.gz`, ...one })}`,
      `export ${JSON.stringify({ file: `${CWD}/two.tar.gz`, private: [], pictures: false, only: [4, 7] })}`,
      `export ${JSON.stringify({ file: `${CWD}/with.tar.gz`, private: [9], pictures: true })}`,
    ]);
    expect(world.stdout).toHaveLength(3);
  });

  it('says what is wrong before it opens anything', async () => {
    const world = worldOf();
    world.there.set(`${CWD}/old.tar.gz`, 'file');
    expect(await runCommand(['export', 'all'], world)).toBe(1);
    expect(await runCommand(['export', 'all', 'old.tar.gz'], world)).toBe(1);
    expect(await runCommand(['export', 'checkout', 'new.tar.gz'], world)).toBe(1);
    expect(world.calls).toEqual([]);
    expect(world.stderr).toEqual([
      'The last word is the file: `steady export all incidents.tar.gz`.',
      `${CWD}/old.tar.gz is there already (file); an export never overwrites. Name another file.`,
      'checkout is no incident. Write INC-42, or all.',
    ]);
  });
});

describe('the command line itself', () => {
  it.each([[[]], [['--help']], [['help', 'check']], [['--version']]])(
    'answers %j and exits 0',
    async (words) => {
      const world = worldOf();
      expect(await runCommand(words, world)).toBe(0);
      expect(world.stdout.join('\n')).toMatch(words[0] === '--version' ? /^1\.2\.3$/ : /Usage: steady/);
    },
  );

  it.each([[['strat']], [['sandbox', '--port', 'x']], [['backup']], [['start', '--nope']]])(
    'does not understand %j: exit 2 and a reason',
    async (words) => {
      const world = worldOf();
      expect(await runCommand(words, world)).toBe(2);
      expect(world.stderr.join('\n')).toContain('error:');
    },
  );

  it('offers the command that was probably meant', async () => {
    const world = worldOf();
    await runCommand(['strat'], world);
    expect(world.stderr.join('\n')).toContain('Did you mean start?');
  });
});
