import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { ASKED_TOOLS } from '../../src/config/asked-tools.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { fileSchema } from '../../src/config/schema.ts';
import { configTemplate } from '../../src/config/template.ts';
import { fakeMachine } from './fake-machine.ts';

const template = configTemplate();
/** What the template's `env:` values name; long enough to be secrets. */
const env = Object.fromEntries(
  [...template.matchAll(/env:([A-Z_]+)/g)].map(([, name = '']) => [
    name,
    name === 'DATABASE_URL' ? 'postgres://steady@db.example.com/steady' : `value-of-${name}`,
  ]),
);
const sections = [...template.matchAll(/^#\[(.+)\]$/gm)].map((match) => match[1] ?? '');

/** Switches sections on by removing the `#` of their settings, as an operator would. */
function uncomment(wanted: (section: string) => boolean): string {
  let on = false;
  return template
    .split('\n')
    .map((line) => {
      const header = /^#\[(.+)\]$/.exec(line)?.[1];
      if (header !== undefined) on = wanted(header);
      return on && /^#[^ -]/.test(line) ? line.slice(1) : line;
    })
    .join('\n');
}

describe('the configuration that init writes', () => {
  it('sets nothing', () => {
    expect(parse(template)).toEqual({});
  });

  it.each(sections)('loads without a problem with [%s] switched on', (section) => {
    // A channel can only be bound to a deployment that is there.
    const needed = section === 'slack.environments' ? 'prometheus.deployments.prod' : section;
    const toml = uncomment((one) => one === section || one === needed);
    expect(Object.keys(parse(toml))).toHaveLength(section === needed ? 1 : 2);
    expect(() => loadConfig(fakeMachine({ 'config.toml': toml }, envFor(toml)))).not.toThrow();
  });

  it('loads with everything switched on, and has every section and every key of its own', () => {
    const toml = uncomment(() => true);
    const config = loadConfig(fakeMachine({ 'config.toml': toml }, envFor(toml)));
    for (const tool of ASKED_TOOLS) expect(config[tool], tool).toHaveLength(1);
    const written: Record<string, unknown> = parse(toml);
    expect(Object.keys(written).sort()).toEqual(Object.keys(fileSchema.shape).sort());
    for (const [name, section] of Object.entries(fileSchema.shape)) {
      if (!('unwrap' in section) || ['links', 'services'].includes(name)) continue;
      const inner: unknown = section.unwrap();
      const keys = Object.keys((inner as { shape?: object }).shape ?? {});
      const present = Object.keys(written[name] as object);
      const asRemark = name === 'slack' ? ['workspace', 'workspaces'] : [];
      expect([...present, ...asRemark].sort(), name).toEqual(keys.sort());
    }
  });

  it('says as remarks what the defaults are', () => {
    const bare = loadConfig(fakeMachine());
    const shown = loadConfig(
      fakeMachine({ 'config.toml': uncomment((one) => ['cadence', 'discovery', 'logging'].includes(one)) }),
    );
    expect(shown.cadence).toMatchObject({ ...bare.cadence, escalateTo: ['U0123ABCD', 'S0123ABCD'] });
    expect([shown.discovery, shown.logging]).toEqual([bare.discovery, bare.logging]);
  });
});

/** Only the variables that switched-on lines use: SLACK_ variables would be settings by themselves. */
function envFor(toml: string): Record<string, string> {
  const used = toml.split('\n').filter((line) => !line.startsWith('#'));
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => used.some((line) => line.includes(`env:${name}`))),
  );
}
