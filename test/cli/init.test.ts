import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/commands.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { CWD, type FakeFile, fakeMachine, HOME } from '../config/fake-machine.ts';
import { FakeWorld } from './fake-world.ts';

async function init(
  words: readonly string[],
  files: Record<string, FakeFile> = {},
  env: Record<string, string> = {},
) {
  const world = new FakeWorld(fakeMachine(files, env));
  const code = await runCommand(['init', ...words], world);
  return { world, code, told: world.stdout.join('\n'), text: world.written.get(`${CWD}/config.toml`) ?? '' };
}

describe('init', () => {
  it('writes ./config.toml, which sets nothing yet, and says how to make the Slack app', async () => {
    const { code, text, told } = await init([]);
    expect(code).toBe(0);
    expect(parse(text)).toEqual({});
    for (const word of ['manifest.yml', 'connections:write', 'xapp-', 'xoxb-', 'steady check'])
      expect(told).toContain(word);
  });

  it('writes where --path says', async () => {
    const { world } = await init(['--path', '~/.config/steady/config.toml']);
    expect([...world.written.keys()]).toEqual([`${HOME}/.config/steady/config.toml`]);
  });

  it.each(['file', 'link', 'other'] as const)('never writes over or through a %s', async (kind) => {
    const world = new FakeWorld(fakeMachine());
    world.there.set(`${CWD}/config.toml`, kind);
    expect(await runCommand(['init'], world)).toBe(1);
    expect(world.written.size).toBe(0);
    expect(world.stderr.join()).toMatch(kind === 'link' ? /symbolic link/ : /never overwrites/);
  });
});

describe('init --migrate', () => {
  const old = {
    [`${HOME}/.axiom.toml`]: `active_deployment = "prod"
[deployments.prod]
url = "https://api.axiom.co"
token = "xaat-axiom-token"
org_id = "acme"
colour = "blue"
`,
    [`${HOME}/.grafana.toml`]: `[deployments.prod]
url = "https://grafana.example.com"
username = "steady"
password = "pass\\"word\\\\$(id)"
[deployments."eu west"]
url = "https://eu.grafana.example.com"
token = "glsa_eu_token"
`,
    [`${HOME}/.slack.conf`]: `# workspace=token
acme=xoxb-acme-token
 beta = "xoxb-beta-token"
what is this
`,
  };

  it('takes over what it understands and tells what it does not, by line and without values', async () => {
    const { code, text, told } = await init(['--migrate'], old);
    expect(code).toBe(0);
    expect(parse(text)).toEqual({
      axiom: {
        deployments: { prod: { url: 'https://api.axiom.co', token: 'xaat-axiom-token', org_id: 'acme' } },
      },
      grafana: {
        deployments: {
          prod: { url: 'https://grafana.example.com', username: 'steady', password: 'pass"word\\$(id)' },
          'eu-west': { url: 'https://eu.grafana.example.com', token: 'glsa_eu_token' },
        },
      },
      slack: { workspaces: { acme: { token: 'xoxb-acme-token' }, beta: { token: 'xoxb-beta-token' } } },
    });
    for (const line of [
      '~/.axiom.toml: prod.colour not understood; left out',
      '~/.axiom.toml: active_deployment not understood; left out',
      '~/.axiom.toml: took prod',
      '~/.grafana.toml: "eu west" is called eu-west from now on',
      '~/.pyroscope.toml: not there',
      '~/.slack.conf: line 4 not understood; left out',
      '~/.slack.conf: took acme, beta',
    ])
      expect(told).toContain(line);
    expect(told).not.toMatch(/xaat-|xoxb-(?!…)|glsa_/);
  });

  it('writes a file that loads, the workspaces unused until asked for', async () => {
    const { text } = await init(['--migrate'], old);
    const config = loadConfig(fakeMachine({ 'config.toml': text }));
    expect(config.grafana.map((one) => one.name)).toEqual(['prod', 'eu-west']);
    expect(config.slack).toBeUndefined();
  });

  it('refuses an old file that others can write, and one that is not TOML', async () => {
    const { told, text } = await init(['--migrate'], {
      [`${HOME}/.axiom.toml`]: { text: old[`${HOME}/.axiom.toml`] ?? '', mode: 0o666 },
      [`${HOME}/.grafana.toml`]: 'token = "glsa_',
    });
    expect(told).toContain('~/.axiom.toml: refused: others can write it');
    expect(told).toContain('~/.grafana.toml: not TOML; nothing taken from it');
    expect(told).toContain('Nothing was migrated.');
    expect(parse(text)).toEqual({});
  });
});
