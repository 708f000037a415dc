import { isRecord } from '../block-kit/check.ts';
import { canvasHtml } from '../canvas.ts';
import type { StoredFile } from '../model.ts';
import { APP } from '../options.ts';
import { presentCanvas } from '../present/canvas.ts';
import { mimetypeOf, presentFile } from '../present/file.ts';
import type { Slack } from '../slack.ts';
import { ApiError, invalidArguments } from './api-error.ts';
import { readContent, timestamp } from './content.ts';
import { type Call, type Methods, ownConversation } from './method.ts';

const WRITE = ['files:write'] as const;
/** Slack's cap on one file is 1 GB; the sandbox keeps them in memory. */
export const LARGEST_FILE = 50_000_000;

/** https://docs.slack.dev/messaging/working-with-files#upload */
export const files: Methods = {
  'files.getUploadURLExternal': {
    tier: 4,
    scopes: WRITE,
    run(call) {
      const { state } = call.slack;
      const length = call.args.number('length', 0);
      if (length < 1) throw invalidArguments('must be greater than 0 [json-pointer:/length]');
      if (length > LARGEST_FILE) throw new ApiError('file_upload_size_restricted');
      const altText = call.args.text('alt_txt') ?? call.args.text('alt_text');
      const name = call.args.required('filename');
      const file: StoredFile = {
        id: state.nextId('F'),
        name,
        title: name,
        user: APP.botUserId,
        created: state.now(),
        announced: length,
        bytes: undefined,
        mimetype: mimetypeOf(name),
        processed: false,
        pendingLooks: state.options.fileLooks ?? 1,
        completed: false,
        shares: [],
        ...(altText === undefined ? {} : { altText }),
      };
      state.files.set(file.id, file);
      return { upload_url: `${call.slack.origin()}/upload/v1/${file.id}`, file_id: file.id };
    },
  },
  'files.completeUploadExternal': {
    tier: 4,
    scopes: WRITE,
    run(call) {
      const wanted = call.args.json('files');
      if (!Array.isArray(wanted) || wanted.length === 0)
        throw invalidArguments('missing required field: files');
      const done = wanted.filter(isRecord).map((item) => {
        const file = call.slack.state.files.get(String(item.id));
        if (file?.bytes === undefined) throw new ApiError('file_not_found');
        if (typeof item.title === 'string') file.title = item.title;
        return file;
      });
      const conversation =
        call.args.text('channel_id') === undefined ? undefined : ownConversation(call, 'channel_id');
      for (const file of done) file.completed = true;
      if (conversation !== undefined) share(call, conversation.id, done);
      call.slack.state.changed();
      // The answer comes before Slack has looked at the files.
      return { files: done.map((file) => ({ ...presentFile(call.slack.state, file), shares: {} })) };
    },
  },
  'files.info': {
    tier: 4,
    scopes: ['files:read'],
    run(call) {
      const canvas = call.slack.state.canvases.get(call.args.required('file'));
      if (canvas) {
        const download = `${call.slack.origin()}/files-pri/${canvas.id}`;
        return { file: { ...presentCanvas(canvas), url_private_download: download }, comments: [] };
      }
      const file = call.slack.state.files.get(call.args.required('file'));
      if (file?.completed !== true) throw new ApiError('file_not_found');
      if (file.pendingLooks > 0) file.pendingLooks -= 1;
      else file.processed = true;
      // Its bytes are to be had where the Web API is; there is no files.slack.com here.
      const download = `${call.slack.origin()}/files-pri/${file.id}`;
      const shown = { ...presentFile(call.slack.state, file), url_private_download: download };
      return {
        file: file.processed ? shown : { ...shown, shares: {} },
        comments: [],
        response_metadata: { next_cursor: '' },
      };
    },
  },
  'files.list': {
    tier: 3,
    scopes: ['files:read'],
    run(call) {
      const { state } = call.slack;
      const user = call.args.text('user');
      const all = [
        ...[...state.files.values()].filter((one) => one.completed).map((one) => presentFile(state, one)),
        ...[...state.canvases.values()].map(presentCanvas),
      ].filter((one) => user === undefined || one.user === user);
      const count = call.args.number('count', 100);
      const newest = all.toSorted((a, b) => Number(b.created) - Number(a.created));
      return {
        files: newest.slice(0, count),
        paging: { count, total: all.length, page: 1, pages: Math.ceil(all.length / count) },
      };
    },
  },
};

function share(call: Call, channel: string, done: readonly StoredFile[]): void {
  const conversation = call.slack.state.conversations.get(channel);
  if (conversation === undefined) return;
  const threadTs = timestamp(call.args, 'thread_ts');
  if (threadTs !== undefined && !conversation.messages.some((message) => message.ts === threadTs))
    throw new ApiError('thread_not_found');
  const content = call.args.has('blocks') ? readContent(call.slack, call.args) : undefined;
  const message = call.slack.messages.post(conversation, {
    user: APP.botUserId,
    bot: true,
    text: call.args.raw('initial_comment') ?? '',
    blocks: content?.blocks,
    threadTs,
    files: done.map((file) => file.id),
  });
  for (const file of done)
    file.shares.push({
      conversation: channel,
      ts: message.ts,
      ...(threadTs === undefined ? {} : { threadTs }),
    });
}

/** Keeps the bytes sent to an upload URL. Throws when there is no such upload. */
export function receiveUpload(slack: Slack, id: string, bytes: Uint8Array): StoredFile {
  const file = slack.state.files.get(id);
  if (file === undefined || file.completed) throw new ApiError('file_not_found');
  file.bytes = bytes;
  return file;
}

/** The bytes of a file or canvas, for whoever shows the bot's token; undefined for anybody else. */
export function privateFile(
  slack: Slack,
  id: string,
  bearer: string | undefined,
): { readonly mimetype: string; readonly bytes: Uint8Array | undefined } | undefined {
  if (bearer !== slack.state.tokens.bot) return undefined;
  const canvas = slack.state.canvases.get(id);
  if (canvas) return { mimetype: 'text/html', bytes: Buffer.from(canvasHtml(canvas)) };
  const file = slack.state.files.get(id);
  return file?.completed === true ? file : undefined;
}
