import { type Place, type SharedFile, type ShareOnce, SlackUncertain } from './contract.ts';
import { PRIORITY } from './pace.ts';
import { isShared, type UploadOptions, uploadBytes } from './upload.ts';

/** Uploads of many megabytes take longer than a call. */
const UPLOAD_TIMEOUT = 60_000;

/**
 * Shares a file in a place, once. Its id is remembered before it is shared; a later try asks the file itself whether it was.
 * https://docs.slack.dev/messaging/working-with-files#upload
 */
export async function shareFile(
  options: UploadOptions,
  place: Place,
  file: SharedFile,
  once: ShareOnce & { literal(text: string): string },
): Promise<'shared' | 'there'> {
  const { call } = options;
  if (once.known !== undefined && (await isShared(call, once.known))) return 'there';
  const parts = await partsOf(file.content, once.literal);
  const { name, title, alt, comment } = file.about();
  const about = { filename: name, ...(alt !== undefined && { alt_txt: alt }) };
  const id = await uploadBytes({ ...options, timeout: UPLOAD_TIMEOUT }, about, parts, PRIORITY.click);
  await once.remember(id);
  const complete = () =>
    call(
      'files.completeUploadExternal',
      {
        files: [{ id, title }],
        channel_id: place.channel,
        ...(place.thread !== undefined && { thread_ts: place.thread }),
        ...(comment !== undefined && { initial_comment: comment }),
      },
      { priority: PRIORITY.click, channel: place.channel },
    );
  try {
    await complete();
  } catch (error) {
    if (!(error instanceof SlackUncertain)) throw error;
    if (!(await isShared(call, id))) await complete();
  }
  return 'shared';
}

/** Text is checked piece by piece as it comes, so that a long one never stalls the process. */
async function partsOf(
  content: SharedFile['content'],
  literal: (text: string) => string,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  if (content instanceof Uint8Array) return [content as Uint8Array<ArrayBuffer>];
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of content) parts.push(new TextEncoder().encode(literal(piece)));
  return parts.length > 0 ? parts : [new TextEncoder().encode('\n')];
}
