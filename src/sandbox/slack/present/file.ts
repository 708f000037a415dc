import type { Json, StoredFile } from '../model.ts';
import { TEAM } from '../options.ts';
import type { State } from '../state.ts';

const PRETTY: Readonly<Record<string, string>> = {
  png: 'PNG',
  jpg: 'JPEG',
  gif: 'GIF',
  txt: 'Plain Text',
  csv: 'CSV',
  md: 'Markdown (raw)',
  json: 'JSON',
  html: 'HTML',
  pdf: 'PDF',
};

/** A file as `files.info` answers it; without a mimetype while Slack has not looked at it. */
export function presentFile(state: State, file: StoredFile): Json {
  const shares = { public: {} as Record<string, Json[]>, private: {} as Record<string, Json[]> };
  const where = { channels: [] as string[], groups: [] as string[], ims: [] as string[] };
  for (const share of file.shares) {
    const conversation = state.conversations.get(share.conversation);
    if (conversation === undefined) continue;
    const open = conversation.kind === 'channel';
    const list = { channel: where.channels, private: where.groups, dm: where.ims }[conversation.kind];
    if (!list.includes(conversation.id)) list.push(conversation.id);
    const shared = open ? shares.public : shares.private;
    shared[conversation.id] = [
      ...(shared[conversation.id] ?? []),
      {
        reply_users: [],
        reply_users_count: 0,
        reply_count: 0,
        ts: share.ts,
        ...(share.threadTs === undefined ? {} : { thread_ts: share.threadTs }),
        channel_name: conversation.name,
        team_id: TEAM.id,
        share_user_id: file.user,
        source: 'UNKNOWN',
        is_silent_share: false,
      },
    ];
  }
  const seconds = Math.floor(file.created / 1000);
  const type = extension(file.name);
  const link = `https://files.slack.com/files-pri/${TEAM.id}-${file.id}`;
  return {
    id: file.id,
    created: seconds,
    timestamp: seconds,
    name: file.name,
    title: file.title,
    mimetype: file.processed ? file.mimetype : '',
    filetype: file.processed ? type : '',
    pretty_type: file.processed ? (PRETTY[type] ?? '') : '',
    user: file.user,
    user_team: TEAM.id,
    editable: false,
    size: file.bytes?.length ?? file.announced,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: where.channels.length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${link}/${encodeURIComponent(file.name)}`,
    url_private_download: `${link}/download/${encodeURIComponent(file.name)}`,
    permalink: `https://${TEAM.domain}.slack.com/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    permalink_public: `https://slack-files.com/${TEAM.id}-${file.id}`,
    ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
    ...where,
    shares: {
      ...(Object.keys(shares.public).length === 0 ? {} : { public: shares.public }),
      ...(Object.keys(shares.private).length === 0 ? {} : { private: shares.private }),
    },
    has_more_shares: false,
    has_rich_preview: false,
    file_access: 'visible',
  };
}

function extension(name: string): string {
  const found = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? 'binary';
  return found === 'jpeg' ? 'jpg' : found;
}

const MIME: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  txt: 'text/plain',
  log: 'text/plain',
  csv: 'text/csv',
  md: 'text/plain',
  json: 'application/json',
  html: 'text/html',
  pdf: 'application/pdf',
};

/** What Slack takes a file for, by its name. */
export function mimetypeOf(name: string): string {
  return MIME[extension(name)] ?? 'application/octet-stream';
}
