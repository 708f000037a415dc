import type { z } from 'zod';
import { alert, alertsAnswer, receiversAnswer, silencesAnswer } from './schema.ts';

export type Alert = z.output<typeof alert>;
export type Silence = z.output<typeof silencesAnswer>[number];

export type AlertsPiece =
  | { readonly kind: 'alerts'; readonly alerts: readonly Alert[] }
  /** Entries that are none of the alerts documented. */
  | { readonly kind: 'odd'; readonly count: number };

const PIECE = 500;

/** Decodes `/api/v2/alerts`. Throws SyntaxError or ZodError when it is not one. */
export function* decodeAlerts(bytes: Uint8Array): Iterable<AlertsPiece> {
  let alerts: Alert[] = [];
  let odd = 0;
  for (const one of alertsAnswer.parse(parse(bytes))) {
    const read = alert.safeParse(one);
    if (read.success) alerts.push(read.data);
    else odd++;
    if (alerts.length < PIECE) continue;
    yield { kind: 'alerts', alerts };
    alerts = [];
  }
  yield { kind: 'alerts', alerts };
  if (odd > 0) yield { kind: 'odd', count: odd };
}

/** Decodes `/api/v2/silences`. */
export function* decodeSilences(bytes: Uint8Array): Iterable<readonly Silence[]> {
  const silences = silencesAnswer.parse(parse(bytes));
  for (let from = 0; from < silences.length; from += PIECE) yield silences.slice(from, from + PIECE);
}

/** Decodes `/api/v2/receivers` to names. */
export function* decodeReceivers(bytes: Uint8Array): Iterable<readonly string[]> {
  yield receiversAnswer.parse(parse(bytes)).map((one) => one.name);
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}
