import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const source = readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8');

/** The rules of version 2 that concern this manifest: https://github.com/slackapi/manifest-schema */
const text = (least: number, most: number) => z.string().min(least).max(most);
const shape = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2), minor_version: z.int() }),
  display_information: z.strictObject({
    name: text(1, 35),
    description: text(1, 140),
    long_description: text(175, 4000),
    background_color: z.string().regex(/^#[0-9a-f]{3}(?:[0-9a-f]{3})?$/i),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: text(1, 80), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: text(2, 32).regex(/^\//),
          description: text(1, 2000),
          usage_hint: text(1, 1000),
          should_escape: z.boolean(),
        }),
      )
      .min(1)
      .max(50),
    shortcuts: z
      .array(
        z.strictObject({
          name: text(1, 24),
          type: z.enum(['message', 'global']),
          callback_id: text(1, 255),
          description: text(1, 150),
        }),
      )
      .min(1)
      .max(10),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(text(1, 50)).max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(text(1, 50)).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true) }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.literal(true),
    token_rotation_enabled: z.literal(false),
  }),
});
const manifest = shape.parse(parse(source));
const scopes = manifest.oauth_config.scopes.bot;
const events = manifest.settings.event_subscriptions.bot_events;

/** The schema takes any text as a scope, so a misspelling would only show at Slack: https://docs.slack.dev/reference/scopes */
const REAL_SCOPES = new Set(
  `app_mentions:read assistant:write bookmarks:read bookmarks:write canvases:read canvases:write channels:history channels:join
  channels:manage channels:read channels:write.invites channels:write.topic chat:write chat:write.customize chat:write.public
  commands dnd:read emoji:read files:read files:write groups:history groups:read groups:write groups:write.invites
  groups:write.topic im:history im:read im:write im:write.topic links:read links:write metadata.message:read mpim:history mpim:read
  mpim:write pins:read pins:write reactions:read reactions:write reminders:read reminders:write team:read usergroups:read
  usergroups:write users.profile:read users:read users:read.email users:write`.split(/\s+/),
);

/** Each event and the scopes of which one is needed: https://docs.slack.dev/reference/events */
const EVENT_NEEDS: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  channel_archive: ['channels:read'],
  channel_left: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_shared: ['channels:read', 'groups:read'],
  channel_unarchive: ['channels:read'],
  channel_unshared: ['channels:read', 'groups:read'],
  group_archive: ['groups:read'],
  group_left: ['groups:read'],
  group_rename: ['groups:read'],
  group_unarchive: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  pin_added: ['pins:read'],
  pin_removed: ['pins:read'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  tokens_revoked: [],
  user_change: ['users:read'],
};

const slackFolder = new URL('../src/slack/', import.meta.url);
const listeners = readdirSync(slackFolder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(new URL(name, slackFolder), 'utf8'))
  .join('\n');

/** What the code uses, method by method and event by event; each list names every scope that is needed for it. */
const inUse = z.object({
  METHOD_SCOPES: z.record(z.string(), z.array(z.string())),
  CANVAS_SCOPES: z.record(z.string(), z.array(z.string())),
  EVENT_SCOPES: z.record(z.string(), z.array(z.string())),
});

describe('manifest.yml', () => {
  it('subscribes to every event that a listener waits for', () => {
    const heard = [...listeners.matchAll(/\.event\(\s*'([a-z_]+)'/g)].map((match) => match[1] ?? '');
    expect(heard).toContain('app_mention');
    for (const event of heard)
      expect(events).toEqual(expect.arrayContaining(event === 'message' ? ['message.channels'] : [event]));
  });

  it('offers every shortcut that a listener waits for', () => {
    for (const { callback_id } of manifest.features.shortcuts)
      expect(listeners).toContain(`'${callback_id}'`);
  });

  it('asks for what the code uses, and no more', async () => {
    if (!existsSync(new URL('scopes.ts', slackFolder))) return;
    const table = inUse.parse(await import(new URL('scopes.ts', slackFolder).href));
    const used = [
      ...Object.values(table.METHOD_SCOPES),
      ...Object.values(table.CANVAS_SCOPES),
      ...Object.values(table.EVENT_SCOPES),
      ['commands'],
    ].flat();
    expect([...scopes].sort()).toEqual([...new Set(used)].sort());
    expect(events).toEqual(Object.keys(table.EVENT_SCOPES).sort());
  });

  it('asks for real scopes and events only, each once, in order', () => {
    for (const scope of scopes) expect(REAL_SCOPES).toContain(scope);
    for (const event of events) expect(Object.keys(EVENT_NEEDS)).toContain(event);
    expect(new Set(scopes).size).toBe(scopes.length);
    expect(events).toEqual([...new Set(events)].sort());
  });

  it('has the scope that each event needs', () => {
    for (const event of events) {
      const needs = EVENT_NEEDS[event] ?? [];
      if (needs.length > 0)
        expect(
          needs.some((scope) => scopes.includes(scope)),
          event,
        ).toBe(true);
    }
  });

  it('leaves the scopes of new channels out, and says where they go', () => {
    for (const scope of ['channels:manage', 'groups:write']) {
      expect(scopes).not.toContain(scope);
      expect(source).toContain(`#   ${scope}`);
    }
  });

  it('offers the slash command and the shortcuts', () => {
    expect(manifest.features.slash_commands.map((one) => one.command)).toEqual(['/steady']);
    expect(manifest.features.shortcuts.map((one) => `${one.type} ${one.name}: ${one.callback_id}`)).toEqual([
      'global Declare incident: declare',
      'message Declare incident: declare_from_message',
      'message Add to timeline: add_to_timeline',
      'message Post as update: post_as_update',
      'message Save as evidence: save_as_evidence',
      'message State as hypothesis: state_as_hypothesis',
      'message Remember this: remember_this',
    ]);
  });

  it('holds no address and no secret: it is the same for everybody', () => {
    expect(parse(source)).not.toHaveProperty('settings.event_subscriptions.request_url');
    expect(source).not.toMatch(/xox[a-z]-|xapp-/);
  });
});
