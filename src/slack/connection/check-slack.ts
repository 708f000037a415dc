import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import type { SlackSettings } from '../../config/slack-settings.ts';
import { typed } from '../outbound/call-slack.ts';
import { clientOptions } from '../outbound/clients.ts';
import { identifyApp } from './identify-app.ts';
import { SILENT } from './silent-logger.ts';

/** The workspace that the bot token belongs to. Rejects with an error that is safe to show. */
export async function teamOf(slack: SlackSettings): Promise<string> {
  const bot = new WebClient(slack.botToken.reveal(), clientOptions({ apiUrl: slack.apiUrl, logger: SILENT }));
  const { team } = await identifyApp(bot, slack).catch((error: unknown) => {
    throw error instanceof Error && error.name === 'ConfigError' ? error : typed('auth.test', error);
  });
  return team;
}

/** One harmless question with each token: who am I, and may I connect. Rejects with an error that is safe to show. */
export async function checkSlack(
  slack: SlackSettings,
  signal: AbortSignal,
): Promise<{ readonly line: string; readonly notes?: readonly string[] }> {
  const { apiUrl, botToken, connection } = slack;
  const shared = clientOptions({ apiUrl, logger: SILENT });
  const bot = new WebClient(botToken.reveal(), shared);
  const me = await identifyApp(bot, slack).catch((error: unknown) => {
    throw error instanceof Error && error.name === 'ConfigError' ? error : typed('auth.test', error);
  });
  signal.throwIfAborted();
  if (connection.kind === 'socket') {
    const app = new WebClient(connection.appToken.reveal(), shared);
    await app.apiCall('apps.connections.open').catch((error: unknown) => {
      const reason = error instanceof WebAPIPlatformError ? error.data.error : undefined;
      if (reason !== undefined && /^[a-z_]{1,60}$/.test(reason))
        throw new Error(
          `the app token (${connection.appToken.origin}) may not connect: ${reason}; it needs the scope connections:write`,
        );
      throw typed('apps.connections.open', error);
    });
  }
  const way = connection.kind === 'socket' ? 'Socket Mode' : `HTTP on port ${connection.port}`;
  const notes = me.missingScopes.map(
    (scope) => `the app lacks the scope ${scope}; install it again from manifest.yml`,
  );
  return { line: `${me.line}, ${way}`, ...(notes.length > 0 && { notes }) };
}
