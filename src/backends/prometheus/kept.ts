import { decodeDocument, isGet } from '../decode-document.ts';
import type { KeptPiece, KeptQuestion } from '../kept-answer.ts';
import { alertTable, decodeRuleAlerts, type RuleAlert } from './alerts.ts';
import { decodeQuery } from './decode.ts';

/** Reads a kept answer again: of `query` and `query_range`, of the alerts, or of whatever else was read by its path. */
export function* readPrometheus(bytes: Uint8Array, { query }: KeptQuestion): Iterable<KeptPiece> {
  if (query === 'GET /api/v1/alerts') {
    const alerts: RuleAlert[] = [];
    for (const some of decodeRuleAlerts(bytes)) alerts.push(...some);
    yield alertTable(alerts);
  } else if (isGet(query)) yield* decodeDocument(bytes);
  else
    for (const piece of decodeQuery(bytes)) if (piece.kind === 'series' || piece.kind === 'text') yield piece;
}
