import { z } from 'zod';

// The wire of https://docs.sentry.io/api/, as far as it is read here.

const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const text = z.string().nullish();
const count = z.union([z.number(), z.string().regex(/^\d+$/)]).transform(Number);
const version = z.object({ version: z.string() }).nullish();

export const issue = z.object({
  id: z.string(),
  shortId: text,
  title: z.string(),
  culprit: text,
  permalink: text,
  level: text,
  status: text,
  substatus: text,
  priority: text,
  /** Over the time that was asked about in a list, over its whole life where one issue is asked for. */
  count,
  userCount: count,
  firstSeen: time.nullish(),
  lastSeen: time.nullish(),
  lifetime: z.object({ count, firstSeen: time.nullish(), lastSeen: time.nullish() }).nullish(),
  project: z.object({ slug: z.string() }).nullish(),
  firstRelease: version,
  lastRelease: version,
});

export const project = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  slug: z.string(),
});
export const environment = z.object({ name: z.string() });
export const tag = z.object({ key: z.string(), name: text, totalValues: z.number().nullish() });

export const deploy = z.object({
  environment: z.string(),
  dateStarted: time.nullish(),
  dateFinished: time,
  name: text,
  url: text,
});

export const release = z.object({
  version: z.string(),
  dateCreated: time.nullish(),
  dateReleased: time.nullish(),
  newGroups: z.number().nullish(),
  commitCount: z.number().nullish(),
  deployCount: z.number().nullish(),
  lastDeploy: deploy.nullish(),
  projects: z.array(z.object({ slug: z.string() })).nullish(),
  versionInfo: z.object({ package: text }).nullish(),
});

export const list = z.array(z.unknown());

/** Rows of the events API: https://docs.sentry.io/api/explore/query-explore-events-in-table-format/ */
export const eventsAnswer = z.object({
  data: z.array(z.unknown()),
  meta: z.object({ dataScanned: z.string().nullish() }).nullish(),
});
export const eventRow = z.record(z.string(), z.unknown());

const frame = z.object({
  function: text,
  module: text,
  filename: text,
  lineNo: z.number().nullish(),
  inApp: z.boolean().nullish(),
  context: z.array(z.tuple([z.number(), text]).rest(z.unknown())).nullish(),
});
const stacktrace = z.object({ frames: z.array(frame).nullish() }).nullish();
const exception = z.object({ type: text, value: text, module: text, stacktrace });

/** What an event is made of; entries of kinds that are not read here are left out. */
export const entry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('exception'), data: z.object({ values: z.array(exception).nullish() }) }),
  z.object({ type: z.literal('message'), data: z.object({ formatted: text, message: text }) }),
  z.object({
    type: z.literal('threads'),
    data: z.object({
      values: z
        .array(
          z.object({
            name: text,
            crashed: z.boolean().nullish(),
            current: z.boolean().nullish(),
            stacktrace,
          }),
        )
        .nullish(),
    }),
  }),
]);

export const event = z.object({
  eventID: z.string(),
  title: text,
  dateCreated: time.nullish(),
  entries: z.array(z.unknown()).nullish(),
  tags: z.array(z.object({ key: text, value: text })).nullish(),
});

export const organizationAnswer = z.object({ slug: z.string(), name: text });

/** Sentry says what is wrong in `detail`, now and then as an object. */
export const errorAnswer = z.union([
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
  z.object({ detail: z.object({ message: z.string() }) }).transform(({ detail }) => detail.message),
]);
