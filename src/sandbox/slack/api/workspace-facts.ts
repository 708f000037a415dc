import { APP, TEAM } from '../options.ts';
import { botProfile } from '../present/message.ts';
import { ApiError, invalidArguments } from './api-error.ts';
import { asRecord } from './arguments.ts';
import { type Methods, ownConversation } from './method.ts';

/** Who and where one is, sockets, canvases. https://docs.slack.dev/reference/methods */
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
  'canvases.create': {
    tier: 2,
    scopes: ['canvases:write'],
    run(call) {
      const id = call.slack.state.nextId('F');
      call.slack.state.canvases.set(id, { markdown: markdownOf(call.args.json('document_content')) });
      return { canvas_id: id };
    },
  },
  'canvases.edit': {
    tier: 3,
    scopes: ['canvases:write'],
    run(call) {
      const canvas = call.slack.state.canvases.get(call.args.required('canvas_id'));
      if (canvas === undefined) throw new ApiError('canvas_not_found');
      const changes = call.args.json('changes');
      if (!Array.isArray(changes) || changes.length !== 1)
        throw invalidArguments('changes: one operation per call');
      const change = asRecord(changes[0]);
      const markdown = markdownOf(change.document_content);
      if (change.operation === 'insert_at_end') canvas.markdown += `\n${markdown}`;
      else if (change.operation === 'insert_at_start') canvas.markdown = `${markdown}\n${canvas.markdown}`;
      else if (change.operation === 'replace' && change.section_id === undefined) canvas.markdown = markdown;
      else throw new ApiError('canvas_editing_failed');
      call.slack.state.changed();
      return {};
    },
  },
  'conversations.canvases.create': {
    tier: 2,
    scopes: ['canvases:write'],
    run(call) {
      const conversation = ownConversation(call, 'channel_id');
      if (conversation.canvasId !== undefined) throw new ApiError('channel_canvas_already_exists');
      const id = call.slack.state.nextId('F');
      conversation.canvasId = id;
      call.slack.state.canvases.set(id, {
        channel: conversation.id,
        markdown: markdownOf(call.args.json('document_content')),
      });
      call.slack.state.changed();
      return { canvas_id: id };
    },
  },
};

/** Markdown of at most 1 MiB. https://docs.slack.dev/surfaces/canvases */
function markdownOf(content: unknown): string {
  if (content === undefined) return '';
  const { type, markdown } = asRecord(content);
  if (type !== 'markdown' || typeof markdown !== 'string')
    throw invalidArguments('document_content: type markdown');
  if (Buffer.byteLength(markdown) > 1_048_576) throw new ApiError('canvas_too_large');
  return markdown;
}
