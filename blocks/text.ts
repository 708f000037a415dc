import type { RichTextElement, RichTextStyleable } from '@slack/types';
import type { PersonId } from '../src/domain/incident.ts';
import { HOUR, type Instant, type Window } from '../src/domain/time.ts';
import type { Reading } from './message.ts';

/** One run inside a line of rich text. Rich text is literal: nothing in a `text` element can ping or format. */
export type Inline = RichTextElement;
type Style = NonNullable<RichTextStyleable['style']>;

/** Slack's own limit on a link. https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const URL_LIMIT = 3000;

// Most texts hold nothing else than this, and nothing in them has to be looked for.
const UNUSUAL = /[^\x20-\x7E\t\n]/;
// Bidirectional controls, zero-width characters, joiners, tags, variation selectors of letters and other invisible ink.
const INVISIBLE =
  /\u034F|[\u17B4\u17B5]|[\u180B-\u180F]|[\uFE00-\uFE0E]|[\u00AD\u061C\u115F\u1160\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\u{E0000}-\u{E0FFF}]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/**
 * What people or backends wrote, made harmless to read: no invisible or reordering characters, no controls but line breaks
 * and tabs, no half surrogates, and not the two marks that only Steady sets.
 */
export function clean(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(CONTROL, '')
    .replace(INVISIBLE, '')
    .replace(/\u26A0\uFE0F?/g, '[warning]')
    .replace(/\u2705\uFE0F?/g, '[check]');
}

/** The same on one line, blanks collapsed. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/** Exactly what was sent, with what cannot be seen written out: `\u{200b}`. For queries and commands. */
export function visible(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  const spell = (one: string) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`;
  return text.toWellFormed().replace(/\r\n/g, '\n').replace(CONTROL, spell).replace(INVISIBLE, spell);
}

/** Slack's escaping for mrkdwn and notification text. https://docs.slack.dev/messaging/formatting-message-text */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Words of ours or of others, literally. Others' words go through `clean` first. */
export function plain(text: string, style?: Style): Inline {
  return { type: 'text', text: clean(text), ...(style && { style }) };
}

export function bold(text: string): Inline {
  return plain(text, { bold: true });
}

/** Text of Steady's own, with the marks that `clean` takes from others. */
export function ours(text: string, style?: Style): Inline {
  return { type: 'text', text, ...(style && { style }) };
}

export function code(text: string): Inline {
  return { type: 'text', text: visible(text).replace(/\s+/g, ' '), style: { code: true } };
}

/** A link by a label of ours; the label alone where the address is not one to offer. */
export function link(url: string | undefined, label: string, style?: Style): Inline {
  const safe = safeUrl(url);
  if (safe === undefined) return plain(label, style);
  return { type: 'link', url: safe, text: clean(label), ...(style && { style }) };
}

/** Only http and https, without user-info, within Slack's limit; undefined otherwise. */
export function safeUrl(url: string | undefined): string | undefined {
  if (url === undefined || url.length > URL_LIMIT || !URL.canParse(url)) return undefined;
  const { protocol, username, password, href } = new URL(url);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return undefined;
  return href.length <= URL_LIMIT ? href : undefined;
}

/** A person by name: nobody is pinged. */
export function person(id: PersonId, reading: Reading): Inline {
  return plain(nameOf(id, reading));
}

export function nameOf(id: PersonId, reading: Reading): string {
  if (id === 'steady') return 'Steady';
  return `@${oneLine(reading.name(id)).slice(0, 80).toWellFormed() || id}`;
}

/** Pings. Only for those who are asked; a user group can only be asked by the configuration (`escalate_to`). */
export function mention(id: PersonId): Inline {
  if (/^S[A-Z0-9]{1,30}$/.test(id)) return { type: 'usergroup', usergroup_id: id };
  return /^[UW][A-Z0-9]{1,30}$/.test(id) ? { type: 'user', user_id: id } : plain(`@${id}`);
}

/** The same in notification text; empty for an id that Slack would not know. */
export function sayMention(id: PersonId): string {
  if (/^S[A-Z0-9]{1,30}$/.test(id)) return `<!subteam^${id}>`;
  return /^[UW][A-Z0-9]{1,30}$/.test(id) ? `<@${id}>` : '';
}

/** A channel by its id, as Slack shows it to whoever may see it. */
export function channel(id: string): Inline {
  return /^[CGD][A-Z0-9]{1,30}$/.test(id) ? { type: 'channel', channel_id: id } : plain(`#${id}`);
}

/** A moment, in the reader's own zone; with the date when it is half a day away or more. */
export function moment(at: Instant, reading: Reading, style?: Style): Inline {
  return {
    type: 'date',
    timestamp: Math.floor(sayable(at) / 1000),
    format: near(at, reading) ? '{time}' : '{date_short_pretty} {time}',
    fallback: inUtc(at, reading),
    ...(style && { style }),
  };
}

/** `14:07 UTC`, or `23 Nov 14:07 UTC` when that is half a day away or more; in the reader's zone where it is known. */
export function sayMoment(at: Instant, reading: Reading): string {
  if (reading.zone === undefined || reading.zone === 'UTC') return inUtc(at, reading);
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const;
  const shape = near(at, reading) ? time : ({ day: 'numeric', month: 'short', ...time } as const);
  try {
    const zoned = new Intl.DateTimeFormat('en-GB', { ...shape, timeZone: reading.zone });
    return zoned.format(sayable(at)).replace(',', '');
  } catch (failure) {
    // A zone that this machine does not know is no reason to say nothing.
    if (failure instanceof RangeError) return inUtc(at, reading);
    throw failure;
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function inUtc(at: Instant, reading: Reading): string {
  const text = iso(at);
  const time = `${text.slice(11, 16)} UTC`;
  if (near(at, reading)) return time;
  return `${Number(text.slice(8, 10))} ${MONTHS[Number(text.slice(5, 7)) - 1]} ${time}`;
}

/** `14:02–14:32 UTC`, with the dates where they are not all today's in UTC, with seconds where they count. */
export function sayWindow({ from, to }: Window, reading: Reading): string {
  const [first, last, today] = [from, to, reading.now].map((each) =>
    new Date(each).toISOString().slice(0, 10),
  );
  const date = (each: string | undefined) => (first === today && last === today ? '' : `${each} `);
  return `${date(first)}${clock(from)}–${first === last ? '' : date(last)}${clock(to)} UTC`;
}

function clock(at: Instant): string {
  const text = iso(at);
  return text.slice(17, 19) === '00' ? text.slice(11, 16) : text.slice(11, 19);
}

/** A time beyond what dates can say is shown as the furthest one. */
export function iso(at: Instant): string {
  return new Date(sayable(at)).toISOString();
}

function sayable(at: Instant): Instant {
  const furthest = Date.UTC(9999, 11, 31);
  return Number.isFinite(at) ? Math.max(0, Math.min(at, furthest)) : 0;
}

function near(at: Instant, reading: Reading): boolean {
  return Math.abs(at - reading.now) < 12 * HOUR;
}

const SAID =
  /<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>|@\{([^{}\s]{1,80})\}|(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}])/g;

/**
 * What a person typed: mentions become names, addresses become links that show themselves, names that the reader's `nameLinks`
 * knows become links outside addresses and backticks; the rest stays literal.
 */
export function words(text: string, reading: Reading, style?: Style): Inline[] {
  const out: Inline[] = [];
  let from = 0;
  const tidy = clean(text);
  for (const found of tidy.matchAll(SAID)) {
    if (found.index > from) out.push(...named(tidy.slice(from, found.index), reading, style));
    from = found.index + found[0].length;
    const [, slack, braced, url] = found;
    const who = slack ?? braced;
    if (who !== undefined) out.push(plain(nameOf(who, reading), style));
    else out.push(link(url, safeUrl(url) ?? url ?? '', style));
  }
  if (from < tidy.length) out.push(...named(tidy.slice(from), reading, style));
  return out;
}

/** Literal words, in which known names are links by their own words; nothing within backticks is one. */
function named(text: string, { nameLinks }: Reading, style?: Style): Inline[] {
  if (!nameLinks) return [ours(text, style)];
  const typed = [...text.matchAll(/`[^`\n]+`/g)].map(
    (one) => [one.index, one.index + one[0].length] as const,
  );
  const out: Inline[] = [];
  let from = 0;
  for (const { at, length, url } of nameLinks(text)) {
    const safe = safeUrl(url);
    if (safe === undefined || typed.some(([start, end]) => at < end && start < at + length)) continue;
    if (at > from) out.push(ours(text.slice(from, at), style));
    out.push(link(safe, text.slice(at, at + length), style));
    from = at + length;
  }
  if (from < text.length) out.push(ours(text.slice(from), style));
  return out;
}

const NOTATION =
  /`([^`]+)`|(?<![\p{L}\p{N}*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![\p{L}\p{N}*])|@\{([^{}\s]{1,80})\}|<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>|<#([CG][A-Z0-9]{1,30})(?:\|[^<>]*)?>/gu;

/** The notation of `RuleViolation`: `` `code` ``, `*strong*`, `@{U123}`; everything else is literal. */
export function notation(text: string, reading: Reading): Inline[] {
  const out: Inline[] = [];
  let from = 0;
  for (const found of text.matchAll(NOTATION)) {
    if (found.index > from) out.push(plain(text.slice(from, found.index)));
    from = found.index + found[0].length;
    const [, typed, strong, braced, slack, place] = found;
    const who = braced ?? slack;
    if (typed !== undefined) out.push(code(typed));
    else if (strong !== undefined) out.push(bold(strong));
    else if (place !== undefined) out.push(channel(place));
    else out.push(plain(nameOf(who ?? '', reading)));
  }
  if (from < text.length) out.push(plain(text.slice(from)));
  return out;
}

/** The same for notification text. */
export function sayNotation(text: string, reading: Reading): string {
  return notation(text, reading)
    .map((one) => (one.type === 'channel' ? 'its channel' : 'text' in one ? (one.text ?? '') : ''))
    .join('');
}
