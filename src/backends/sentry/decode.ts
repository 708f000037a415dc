import type { z } from 'zod';
import * as wire from './schema.ts';

export type Issue = z.output<typeof wire.issue>;
export type Entry = z.output<typeof wire.entry>;
export type Event = Omit<z.output<typeof wire.event>, 'entries'> & { readonly entries: readonly Entry[] };
export type Release = z.output<typeof wire.release>;
export type Deploy = z.output<typeof wire.deploy>;
export type Tag = z.output<typeof wire.tag>;
export type Project = z.output<typeof wire.project>;
export type EventRow = z.output<typeof wire.eventRow>;

/** Some entries of a list; what is not as documented is counted, and a list cut by the server says so. */
export type ListPiece<One> =
  | { readonly kind: 'some'; readonly some: readonly One[] }
  | { readonly kind: 'odd'; readonly count: number }
  | { readonly kind: 'partial'; readonly why: string };

const PIECE = 500;

/** Decode functions of answers that are a JSON array. Throw SyntaxError or ZodError when the bytes are none. */
export const decodeIssues = (bytes: Uint8Array) => entries(wire.list.parse(parse(bytes)), wire.issue);
export const decodeReleases = (bytes: Uint8Array) => entries(wire.list.parse(parse(bytes)), wire.release);
export const decodeDeploys = (bytes: Uint8Array) => entries(wire.list.parse(parse(bytes)), wire.deploy);
export const decodeProjects = (bytes: Uint8Array) => entries(wire.list.parse(parse(bytes)), wire.project);
export const decodeEnvironments = (bytes: Uint8Array) =>
  entries(wire.list.parse(parse(bytes)), wire.environment);
export const decodeTags = (bytes: Uint8Array) => entries(wire.list.parse(parse(bytes)), wire.tag);

/** Decodes rows of the events API. */
export function* decodeEvents(bytes: Uint8Array): Iterable<ListPiece<EventRow>> {
  const { data, meta } = wire.eventsAnswer.parse(parse(bytes));
  yield* entries(data, wire.eventRow);
  if (meta?.dataScanned === 'partial')
    yield { kind: 'partial', why: 'Sentry looked at only a part of the events' };
}

/** Decodes one issue, as a list of it alone. */
export function* decodeIssue(bytes: Uint8Array): Iterable<ListPiece<Issue>> {
  yield { kind: 'some', some: [wire.issue.parse(parse(bytes))] };
}

/** Decodes one event, as a list of it alone; only the entries that are shown remain. */
export function* decodeEvent(bytes: Uint8Array): Iterable<ListPiece<Event>> {
  const read = wire.event.parse(parse(bytes));
  const known = (read.entries ?? []).flatMap((one) => wire.entry.safeParse(one).data ?? []);
  yield { kind: 'some', some: [{ ...read, entries: known }] };
}

function* entries<Schema extends z.ZodType>(
  all: readonly unknown[],
  schema: Schema,
): Iterable<ListPiece<z.output<Schema>>> {
  let some: z.output<Schema>[] = [];
  let odd = 0;
  for (const one of all) {
    const read = schema.safeParse(one);
    if (read.success) some.push(read.data);
    else odd++;
    if (some.length < PIECE) continue;
    yield { kind: 'some', some };
    some = [];
  }
  yield { kind: 'some', some };
  if (odd > 0) yield { kind: 'odd', count: odd };
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}
