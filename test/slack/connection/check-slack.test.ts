import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/domain/secret.ts';
import { DEFAULT_APP } from '../../../src/sandbox/slack/options.ts';
import { checkSlack } from '../../../src/slack/connection/check-slack.ts';
import { neededScopes } from '../../../src/slack/scopes.ts';
import { type SlackKit, startSlackKit } from '../../slack-kit/slack-kit.ts';
import { connect, settingsFor } from './connection-kit.ts';

const now = AbortSignal.timeout(60_000);

async function withKit<T>(scopes: readonly string[], work: (kit: SlackKit) => Promise<T>): Promise<T> {
  const kit = await startSlackKit({ app: { ...DEFAULT_APP, scopes } });
  try {
    return await work(kit);
  } finally {
    await kit.stop();
  }
}

describe('the check of Slack', () => {
  it('says who Steady is and how it is reached', () =>
    withKit(neededScopes(), async (kit) => {
      expect(await checkSlack(settingsFor(kit.workspace), now)).toEqual({
        line: 'workspace Acme (T0ACME0001), app Steady (A0STEADY01) as @steady, Socket Mode',
      });
      expect(kit.workspace.state.calls.map((call) => call.method)).toEqual([
        'auth.test',
        'bots.info',
        'apps.connections.open',
      ]);
    }));

  it('names each scope that is missing', () =>
    withKit(
      neededScopes().filter((scope) => scope !== 'pins:write'),
      async (kit) => {
        const { notes } = await checkSlack(settingsFor(kit.workspace), now);
        expect(notes).toEqual(['the app lacks the scope pins:write; install it again from manifest.yml']);
        const { lines, connection } = await connect(kit.workspace);
        expect(lines).toContainEqual(
          expect.objectContaining({ level: 'error', about: { missing: 'pins:write' } }),
        );
        await connection.stop();
      },
    ));

  it('names the setting that Slack refuses, and shows no token', () =>
    withKit(neededScopes(), async (kit) => {
      const settings = settingsFor(kit.workspace, {
        kind: 'socket',
        appToken: new Secret('xapp-wrong-one', 'config.toml:3'),
      });
      const refused = checkSlack(settings, now);
      await expect(refused).rejects.toThrow('the app token (config.toml:3) may not connect: invalid_auth');
      await refused.catch((error: Error) => expect(error.message).not.toContain('xapp-wrong'));
      kit.workspace.revoke('bot', 'account_inactive');
      await expect(checkSlack(settings, now)).rejects.toThrow('(env SLACK_BOT_TOKEN): account_inactive');
    }));

  it('says what is wrong where nobody listens', async () => {
    const kit = await startSlackKit();
    const settings = settingsFor(kit.workspace);
    await kit.stop();
    await expect(checkSlack(settings, now)).rejects.toThrow('auth.test: ECONNREFUSED');
  });

  it('refuses a token of another team than those that are served', () =>
    withKit(neededScopes(), async (kit) => {
      const settings = { ...settingsFor(kit.workspace), teams: ['T0OTHER001'] };
      await expect(connect(kit.workspace, { slack: settings })).rejects.toThrow('not in [slack] teams');
    }));

  it('knows who is in a user group', () =>
    withKit(neededScopes(), async (kit) => {
      const [lea] = [...kit.workspace.state.users.keys()];
      kit.workspace.addUsergroup({
        id: 'S0ONCALL01',
        handle: 'oncall',
        name: 'On call',
        users: [lea ?? ''],
      });
      const { connection } = await connect(kit.workspace);
      expect(await connection.groupMembers('T0ACME0001', 'S0ONCALL01')).toEqual([lea]);
      await expect(connection.groupMembers('T0ACME0001', 'S0NOBODY01')).rejects.toThrow();
      await connection.stop();
    }));

  it('finds a channel by the name of one that Steady is in', () =>
    withKit(neededScopes(), async (kit) => {
      const { connection } = await connect(kit.workspace);
      expect(await connection.channelId('#checkout')).toBe('C0CHECKOUT');
      expect(await connection.channelId('C0GENERAL1')).toBe('C0GENERAL1');
      await expect(connection.channelId('nowhere')).rejects.toThrow('/invite @Steady');
      await connection.stop();
    }));
});
