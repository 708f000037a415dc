import type { CallSlack } from './call-slack.ts';
import { type SeenFile, SlackRefusal } from './contract.ts';

/** Fetches a file's bytes; refuses what is no address of Slack's and what is longer than `limit` bytes. */
export type Download = (address: string, limit: number) => Promise<Uint8Array>;

/** Bytes of a file that is read as text. */
export const FILE_LIMIT = 1_000_000;
const TEXTUAL = /^(?:text\/|application\/(?:json|x-ndjson|csv|xml|yaml|x-yaml|x-sh)\b)/;

/** A file's text, by its id: what Slack itself holds, says to be text and not to be long. */
export async function readFileText(
  id: string,
  { call, download }: { readonly call: CallSlack; readonly download?: Download },
): Promise<SeenFile> {
  const { file } = (await call('files.info', { file: id }, { priority: 0 })) as { file?: RawFile };
  const address = file?.url_private_download ?? file?.url_private;
  if (!file || !download || address === undefined || file.is_external === true)
    throw new SlackRefusal('files.info', 'file_elsewhere');
  if (!TEXTUAL.test(file.mimetype ?? '')) throw new SlackRefusal('files.info', 'file_no_text');
  if ((file.size ?? 0) > FILE_LIMIT) throw new SlackRefusal('files.info', 'file_too_large');
  const bytes = await download(address, FILE_LIMIT);
  return { name: file.name ?? 'file', text: new TextDecoder().decode(bytes) };
}

interface RawFile {
  readonly name?: string;
  readonly mimetype?: string;
  readonly size?: number;
  readonly is_external?: boolean;
  readonly url_private?: string;
  readonly url_private_download?: string;
}
