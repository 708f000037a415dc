/**
 * The top-level domains under which a bare name typed into Slack becomes a link; it does so for `README.md` and `deploy.sh`
 * too, because those are countries.
 */
const TLD =
  'com|net|org|io|dev|app|ai|co|me|info|cloud|biz|edu|gov|eu|de|uk|us|fr|in|nl|ch|at|se|no|it|es|pl|jp|cn|au|ca|br|md|sh|so|is|py|rs|pm|gg|ly|to|tv|xyz|tech|online|site';

// Sticky patterns are set to the place in question before each use.
const WEB = /https?:\/\/[^\s<>"“”]+/iy;
const MAIL = /[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/iy;
const BARE = new RegExp(
  `(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+(?:${TLD})(?![\\p{L}\\p{N}_-])(?::\\d+)?(?:/[^\\s<>"“”]*)?`,
  'iuy',
);

export interface FoundLink {
  /** Characters of the typed text. */
  readonly length: number;
  readonly url: string;
  /** What was typed, where it is not the URL itself. */
  readonly text?: string;
}

/** The link that begins exactly here, as Slack's composer finds it. */
export function linkAt(text: string, at: number): FoundLink | undefined {
  const before = at === 0 ? ' ' : text.charAt(at - 1);
  if (/[\p{L}\p{N}_@./-]/u.test(before)) return undefined;
  const web = match(WEB, text, at);
  if (web !== undefined) {
    const url = trim(web);
    return { length: url.length, url };
  }
  const mail = match(MAIL, text, at);
  if (mail !== undefined) return { length: mail.length, url: `mailto:${mail}`, text: mail };
  const bare = match(BARE, text, at);
  if (bare === undefined) return undefined;
  const name = trim(bare);
  return { length: name.length, url: `http://${name}`, text: name };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Punctuation that ends the sentence is no part of the link; a bracket that was opened inside is. */
function trim(url: string): string {
  let end = url.length;
  while (end > 0) {
    const last = url.charAt(end - 1);
    const inside = url.slice(0, end);
    if (/[.,;:!?'’*_~]/.test(last)) end -= 1;
    else if (last === ')' && count(inside, ')') > count(inside, '(')) end -= 1;
    else if (last === ']' && count(inside, ']') > count(inside, '[')) end -= 1;
    else if (last === '}' && count(inside, '}') > count(inside, '{')) end -= 1;
    else break;
  }
  return url.slice(0, end);
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}
