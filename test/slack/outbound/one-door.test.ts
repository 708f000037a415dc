import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  CANVAS_SCOPES,
  COMMAND_SCOPE,
  EVENT_SCOPES,
  METHOD_SCOPES,
  NEW_CHANNEL_SCOPES,
  neededScopes,
} from '../../../src/slack/scopes.ts';

const root = new URL('../../../', import.meta.url);

function sources(under: string): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(new URL(under, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({
      path: `${under}${path}`,
      text: readFileSync(new URL(`${under}${path}`, root), 'utf8'),
    }));
}

const slack = sources('src/slack/');
const FAMILIES = [
  ...new Set(
    Object.keys({ ...METHOD_SCOPES, ...NEW_CHANNEL_SCOPES, ...CANVAS_SCOPES }).map(
      (one) => one.split('.')[0],
    ),
  ),
];
/** `call('pins.add'`, `client.users.info(`: the two ways in which code names a method. */
const NAMED = new RegExp(
  `['"]((?:${FAMILIES.join('|')})(?:\\.[a-z][A-Za-z]+)+)['"]|client\\.((?:${FAMILIES.join('|')})(?:\\.[a-z][A-Za-z]+)+)\\(`,
  'g',
);
const EVENTS = new Set<string>(Object.keys(EVENT_SCOPES));

function methodsIn(text: string): readonly string[] {
  return [...text.matchAll(NAMED)]
    .map((found) => found[1] ?? found[2] ?? '')
    .filter((one) => !EVENTS.has(one));
}

describe('scopes.ts', () => {
  it('lists exactly the methods that some code calls', () => {
    const called = new Set(
      slack.filter(({ path }) => !path.endsWith('scopes.ts')).flatMap(({ text }) => methodsIn(text)),
    );
    // A socket is opened with the app token, whose scope is not the bot's.
    called.delete('apps.connections.open');
    expect([...called].sort()).toEqual(
      Object.keys({ ...METHOD_SCOPES, ...NEW_CHANNEL_SCOPES, ...CANVAS_SCOPES }).sort(),
    );
  });

  it('asks for what the manifest asks for, no more and no less; canvases can be left out', () => {
    const manifest = parse(readFileSync(new URL('manifest.yml', root), 'utf8'));
    const canvas = [...new Set(Object.values(CANVAS_SCOPES).flat())];
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...neededScopes(), ...canvas].sort());
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(
      Object.keys(EVENT_SCOPES).sort(),
    );
    expect(neededScopes({ newChannels: true }).filter((one) => !neededScopes().includes(one))).toEqual([
      'channels:manage',
      'groups:write',
    ]);
    expect(neededScopes()).toContain(COMMAND_SCOPE);
  });
});

describe('the one door', () => {
  it('is where everything that writes is called', () => {
    const writes =
      /^(chat\.(?!getPermalink)|views\.|reactions\.(add|remove)|pins\.|bookmarks\.|files\.|conversations\.(setTopic|create|invite))/;
    for (const { path, text } of slack) {
      if (path.startsWith('src/slack/outbound/') || path.endsWith('scopes.ts')) continue;
      expect(
        methodsIn(text).filter((method) => writes.test(method) && text.includes(`client.${method}`)),
        path,
      ).toEqual([]);
    }
  });

  it('never makes a file public', () => {
    for (const { path, text } of sources('src/')) {
      if (path.startsWith('src/sandbox/')) continue;
      expect(text, path).not.toContain('sharedPublicURL');
    }
  });
});
