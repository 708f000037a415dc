import type { z } from 'zod';
import type { Annotation } from './annotations.ts';
import { annotationsAnswer, dashboardsAnswer, rulesAnswer, sourcesAnswer } from './schema.ts';
import type { DataSource } from './sources.ts';

const PIECE = 500;

/** One list of Grafana's, in pieces. Throws SyntaxError or ZodError when it is not one. */
function* listed<One>(schema: z.ZodType<readonly One[]>, bytes: Uint8Array): Iterable<readonly One[]> {
  const all = schema.parse(parse(bytes));
  for (let from = 0; from < all.length; from += PIECE) yield all.slice(from, from + PIECE);
}

/** Decodes `/api/datasources`. */
export function decodeSources(bytes: Uint8Array): Iterable<readonly DataSource[]> {
  return listed(sourcesAnswer, bytes);
}

export type FoundDashboard = z.output<typeof dashboardsAnswer>[number];

/** Decodes `/api/search`. */
export function decodeDashboards(bytes: Uint8Array): Iterable<readonly FoundDashboard[]> {
  return listed(dashboardsAnswer, bytes);
}

/** Decodes `/api/annotations`. */
export function decodeAnnotations(bytes: Uint8Array): Iterable<readonly Annotation[]> {
  return listed(annotationsAnswer, bytes);
}

/** An alert of a rule that Grafana evaluates itself. */
export type RuleAlert = NonNullable<
  z.output<typeof rulesAnswer>['data']['groups'][number]['rules'][number]['alerts']
>[number];

/** Decodes `/api/prometheus/grafana/api/v1/rules` to the alerts of all rules. */
export function* decodeRules(bytes: Uint8Array): Iterable<readonly RuleAlert[]> {
  for (const { rules } of rulesAnswer.parse(parse(bytes)).data.groups)
    yield rules.flatMap(({ name, alerts }) =>
      (alerts ?? []).map((one) => ({ ...one, labels: { alertname: name, ...one.labels } })),
    );
}

export function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}
