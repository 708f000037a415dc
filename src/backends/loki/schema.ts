import { z } from 'zod';

// The wire of https://grafana.com/docs/loki/latest/reference/loki-http-api/, as far as it is read here.

/** The outer shape of every query answer; matrix, vector and scalar inside it are Prometheus' own. */
export const queryAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.enum(['streams', 'matrix', 'vector', 'scalar']),
    result: z.array(z.unknown()),
  }),
  warnings: z.array(z.string()).optional(),
});

/** Lines of one stream: `["<ns since the epoch>", "<line>"]`, and since 3.0 perhaps a third place with more labels. */
export const stream = z.object({
  stream: z.record(z.string(), z.string()),
  values: z.array(
    z
      .tuple([z.string().regex(/^\d{1,20}$/), z.string()])
      .rest(z.unknown())
      .readonly(),
  ),
});

/** No `data` at all is how some versions write an empty list. */
export const namesAnswer = z.object({
  status: z.literal('success'),
  data: z.array(z.string()).nullish(),
});

export const buildinfoAnswer = z.object({ version: z.string().min(1).max(60) });

/** Loki writes errors as plain text; gateways in front of it (and its clouds) as one of these. */
export const errorAnswer = z.union([
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.object({ message: z.string() }).transform(({ message }) => message),
]);

/** Since Loki 3.0: https://grafana.com/docs/loki/latest/reference/loki-http-api/#list-detected-fields */
const detectedField = z.object({
  label: z.string(),
  type: z.string().optional(),
  cardinality: z.number().optional(),
  parsers: z.array(z.string()).nullish(),
});

export type DetectedField = z.output<typeof detectedField>;

export const detectedFieldsAnswer = z.object({ fields: z.array(detectedField).nullish() });
