import { z } from 'zod';

// The wire of https://grafana.com/docs/grafana/latest/developers/http_api/, as far as it is read here.

export const sourcesAnswer = z.array(
  z.object({
    uid: z.string().min(1).max(200),
    name: z.string().min(1).max(400),
    type: z.string().max(200),
    isDefault: z.boolean().optional(),
    orgId: z.number().optional(),
    jsonData: z.object({ httpMethod: z.string().optional() }).nullish().catch(undefined),
  }),
);

export const dashboardsAnswer = z.array(
  z.object({
    uid: z.string().min(1).max(200),
    title: z.string().max(1_000),
    folderTitle: z.string().max(1_000).optional(),
    tags: z.array(z.string()).nullish(),
  }),
);

export const annotationsAnswer = z.array(
  z.object({
    time: z.number(),
    timeEnd: z.number().nullish(),
    text: z.string().nullish(),
    tags: z.array(z.string()).nullish(),
    dashboardUID: z.string().nullish(),
    login: z.string().nullish(),
  }),
);

/** `GET /api/prometheus/grafana/api/v1/rules`. */
export const rulesAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({
            name: z.string(),
            alerts: z
              .array(
                z.object({
                  labels: z.record(z.string(), z.string()),
                  annotations: z.record(z.string(), z.string()).nullish(),
                  state: z.string(),
                  activeAt: z.string().nullish(),
                }),
              )
              .nullish(),
          }),
        ),
      }),
    ),
  }),
});

export const settingsAnswer = z.object({ appUrl: z.string().max(2_000).optional() });

export const healthAnswer = z.object({ database: z.string(), version: z.string().max(60).optional() });

const field = z.object({
  name: z.string().nullish(),
  type: z.string().nullish(),
  labels: z.record(z.string(), z.string()).nullish(),
  config: z
    .object({ displayNameFromDS: z.string().optional(), unit: z.string().optional() })
    .nullish()
    .catch(undefined),
});

/** Columns beside each other, as the documentation of `POST /api/ds/query` shows them. */
export const frame = z.object({
  schema: z.object({
    name: z.string().nullish(),
    fields: z.array(field),
    meta: z
      .object({
        notices: z.array(z.object({ severity: z.string().optional(), text: z.string() })).nullish(),
      })
      .nullish()
      .catch(undefined),
  }),
  data: z.object({
    values: z.array(z.array(z.unknown())),
    nanos: z.array(z.array(z.number()).nullable()).nullish(),
    entities: z
      .array(
        z
          .object({
            NaN: z.array(z.number()).nullish(),
            Inf: z.array(z.number()).nullish(),
            NegInf: z.array(z.number()).nullish(),
          })
          .nullable(),
      )
      .nullish(),
  }),
});

/** `frames` are read one by one: there may be many. The specification of 9.3 writes both keys with a capital; the wire does not. */
export const framesAnswer = z.object({
  results: z.record(
    z.string(),
    z.object({
      status: z.number().optional(),
      error: z.string().optional(),
      frames: z.array(z.unknown()).nullish(),
    }),
  ),
});

export const errorAnswer = z.object({
  message: z.string(),
  error: z.string().optional(),
});
