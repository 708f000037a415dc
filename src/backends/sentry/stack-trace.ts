import { safeText } from '../safe-text.ts';
import type { Entry, Event } from './decode.ts';

type Exceptions = NonNullable<Extract<Entry, { type: 'exception' }>['data']['values']>;
type Trace = Exceptions[number]['stacktrace'];
type Frame = NonNullable<NonNullable<Trace>['frames']>[number];

/** Exceptions of a chain, and frames of each, that are shown. */
const CHAIN = 4;
const FRAMES = 6;
/** Characters of an exception's message, and of a name or a line of code. */
const MESSAGE = 300;
const NAME = 140;

/**
 * The stack trace that matters: what was thrown last first, each with what caused it; of the frames those of the application,
 * the innermost first, with the line of code where the server has it. What is left out is counted.
 */
export function stackTrace(event: Pick<Event, 'entries'>): readonly string[] {
  const chain = event.entries.flatMap((one) => (one.type === 'exception' ? (one.data.values ?? []) : []));
  if (chain.length > 0) return exceptions(chain);
  const threads = event.entries.flatMap((one) => (one.type === 'threads' ? (one.data.values ?? []) : []));
  const thread = threads.find((one) => one.crashed) ?? threads.find((one) => one.current) ?? threads[0];
  const messages = event.entries.flatMap((one) =>
    one.type === 'message' ? (one.data.formatted ?? one.data.message ?? []) : [],
  );
  return [
    ...messages.slice(0, 1).map((text) => safeText(text, MESSAGE)),
    ...(thread
      ? [`thread ${safeText(thread.name ?? 'without a name', NAME)}`, ...frames(thread.stacktrace)]
      : []),
  ];
}

/** The protocol has the cause first and what was thrown last at the end: https://develop.sentry.dev/sdk/data-model/event-payloads/exception/ */
function exceptions(chain: Exceptions): string[] {
  const thrown = chain.toReversed();
  const shown = thrown.length <= CHAIN ? thrown : [...thrown.slice(0, CHAIN - 1), ...thrown.slice(-1)];
  const lines = shown.flatMap((one, index) => {
    const left = index === shown.length - 1 ? thrown.length - shown.length : 0;
    return [
      ...(left > 0 ? [`… ${left} more in between`] : []),
      `${index === 0 ? '' : 'caused by '}${sayException(one)}`,
      ...frames(one.stacktrace),
    ];
  });
  return lines;
}

function sayException({ type, value }: Exceptions[number]): string {
  const message = safeText(value ?? '', MESSAGE);
  return [safeText(type ?? '', NAME), message].filter((one) => one !== '').join(': ');
}

function frames(trace: Trace): string[] {
  const all = (trace?.frames ?? []).toReversed();
  const own = all.filter((one) => one.inApp === true);
  const shown = (own.length > 0 ? own : all).slice(0, FRAMES);
  const left = all.length - shown.length;
  return [
    ...shown.flatMap((one, index) => [`  at ${sayFrame(one)}`, ...(index === 0 ? code(one) : [])]),
    ...(left > 0
      ? [`  … ${left} ${left === 1 ? 'frame' : 'frames'} left out${sayLeft(own.length, shown.length)}`]
      : []),
  ];
}

function sayLeft(own: number, shown: number): string {
  if (own === 0) return '; none is marked as the application’s own';
  return own > shown
    ? `, ${own - shown} of them the application’s own`
    : ', none of them the application’s own';
}

function sayFrame({ function: name, module, filename, lineNo }: Frame): string {
  const where = filename ?? module ?? '';
  const line = lineNo === null || lineNo === undefined ? '' : `:${lineNo}`;
  return `${safeText(name ?? '', NAME) || '?'}${where === '' ? '' : ` (${safeText(where, NAME)}${line})`}`;
}

function code({ context, lineNo }: Frame): string[] {
  const line = context?.find(([number]) => number === lineNo)?.[1];
  const text = safeText(line ?? '', NAME);
  return text === '' ? [] : [`       ${lineNo} | ${text}`];
}
