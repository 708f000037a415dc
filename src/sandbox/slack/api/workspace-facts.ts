import { APP, TEAM } from '../options.ts';
import { botProfile } from '../present/message.ts';
import { ApiError } from './api-error.ts';
import type { Methods } from './method.ts';

/** Who and where one is, and sockets. https://docs.slack.dev/reference/methods */
export const workspaceFacts: Methods = {
  'api.test': {
    tier: 4,
    token: 'none',
    run(call) {
      const error = call.args.text('error');
      if (error !== undefined) throw new ApiError(error, { args: call.args.all });
      return { args: call.args.all };
    },
  },
  'auth.test': {
    tier: 4,
    token: 'either',
    run(call) {
      return {
        url: `https://${TEAM.domain}.slack.com/`,
        team: TEAM.name,
        user: call.slack.state.app.name.toLowerCase(),
        team_id: TEAM.id,
        user_id: APP.botUserId,
        bot_id: APP.botId,
        is_enterprise_install: false,
      };
    },
  },
  'apps.connections.open': {
    tier: 3,
    token: 'app',
    run: (call) => ({ url: call.slack.socketMode.ticket() }),
  },
  'team.info': {
    tier: 3,
    scopes: ['team:read'],
    run: () => ({
      team: {
        id: TEAM.id,
        name: TEAM.name,
        url: `https://${TEAM.domain}.slack.com/`,
        domain: TEAM.domain,
        email_domain: 'acme.example',
        icon: { image_default: true },
        avatar_base_url: 'https://ca.slack-edge.com/',
        is_verified: false,
      },
    }),
  },
  'bots.info': {
    tier: 3,
    scopes: ['users:read'],
    run(call) {
      if (call.args.required('bot') !== APP.botId) throw new ApiError('bot_not_found');
      const { team_id: _, ...bot } = botProfile(call.slack.state);
      return { bot };
    },
  },
};
