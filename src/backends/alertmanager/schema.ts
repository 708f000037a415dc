import { z } from 'zod';

// The wire of https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml, as far as it is read here.

const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const texts = z.record(z.string(), z.string());

export const alertsAnswer = z.array(z.unknown());

export const alert = z.object({
  labels: texts,
  annotations: texts,
  fingerprint: z.string(),
  startsAt: time,
  status: z.object({
    state: z.string(),
    silencedBy: z.array(z.string()),
    inhibitedBy: z.array(z.string()),
    /** Since 0.28: the time intervals that mute it. */
    mutedBy: z.array(z.string()).optional(),
  }),
});

export const silencesAnswer = z.array(
  z.object({
    id: z.string(),
    createdBy: z.string(),
    comment: z.string(),
    endsAt: time,
  }),
);

export const receiversAnswer = z.array(z.object({ name: z.string() }));

export const statusAnswer = z.object({ versionInfo: z.object({ version: z.string().max(60) }) });

/** A refusal is a bare JSON string. */
export const errorAnswer = z.string();
