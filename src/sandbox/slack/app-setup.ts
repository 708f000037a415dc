import { isRecord } from './block-kit/check.ts';

/** What the app's manifest says that Slack acts on. */
export interface AppSetup {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Names as in the manifest: `message.channels`, `app_mention` … */
  readonly events: readonly string[];
  readonly slashCommands: readonly {
    readonly command: string;
    readonly description: string;
    readonly usageHint: string;
    readonly shouldEscape: boolean;
  }[];
  readonly shortcuts: readonly {
    readonly callbackId: string;
    readonly name: string;
    readonly type: 'global' | 'message';
  }[];
}

/** Reads a parsed manifest (https://docs.slack.dev/reference/app-manifest). What is missing counts as empty. */
export function readManifest(manifest: unknown): AppSetup {
  const features = at(manifest, 'features');
  return {
    name: text(at(at(manifest, 'display_information'), 'name')),
    scopes: strings(at(at(at(manifest, 'oauth_config'), 'scopes'), 'bot')),
    events: strings(at(at(at(manifest, 'settings'), 'event_subscriptions'), 'bot_events')),
    slashCommands: records(at(features, 'slash_commands')).map((item) => ({
      command: text(item.command),
      description: text(item.description),
      usageHint: text(item.usage_hint),
      shouldEscape: item.should_escape === true,
    })),
    shortcuts: records(at(features, 'shortcuts')).map((item) => ({
      callbackId: text(item.callback_id),
      name: text(item.name),
      type: item.type === 'global' ? 'global' : 'message',
    })),
  };
}

function at(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function records(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
