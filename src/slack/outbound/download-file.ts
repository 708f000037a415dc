import type { Secret } from '../../domain/secret.ts';
import { CALL_TIMEOUT } from './clients.ts';
import { SlackRefusal, SlackUncertain } from './contract.ts';
import { isSlackAddress } from './slack-address.ts';

export interface DownloadOptions {
  readonly token: Secret;
  readonly apiUrl: string;
  /** Bytes; more is refused while they arrive. */
  readonly limit: number;
}

/**
 * Fetches a file from Slack's own file host, which alone is shown the token. A redirect is a page to sign in on, so it is
 * refused. https://docs.slack.dev/reference/objects/file-object#authentication
 */
export async function downloadFile(options: DownloadOptions, address: string): Promise<Uint8Array> {
  const { token, apiUrl, limit } = options;
  if (!isSlackAddress(address, apiUrl)) throw new SlackRefusal('file', 'file_elsewhere');
  let answer: Response;
  try {
    answer = await fetch(address, {
      headers: { authorization: `Bearer ${token.reveal()}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(CALL_TIMEOUT),
    });
  } catch {
    throw new SlackUncertain('file: no answer');
  }
  if (answer.status !== 200 || answer.body === null) throw new SlackRefusal('file', 'file_not_readable');
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body) {
    size += part.length;
    if (size > limit) throw new SlackRefusal('file', 'file_too_large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
