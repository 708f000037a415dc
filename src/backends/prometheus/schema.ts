import { z } from 'zod';

// The wire of https://prometheus.io/docs/prometheus/latest/querying/api/, as far as it is read here. Samples are checked
// by hand in decode.ts: there may be a million of them.

/** Present on successes and errors. `isPartial` is VictoriaMetrics' (cluster). */
const notes = {
  warnings: z.array(z.string()).optional(),
  infos: z.array(z.string()).optional(),
  isPartial: z.boolean().optional(),
};

export const queryAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.enum(['matrix', 'vector', 'scalar', 'string']),
    result: z.array(z.unknown()),
  }),
  ...notes,
});

export const namesAnswer = z.object({
  status: z.literal('success'),
  data: z.array(z.string()),
  ...notes,
});

export const buildinfoAnswer = z.object({
  status: z.literal('success'),
  data: z.object({ version: z.string().max(60) }),
});

/** What a metric is, by its name; several entries where targets disagree. */
export const metadataAnswer = z.object({
  status: z.literal('success'),
  data: z.record(
    z.string(),
    z.array(z.object({ type: z.string(), help: z.string().optional(), unit: z.string().optional() })),
  ),
});

/** `activeAt` may be missing of an alert that is being sent for the first time. */
const ruleAlert = z.object({
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  state: z.string(),
  activeAt: z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(text)))
    .optional(),
});

export type RuleAlert = z.output<typeof ruleAlert>;

export const rulesAlertsAnswer = z.object({
  status: z.literal('success'),
  data: z.object({ alerts: z.array(ruleAlert) }),
});

/** `errorType` is a word, or in VictoriaMetrics the HTTP status as a string. */
export const errorAnswer = z.object({
  status: z.literal('error'),
  errorType: z.union([z.string(), z.number()]).optional(),
  error: z.string().optional(),
});
