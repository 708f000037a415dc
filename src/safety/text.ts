/** Dependency-free and pure: what a person or a backend wrote, made harmless to show. */

/** Anything but printable ASCII, tabs and line feeds; most texts hold none of it, and nothing in them has to be looked for. */
const UNUSUAL = /[^\x20-\x7e\t\n]/;

/**
 * Bidi controls, zero-width and other format characters, C0 and C1 controls except tab, line feed and carriage
 * return, lone tag characters. Zero-width joiners and variation selectors inside emoji stay: they are seen.
 */
export function stripDangerous(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  return text
    .replace(/\r\n?/g, '\n')
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for.
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\u034f|\u17b4|\u17b5|[\u180b-\u180f]|[\ufe00-\ufe0e]/g,
      (char) => (char === '\u2028' || char === '\u2029' ? '\n' : ''),
    )
    .replace(/[\u{e0000}-\u{e007f}]+/gu, (tags, at: number, whole: string) =>
      // 🏴 followed by tags is the flag of a region.
      whole.slice(Math.max(0, at - 2), at) === '\u{1f3f4}' && tags.endsWith('\u{e007f}') ? tags : '',
    )
    .replace(/(?<!\p{Emoji}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Emoji})/gu, '')
    .replace(/(?<!\p{Emoji})\ufe0f/gu, '')
    .toWellFormed();
}

/** Which calls to many people may stay live; all from the configuration. */
export interface AllowedBroadcasts {
  readonly here?: boolean;
  readonly channel?: boolean;
  readonly everyone?: boolean;
  /** User group ids: `S0123ABCD`. */
  readonly groups?: readonly string[];
}

/**
 * Makes broadcasts and user groups inert in text that Slack will parse, escaped or not: the markup becomes
 * plain words, and the @ before them a full-width one that no client links.
 * Mentions of single people stay.
 */
export function neutraliseBroadcasts(text: string, allowed: AllowedBroadcasts = {}): string {
  return text
    .replace(
      /(<|&lt;)!(here|channel|everyone|group)(\|[^<>&]{0,200})?(>|&gt;)/gi,
      (whole, _open, word: string) => (isAllowed(word, allowed) ? whole : inert(word)),
    )
    .replace(
      /(<|&lt;)!subteam\^([A-Z0-9]{1,30})(?:\|([^<>&]{0,200}))?(>|&gt;)/gi,
      (whole, _open, group: string, label: string | undefined) =>
        allowed.groups?.includes(group) ? whole : inert((label ?? group).replace(/^@/, '')),
    )
    .replace(/(?<![\w.@])@(here|channel|everyone|group)\b/gi, (whole, word: string) =>
      isAllowed(word, allowed) ? whole : inert(word),
    );
}

function isAllowed(word: string, allowed: AllowedBroadcasts): boolean {
  const name = word.toLowerCase();
  return (name === 'here' || name === 'channel' || name === 'everyone') && allowed[name] === true;
}

function inert(word: string): string {
  // U+FF20: looks like an @ and means nothing to Slack; no invisible character is put into anyone's text.
  return `\uff20${word}`;
}

/** An address fit to be linked, and the host a person will really reach. */
export interface SafeUrl {
  readonly url: string;
  readonly host: string;
}

/** Undefined for anything but an absolute http(s) address, and for one with user-info, which hides its host. */
export function safeUrl(text: string): SafeUrl | undefined {
  if (text.length > 3_000 || stripDangerous(text) !== text || /[\s<>"'`|\\]/.test(text)) return undefined;
  const url = URL.parse(text);
  if (url === null || !/^https?:\/\/[^/]/i.test(text)) return undefined;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return undefined;
  // `|` ends the address in Slack's markup.
  return { url: url.href.replaceAll('|', '%7C'), host: url.host };
}
