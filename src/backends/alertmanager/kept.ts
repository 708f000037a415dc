import { decodeDocument, isGet } from '../decode-document.ts';
import type { KeptPiece, KeptQuestion } from '../kept-answer.ts';
import { type Alert, decodeAlerts, decodeSilences, type Silence } from './decode.ts';
import { alertRows } from './rows.ts';

const SILENCES = Buffer.from('{"silences":');
const ALERTS = Buffer.from(',"alerts":');
const END = Buffer.from('}');

/** The bytes to keep where who silenced what was asked as well. The alerts come last: they are what may be cut. */
export function together(silences: Uint8Array, alerts: readonly Uint8Array[]): readonly Uint8Array[] {
  return [SILENCES, silences, ALERTS, ...alerts, END];
}

/** Reads a kept answer again: the alerts alone, or with the silences as `together` wrote them, or what was read by its path. */
export function* readAlertmanager(bytes: Uint8Array, { query }: KeptQuestion): Iterable<KeptPiece> {
  if (isGet(query)) return yield* decodeDocument(bytes);
  const whole: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
  const { silences = [], alerts = whole } = Array.isArray(whole)
    ? {}
    : (whole as { silences?: unknown; alerts?: unknown });
  const known = new Map<string, Silence>();
  for (const some of decodeSilences(encoded(silences))) for (const one of some) known.set(one.id, one);
  const read: Alert[] = [];
  for (const piece of decodeAlerts(encoded(alerts))) if (piece.kind === 'alerts') read.push(...piece.alerts);
  const { columns, rows } = alertRows(read, known);
  yield { kind: 'rows', columns, rows };
}

function encoded(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
