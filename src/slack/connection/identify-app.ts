import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { SlackSettings } from '../../config/slack-settings.ts';
import { ConfigError } from '../../domain/errors.ts';
import { TOKEN_GONE } from '../outbound/call-slack.ts';
import { neededScopes } from '../scopes.ts';

/** Who Steady is in the workspace it is about to serve. */
export interface Identity {
  /** `T…`, the team that the bot token belongs to. */
  readonly team: string;
  readonly workspace: string;
  /** `https://acme.slack.com/`, where Slack says it. */
  readonly url?: string;
  /** `U…` of the bot user. */
  readonly userId: string;
  readonly botId: string;
  /** `A…`, and the app's name, where Slack says them. */
  readonly appId?: string;
  readonly appName?: string;
  /** What people type after the `@`. */
  readonly handle: string;
  /** Scopes that some code needs and the token has not; empty where Slack does not say. */
  readonly missingScopes: readonly string[];
  /** One line for the operator: `workspace Acme (T…), app Steady (A…) as @steady`. */
  readonly line: string;
}

/**
 * Asks who the bot token is. Rejects with ConfigError where Slack refuses it or it belongs to a team that is not served;
 * with the SDK's error where Slack does not answer.
 */
export async function identifyApp(
  client: Pick<WebClient, 'apiCall'>,
  settings: Pick<SlackSettings, 'botToken' | 'teams' | 'newChannels'>,
): Promise<Identity> {
  const auth = (await client.apiCall('auth.test').catch((error: unknown) => {
    if (error instanceof WebAPIPlatformError && TOKEN_GONE.has(error.data.error))
      throw new ConfigError([
        `Slack refuses the bot token (${settings.botToken.origin}): ${error.data.error}. Copy the "Bot User OAuth Token" of the installed app again.`,
      ]);
    throw error;
  })) as AuthTest;
  const { team_id: team = '', team: workspace = '', user_id: userId = '', bot_id: botId = '' } = auth;
  if (settings.teams.length > 0 && !settings.teams.includes(team))
    throw new ConfigError([
      `The bot token (${settings.botToken.origin}) belongs to ${workspace} (${team}), which is not in [slack] teams.`,
    ]);
  const app = await aboutApp(client, botId);
  const granted = auth.response_metadata?.scopes;
  const missingScopes = granted ? neededScopes(settings).filter((scope) => !granted.includes(scope)) : [];
  const handle = auth.user ?? 'steady';
  const named = app.appId === undefined ? 'app unknown' : `app ${app.appName ?? ''} (${app.appId})`;
  return {
    team,
    workspace,
    ...(auth.url !== undefined && { url: auth.url }),
    userId,
    botId,
    handle,
    missingScopes,
    ...app,
    line: `workspace ${workspace} (${team}), ${named} as @${handle}`,
  };
}

interface AuthTest {
  readonly team_id?: string;
  readonly team?: string;
  readonly url?: string;
  readonly user_id?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly response_metadata?: { readonly scopes?: readonly string[] };
}

/** Only for the operator's eyes: without it Steady runs as well. */
async function aboutApp(
  client: Pick<WebClient, 'apiCall'>,
  bot: string,
): Promise<{ readonly appId?: string; readonly appName?: string }> {
  try {
    const answer = (await client.apiCall('bots.info', { bot })) as {
      bot?: { app_id?: string; name?: string };
    };
    const { app_id: appId, name: appName } = answer.bot ?? {};
    return { ...(appId !== undefined && { appId }), ...(appName !== undefined && { appName }) };
  } catch {
    return {};
  }
}
