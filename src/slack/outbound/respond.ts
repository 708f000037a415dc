import { codeOf } from './call-slack.ts';
import { SlackRefusal, SlackUncertain, SlackUnreached } from './contract.ts';
import { postJson } from './post-json.ts';
import { isSlackAddress } from './slack-address.ts';

export interface RespondOptions {
  readonly apiUrl: string;
  readonly timeout: number;
}

/**
 * Answers through a `response_url`: five times within 30 minutes. The address is a secret, so no error names it.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export async function respondTo(
  { apiUrl, timeout }: RespondOptions,
  address: string,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (!isSlackAddress(address, apiUrl)) throw new SlackRefusal('response_url', 'foreign_address');
  let status: number;
  let said: string;
  try {
    ({ status, said } = await postJson(address, JSON.stringify(body), timeout));
  } catch (error) {
    throw new SlackUncertain(`response_url: ${codeOf(error) ?? 'no answer'}`);
  }
  if (status === 429) throw new SlackUnreached('response_url: rate limited');
  const reason = /"error":\s?"([a-z][a-z0-9_]{1,79})"/.exec(said)?.[1];
  if (status >= 500 && reason === undefined) throw new SlackUncertain(`response_url: HTTP ${status}`);
  if (status >= 300 || reason !== undefined)
    throw new SlackRefusal('response_url', reason ?? `http_${status}`);
}
