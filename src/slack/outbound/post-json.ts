import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Duration } from '../../domain/time.ts';

/** An answer longer than this is not Slack's. In UTF-16 units. */
const LONGEST_ANSWER = 100_000;

/**
 * Posts JSON and reads the answer; follows no redirect. Not fetch: measured, it takes three times the computing time, and nearly
 * every command is answered by one such call. Rejects with Node's own error, or with TimeoutError after `timeout`.
 */
export function postJson(
  address: string,
  body: string,
  timeout: Duration,
): Promise<{ readonly status: number; readonly said: string }> {
  const request = address.startsWith('https:') ? requestHttps : requestHttp;
  const signal = AbortSignal.timeout(timeout);
  return new Promise((resolve, reject) => {
    const failed = (error: unknown) => reject(signal.aborted ? signal.reason : error);
    const asked = request(
      address,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
        },
        signal,
      },
      (answer) => {
        let said = '';
        answer
          .setEncoding('utf8')
          .on('data', (some: string) => {
            said += some;
            if (said.length > LONGEST_ANSWER) answer.destroy(new Error('The answer is too long'));
          })
          .on('end', () => resolve({ status: answer.statusCode ?? 0, said }))
          .on('error', failed)
          .on('close', () => reject(new Error('The answer broke off')));
      },
    );
    asked.on('error', failed).end(body);
  });
}
