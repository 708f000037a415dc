import { createHmac } from 'node:crypto';
import type { State } from '../state.ts';
import { awaitAck } from './ack-timer.ts';
import type { Attempt, Envelope, Outcome, Transport } from './envelope.ts';

/**
 * Signed requests to the app. Signatures carry real time, because the app checks them against its own clock.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function createHttpDelivery(state: State, url: () => string, realNow: () => number): Transport {
  async function send(envelope: Envelope, attempt: Attempt | undefined): Promise<Outcome> {
    const { body, type } = encode(envelope);
    const timestamp = String(Math.floor(realNow() / 1000));
    const signature = createHmac('sha256', state.tokens.signingSecret)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    try {
      const answer = await fetch(url(), {
        method: 'POST',
        body,
        headers: {
          'content-type': type,
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${signature}`,
          ...(attempt === undefined
            ? {}
            : {
                'x-slack-retry-num': String(attempt.number),
                'x-slack-retry-reason': attempt.reason === 'timeout' ? 'http_timeout' : attempt.reason,
              }),
        },
      });
      const text = await answer.text();
      if (!answer.ok)
        return {
          acked: false,
          reason: 'http_error',
          noRetry: answer.headers.get('x-slack-no-retry') === '1',
        };
      return text === '' ? { acked: true } : { acked: true, answer: decode(text) };
    } catch {
      return { acked: false, reason: 'connection_failed' };
    }
  }
  return {
    online: () => true,
    deliver: (envelope, attempt) =>
      awaitAck(
        send(envelope, attempt),
        state.options.clock,
        state.options.ackGrace ?? 300,
        state.options.setTimer,
      ),
  };
}

function encode(envelope: Envelope): { body: string; type: string } {
  const form = 'application/x-www-form-urlencoded';
  if (envelope.kind === 'events_api')
    return { body: JSON.stringify(envelope.payload), type: 'application/json' };
  if (envelope.kind === 'interactive')
    return {
      body: new URLSearchParams({ payload: JSON.stringify(envelope.payload) }).toString(),
      type: form,
    };
  const fields = Object.entries(envelope.payload).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return { body: new URLSearchParams(fields).toString(), type: form };
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { text };
  }
}
