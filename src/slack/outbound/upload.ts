import type { TextFile } from '../../../blocks/message.ts';
import type { CallSlack } from './call-slack.ts';
import { codeOf } from './call-slack.ts';
import { type Place, SlackRefusal, SlackUncertain, SlackUnreached } from './contract.ts';
import { isSlackAddress } from './slack-address.ts';

export interface UploadOptions {
  readonly call: CallSlack;
  readonly fetch: typeof fetch;
  readonly apiUrl: string;
  readonly timeout: number;
}

/**
 * Uploads texts that are already checked, in the three steps that Slack wants, and shares them in one message.
 * Where the last answer is lost, the file itself is asked whether it was shared.
 * https://docs.slack.dev/messaging/working-with-files#upload
 */
export async function uploadFiles(
  options: UploadOptions,
  place: Place,
  files: readonly TextFile[],
): Promise<void> {
  const { call } = options;
  const ids: { id: string; title: string }[] = [];
  for (const { name, title, text } of files) {
    const parts = [Buffer.from(text === '' ? '\n' : text)];
    ids.push({ id: await uploadBytes(options, { filename: name }, parts, 2), title });
  }
  const [first] = ids;
  if (first === undefined) return;
  const complete = () =>
    call(
      'files.completeUploadExternal',
      {
        files: ids,
        channel_id: place.channel,
        ...(place.thread !== undefined && { thread_ts: place.thread }),
      },
      { priority: 2, channel: place.channel },
    );
  try {
    await complete();
  } catch (error) {
    if (!(error instanceof SlackUncertain)) throw error;
    if (await isShared(call, first.id)) return;
    await complete();
  }
}

/** Uploads bytes that nobody sees yet; answers the id of their file. */
export async function uploadBytes(
  { call, fetch, apiUrl, timeout }: UploadOptions,
  about: { readonly filename: string; readonly alt_txt?: string },
  parts: readonly Uint8Array<ArrayBuffer>[],
  priority: number,
): Promise<string> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const start = await call('files.getUploadURLExternal', { ...about, length }, { priority }).catch(unshared);
  const { upload_url: url, file_id: id } = start as { upload_url?: unknown; file_id?: unknown };
  if (typeof url !== 'string' || typeof id !== 'string' || !isSlackAddress(url, apiUrl))
    throw new SlackRefusal('files.getUploadURLExternal', 'foreign_upload_address');
  await send(fetch, url, parts, timeout);
  return id;
}

/** A file that nobody shared is seen by nobody: whatever became of it, it is safe to begin again. */
function unshared(error: unknown): never {
  if (error instanceof SlackUncertain) throw new SlackUnreached(error.message);
  throw error;
}

async function send(
  fetcher: typeof fetch,
  url: string,
  parts: readonly Uint8Array<ArrayBuffer>[],
  timeout: number,
): Promise<void> {
  let answer: Response;
  try {
    answer = await fetcher(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Blob([...parts]),
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    });
    await answer.arrayBuffer();
  } catch (error) {
    throw new SlackUnreached(`upload: ${codeOf(error) ?? 'no answer'}`);
  }
  if (!answer.ok) throw new SlackUnreached(`upload: HTTP ${answer.status}`);
}

/** Slack knows a file only once its upload was completed. */
export async function isShared(call: CallSlack, id: string): Promise<boolean> {
  try {
    await call('files.info', { file: id }, { priority: 2 });
    return true;
  } catch (error) {
    if (error instanceof SlackRefusal && error.reason === 'file_not_found') return false;
    throw error;
  }
}
