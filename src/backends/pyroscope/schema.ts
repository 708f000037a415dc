import { z } from 'zod';

// The wire of https://grafana.com/docs/pyroscope/latest/reference-server-api/: Connect, where fields that are zero or empty are left out.

/** 64-bit integers come as strings. */
const int = z.union([z.number(), z.string().regex(/^-?\d{1,19}$/)]).transform(Number);
const level = z.object({ values: z.array(int).default([]) });
const graph = z.object({
  names: z.array(z.string()).default([]),
  levels: z.array(level).default([]),
});

export const flameGraphAnswer = z.object({ flamegraph: graph.optional() }).strict();

/** Names of labels and their values have one shape. */
export const namesAnswer = z.object({ names: z.array(z.string()).default([]) }).strict();
export const profileTypesAnswer = z
  .object({ profileTypes: z.array(z.object({ ID: z.string() })).default([]) })
  .strict();

/** Connect's errors: https://connectrpc.com/docs/protocol#error-end-stream */
export const errorAnswer = z.object({ code: z.string().optional(), message: z.string() });

/** Bare, or in Prometheus' envelope. */
const build = z.object({ version: z.string().min(1).max(60) });
export const buildinfoAnswer = z.union([build, z.object({ data: build }).transform(({ data }) => data)]);
