import { z } from 'zod';

// The wire of https://axiom.co/docs/restapi/introduction, as far as it is read here.

const words = z.string().nullish();

/** `GET /v2/datasets` */
export const datasetsAnswer = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    kind: words,
    retentionDays: z.number().nullish(),
    edgeDeployment: words,
    edgeDeploymentUrl: words,
    mapFields: z.array(z.string()).nullish(),
  }),
);

/** `GET /v2/views`, `/v2/apl-starred-queries`, `/v2/vfields` */
export const viewsAnswer = z.array(z.object({ name: z.string() }));
export const savedAnswer = z.array(z.object({ name: z.string(), query: z.object({ apl: words }).nullish() }));
export const vfieldsAnswer = z.array(z.object({ name: z.string(), dataset: z.string(), expression: words }));

/** `GET /v2/datasets/{id}/fields` */
export const fieldsAnswer = z.array(
  z.object({ name: z.string(), type: words, unit: words, description: words, hidden: z.boolean().nullish() }),
);

/** `GET /v2/monitors` and `/v2/monitors/{id}/history` */
export const monitorsAnswer = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    type: words,
    description: words,
    aplQuery: words,
    mplQuery: words,
    operator: words,
    threshold: z.number().nullish(),
    rangeMinutes: z.number().nullish(),
    disabled: z.boolean().nullish(),
    disabledUntil: words,
  }),
);
export const historyAnswer = z.array(
  z.object({
    name: words,
    state: z.string(),
    timestamp: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
  }),
);

/** `GET /v2/annotations` */
export const annotationsAnswer = z.array(
  z.object({
    id: z.string(),
    type: z.string(),
    time: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
    endTime: words,
    datasets: z.array(z.string()).nullish(),
    title: words,
    description: words,
    url: words,
  }),
);

/** The metrics of a dataset, with what they are; older edges list names alone. */
const metricKind = z.object({ type: words, unit: words });
export const metricsAnswer = z.union([
  z.record(z.string(), metricKind),
  z
    .array(z.string())
    .transform(
      (names): Record<string, z.output<typeof metricKind>> =>
        Object.fromEntries(names.map((name) => [name, {}])),
    ),
]);
export const namesAnswer = z.array(z.string());

/** A tabular answer. Columns stay unchecked here: they are the bulk of it. https://axiom.co/docs/restapi/query */
export const tabularAnswer = z.object({
  format: z.literal('tabular'),
  status: z.object({
    isPartial: z.boolean().nullish(),
    isEstimate: z.boolean().nullish(),
    rowsExamined: z.number().nullish(),
    rowsMatched: z.number().nullish(),
    messages: z
      .array(z.object({ msg: words, priority: words, code: words, count: z.number().nullish() }))
      .nullish(),
  }),
  tables: z
    .array(
      z.object({
        name: z.string(),
        fields: z.array(
          z.object({
            name: z.string(),
            type: z.string().nullish(),
            agg: z.object({ name: words }).nullish(),
          }),
        ),
        groups: z.array(z.object({ name: words })).nullish(),
        buckets: z.object({ field: words }).nullish(),
        columns: z.array(z.array(z.unknown()).nullable()).nullish(),
      }),
    )
    .nullish(),
  fieldsMetaMap: z
    .record(z.string(), z.array(z.object({ name: z.string(), unit: words })).nullish())
    .nullish(),
});

/** A metrics-v1 answer: one entry for each series; `start` and `resolution` in seconds. */
export const metricsResult = z.array(z.unknown());
export const metricsSeries = z.object({
  metric: z.string(),
  tags: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullish(),
  start: z.number(),
  resolution: z.number(),
  data: z.array(z.number().nullable()),
});

/** APL and management say `message`, with the place in `detail`; metrics say `error` as well. */
export const errorAnswer = z.object({
  code: z.union([z.number(), z.string()]).nullish(),
  message: words,
  error: words,
  detail: z.object({ message: words, line: z.number().nullish(), column: z.number().nullish() }).nullish(),
});
