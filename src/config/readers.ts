import { z } from 'zod';
import { parseSchedule, type SleepSchedule } from '../domain/knowledge/sleep-schedule.ts';
import { parseServiceLevel } from '../domain/postmortem/service-level.ts';
import { Secret } from '../domain/secret.ts';
import { type Duration, formatDuration, parseDuration } from '../domain/time.ts';
import { nearest } from './nearest.ts';
import { patternFault } from './safe-pattern.ts';
import { SHORTEST_SECRET, sayValue, Text } from './text.ts';

/** Message of an issue whose problem was reported earlier, when the value was looked up. */
export const ALREADY_SAID = 'already said';

/** A reader refuses by throwing this; the message follows the key in the problem's line. */
class Refusal extends Error {}

function refuse(message: string): never {
  throw new Refusal(message);
}

/** A schema that reads one value with a function; what the function refuses becomes the problem. */
function reads<T>(read: (input: unknown) => T) {
  return z.unknown().transform((input, context): T => {
    try {
      if (input instanceof Text && input.broken) refuse(ALREADY_SAID);
      if (input === undefined) refuse('is missing');
      return read(input);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });
}

function textOf(input: unknown, wants: string): Text {
  if (!(input instanceof Text)) return refuse(`${sayValue(input)} is not text; write ${wants} in quotes`);
  if (input.value.trim() === '') return refuse(`is empty; write ${wants}, or remove the line`);
  return input;
}

function longEnough(text: Text): Text {
  if (text.value.length >= SHORTEST_SECRET) return text;
  return text.held
    ? refuse(
        `the value of ${text.from} is shorter than ${SHORTEST_SECRET} characters; what comes by env: or file: is a secret, and secrets that short cannot be withheld`,
      )
    : refuse(`a secret shorter than ${SHORTEST_SECRET} characters cannot be withheld; use a longer one`);
}

/** Free text, trimmed. Text that came by `env:` or `file:` keeps the rule for secrets. */
export const plain = (wants: string, shape?: RegExp) =>
  reads((input) => {
    const text = textOf(input, wants);
    if (text.held) longEnough(text);
    const value = text.value.trim();
    if (shape !== undefined && !shape.test(value)) refuse(`${sayValue(text)} is not ${wants}`);
    return value;
  });

/** `99.9%/30d`. */
export const serviceLevel = () =>
  reads((input) => {
    const text = textOf(input, 'a share and a window such as "99.9%/30d"');
    const level = parseServiceLevel(text.value);
    if (level === undefined || text.held)
      return refuse(`${sayValue(text)} is not a share below 100 % and a window, such as "99.9%/30d"`);
    return level;
  });

/** Free text, or a whole number where people write an id without quotes. */
export const plainOrNumber = (wants: string) => {
  const text = plain(wants);
  return reads((input): string => {
    if (typeof input === 'number' && Number.isSafeInteger(input) && input > 0) return String(input);
    const read = text.safeParse(input);
    return read.success ? read.data : refuse(read.error.issues[0]?.message ?? `is not ${wants}`);
  });
};

/** A token, a password, a key. Never shown, not even when wrong. */
export const secret = (wants: string, wrongKind?: (value: string) => string | undefined) =>
  reads((input): Secret => {
    if (!(input instanceof Text)) return refuse(`is not text; write ${wants} in quotes`);
    const text = longEnough(textOf(input, wants));
    if (/^\s|\s$|\p{Cc}/u.test(text.value))
      refuse(
        'begins or ends with a blank or holds a line break; it was probably copied with more than itself',
      );
    const wrong = wrongKind?.(text.value);
    if (wrong !== undefined) refuse(wrong);
    return text.secret();
  });

export const duration = (least: Duration, most: Duration) =>
  reads((input): Duration => {
    const range = `at least ${formatDuration(least)}, at most ${formatDuration(most)}`;
    const wants = `30m, 90s or 1h30m (${range})`;
    if (typeof input === 'number')
      return refuse(`${input} has no unit; write "${input}m" or "${input}s" (${range})`);
    const text = textOf(input, wants);
    const value = parseDuration(text.value.trim());
    if (value === undefined) return refuse(`${sayValue(text)} is not a duration; write ${wants}`);
    if (value < least) return refuse(`${sayValue(text)} is too short; write ${range}`);
    if (value > most) return refuse(`${sayValue(text)} is too long; write ${range}`);
    return value;
  });

/** When something is done week by week, or day by day. */
export const schedule = () =>
  reads((input): SleepSchedule => {
    const wants =
      '"weekly mon 04:00" or "daily 04:00", with a zone after it where it is not UTC (Europe/Berlin)';
    const text = textOf(input, wants);
    return parseSchedule(text.value) ?? refuse(`${sayValue(text)} is no schedule; write ${wants}`);
  });

/** A whole number; digits are accepted as text only from `env:`, `file:` or the environment. */
export const whole = (least: number, most: number) =>
  reads((input): number => {
    const fromOutside = input instanceof Text && (input.held || input.from.startsWith('env '));
    const value = fromOutside && /^\d{1,9}$/.test(input.value.trim()) ? Number(input.value) : input;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    return refuse(`${sayValue(input)} is not a whole number from ${least} to ${most}`);
  });

export const flag = () =>
  reads((input): boolean =>
    typeof input === 'boolean'
      ? input
      : refuse(`${sayValue(input)} is neither true nor false (without quotes)`),
  );

export const oneOf = <const T extends string>(choices: readonly T[]) =>
  reads((input): T => {
    const text = textOf(input, `one of ${choices.join(', ')}`);
    const found = choices.find((choice) => choice === text.value.trim());
    if (found !== undefined) return found;
    const near = text.held ? undefined : nearest(text.value, choices);
    return refuse(
      `${sayValue(text)} is not one of ${choices.join(', ')}${near === undefined ? '' : `; did you mean "${near}"?`}`,
    );
  });

export const list = <T extends z.ZodType>(item: T, wants: string) =>
  z.array(item, { error: (issue) => `${sayValue(issue.input)} is not a list; write ${wants}` });

/** An address with its user-info split off. */
export interface Address {
  /** Without user-info, and without a slash at the end. */
  readonly url: string;
  readonly username: string | undefined;
  readonly password: Secret | undefined;
}

/** The value of an address is never shown in a problem: it may hold a password. */
export const address = (protocols: readonly string[]) =>
  reads((input): Address => {
    const wants = `an address that begins with ${protocols.map((one) => `${one}//`).join(' or ')}`;
    if (!(input instanceof Text)) return refuse(`${sayValue(input)} is not text; write ${wants} in quotes`);
    const text = textOf(input, wants);
    if (text.held) longEnough(text);
    const url = parseUrl(text.value.trim());
    if (url === undefined || !protocols.includes(url.protocol) || url.hostname === '')
      return refuse(`is not ${wants}`);
    if (url.hash !== '') refuse('has a part after #; remove it');
    const inQuery = url.searchParams.get('password');
    url.searchParams.delete('password');
    const web = protocols.includes('http:');
    if (web && url.searchParams.size > 0) refuse('has a part after ?; remove it');
    if (web && url.username !== '' && url.password === '')
      refuse('has a user name and no password in it; use token, or username and password');
    const password = decoded(url.password) || inQuery || undefined;
    const username = decoded(url.username) || undefined;
    if (password !== undefined && password.length < SHORTEST_SECRET)
      refuse(
        `its password is shorter than ${SHORTEST_SECRET} characters and cannot be withheld; use a longer one`,
      );
    url.password = '';
    if (web) url.username = '';
    return {
      url: url.href.replace(/\/+$/, ''),
      username,
      password: password === undefined ? undefined : new Secret(password, `${text.from}, in the address`),
    };
  });

export const pattern = (wants: string) =>
  reads((input): string => {
    const text = textOf(input, wants);
    const fault = patternFault(text.value);
    return fault === undefined ? text.value : refuse(`${sayValue(text)} ${fault}`);
  });

export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Refuses shell characters: nothing in a value is ever given to a shell. */
export const command = () =>
  reads((input): readonly string[] => {
    const wants = 'a command as text or as a list of arguments';
    const parts = Array.isArray(input) ? input : [input];
    const texts = parts.map((part) => textOf(part, wants));
    if (texts.some((text) => text.held || text.broken))
      return refuse(
        'takes no env: or file:; a secret must not be an argument of a command, which every user of the machine can read',
      );
    if (Array.isArray(input)) return texts.map((text) => text.value);
    const line = texts[0]?.value.trim() ?? '';
    const shell = /[|&;<>()$`\\"'*?[\]~{}\n\r]/.exec(line)?.[0];
    if (shell !== undefined)
      return refuse(
        `has the shell character ${shell}; no shell runs it. Write a list of arguments instead: ["cmd", "arg"]`,
      );
    return line.split(/\s+/);
  });

/** Bolt wants the base of the Web API to end in `/api/`: https://docs.slack.dev/tools/bolt-js/reference */
export const apiUrl = () => {
  const web = address(['http:', 'https:']);
  return reads((input): string => {
    const read = web.safeParse(input);
    if (!read.success) return refuse(read.error.issues[0]?.message ?? 'is not an address');
    const { username, password } = read.data;
    const url = new URL(read.data.url);
    if (url.protocol !== 'https:' && !isLoopback(url.hostname))
      refuse('must begin with https:// unless it is on this machine: tokens travel with every request');
    if (username !== undefined || password !== undefined)
      refuse('has a user name or password in it; Slack tokens are all that is sent');
    if (url.pathname === '/') url.pathname = '/api/';
    if (!url.pathname.endsWith('/')) url.pathname += '/';
    return url.pathname.endsWith('/api/') ? url.href : refuse('must end in /api/');
  });
};

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
