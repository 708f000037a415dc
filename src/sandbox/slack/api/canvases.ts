import { blocksOf, type Canvas, plainOf } from '../canvas.ts';
import type { Json } from '../model.ts';
import { APP } from '../options.ts';
import { ApiError, invalidArguments } from './api-error.ts';
import { asRecord } from './arguments.ts';
import { type Call, type Methods, ownConversation } from './method.ts';

const WRITE = ['canvases:write'] as const;
/** https://docs.slack.dev/surfaces/canvases */
const MARKDOWN_LIMIT = 1_048_576;

/** Canvases as https://docs.slack.dev/reference/methods/canvases.create and its neighbours describe them. */
export const canvases: Methods = {
  'canvases.create': {
    tier: 2,
    scopes: WRITE,
    run(call) {
      const { options } = call.slack.state;
      allowed(call);
      const channel =
        call.args.text('channel_id') === undefined ? undefined : ownConversation(call, 'channel_id');
      if (options.canvases === 'free') {
        if (channel === undefined) throw new ApiError('free_teams_cannot_create_non_tabbed_canvases');
        if (channel.canvasId !== undefined) throw new ApiError('free_team_canvas_tab_already_exists');
      }
      const canvas = create(call, channel?.id);
      if (channel) channel.canvasId ??= canvas.id;
      return { canvas_id: canvas.id };
    },
  },
  'conversations.canvases.create': {
    tier: 2,
    scopes: WRITE,
    run(call) {
      allowed(call);
      const conversation = ownConversation(call, 'channel_id');
      if (conversation.canvasId !== undefined) throw new ApiError('channel_canvas_already_exists');
      const canvas = create(call, conversation.id);
      conversation.canvasId = canvas.id;
      return { canvas_id: canvas.id };
    },
  },
  'canvases.edit': {
    tier: 3,
    scopes: WRITE,
    run(call) {
      allowed(call);
      const canvas = canvasOf(call);
      const changes = call.args.json('changes');
      if (!Array.isArray(changes) || changes.length !== 1)
        throw invalidArguments('changes: one operation per call');
      edit(call, canvas, asRecord(changes[0]));
      canvas.updated = call.slack.state.now();
      call.slack.state.changed();
      return {};
    },
  },
  'canvases.sections.lookup': {
    tier: 3,
    scopes: ['canvases:read'],
    run(call) {
      allowed(call);
      const canvas = canvasOf(call);
      const criteria = asRecord(call.args.json('criteria'));
      const types = Array.isArray(criteria.section_types) ? criteria.section_types : undefined;
      const words = typeof criteria.contains_text === 'string' ? criteria.contains_text : undefined;
      if (types === undefined && words === undefined) throw invalidArguments('criteria');
      const found = canvas.blocks.filter(
        ({ kind, markdown }) =>
          (types === undefined ||
            types.includes(kind) ||
            (types.includes('any_header') && /^h\d$/.test(kind))) &&
          (words === undefined || plainOf(markdown).includes(words)),
      );
      return { sections: found.map(({ id }) => ({ id })) };
    },
  },
  'canvases.access.set': {
    tier: 3,
    scopes: WRITE,
    run(call) {
      allowed(call);
      const canvas = canvasOf(call);
      const level = call.args.required('access_level');
      if (level !== 'read' && level !== 'write') throw invalidArguments('access_level');
      const channels = call.args.json('channel_ids') ?? [];
      const users = call.args.json('user_ids') ?? [];
      if (!Array.isArray(channels) || !Array.isArray(users)) throw invalidArguments('channel_ids');
      for (const id of channels) {
        if (!call.slack.state.conversations.get(String(id))?.members.has(APP.botUserId))
          throw new ApiError('channel_not_found');
        canvas.access.set(String(id), level);
      }
      for (const id of users) canvas.access.set(String(id), level);
      call.slack.state.changed();
      return {};
    },
  },
};

function allowed(call: Call): void {
  if (call.slack.state.options.canvases === 'off') throw new ApiError('canvas_disabled_user_team');
}

function create(call: Call, channel: string | undefined): Canvas {
  const { state } = call.slack;
  const canvas: Canvas = {
    id: state.nextId('F'),
    title: call.args.text('title') ?? 'Untitled',
    owner: APP.botUserId,
    created: state.now(),
    updated: state.now(),
    ...(channel !== undefined && { channel }),
    access: new Map([
      [APP.botUserId, 'owner'],
      ...(channel === undefined ? [] : [[channel, 'write'] as const]),
    ]),
    blocks: blocksOf(markdownOf(call.args.json('document_content')), sectionIds(call)),
  };
  state.canvases.set(canvas.id, canvas);
  state.changed();
  return canvas;
}

function canvasOf(call: Call): Canvas {
  const canvas = call.slack.state.canvases.get(call.args.required('canvas_id'));
  if (canvas === undefined) throw new ApiError('canvas_not_found');
  return canvas;
}

function edit(call: Call, canvas: Canvas, change: Json): void {
  const { operation, section_id: section } = change;
  const fresh = () => blocksOf(markdownOf(change.document_content), sectionIds(call));
  if (operation === 'rename') {
    canvas.title = plainOf(markdownOf(asRecord(change.title_content)));
    return;
  }
  if (operation === 'insert_at_end') canvas.blocks.push(...fresh());
  else if (operation === 'insert_at_start') canvas.blocks.unshift(...fresh());
  else if (operation === 'replace' && section === undefined) canvas.blocks = fresh();
  else {
    const at = canvas.blocks.findIndex(({ id }) => id === section);
    if (at < 0) throw new ApiError('canvas_editing_failed', { detail: 'section not found' });
    if (operation === 'replace') canvas.blocks.splice(at, 1, ...fresh());
    else if (operation === 'delete') canvas.blocks.splice(at, 1);
    else if (operation === 'insert_after') canvas.blocks.splice(at + 1, 0, ...fresh());
    else if (operation === 'insert_before') canvas.blocks.splice(at, 0, ...fresh());
    else throw new ApiError('canvas_editing_failed', { detail: `unknown operation ${String(operation)}` });
  }
}

function sectionIds(call: Call): () => string {
  return () => `temp:C:${call.slack.state.nextId('')}`;
}

function markdownOf(content: unknown): string {
  if (content === undefined) return '';
  const { type, markdown } = asRecord(content);
  if (type !== 'markdown' || typeof markdown !== 'string')
    throw invalidArguments('document_content: type markdown');
  if (Buffer.byteLength(markdown) > MARKDOWN_LIMIT) throw new ApiError('canvas_too_large');
  return markdown;
}
