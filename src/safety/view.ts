/**
 * A text seen through a disguise: its characters after decoding or squeezing, each with the stretch of the
 * original text it came from, so that what is found in the view can be cut out of the original.
 */
export interface View {
  readonly codes: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** 0, 1, 2 …: a text stands as it stands, so its places need not be written down for each of ordinary length. */
const PLACES = counting((1 << 15) + 1);

function counting(length: number): Int32Array {
  return Int32Array.from({ length }, (_, place) => place);
}

/** The text as it stands. */
export function plainView(text: string): View {
  const length = text.length;
  const codes = new Uint16Array(length);
  for (let i = 0; i < length; i++) codes[i] = text.charCodeAt(i);
  const places = length < PLACES.length ? PLACES : counting(length + 1);
  return { codes, starts: places.subarray(0, length), ends: places.subarray(1, length + 1) };
}

/** The characters of a view as a string of the same length. */
export function viewText(view: View): string {
  const { codes } = view;
  return Buffer.from(codes.buffer, codes.byteOffset, codes.byteLength).toString('utf16le');
}

const NAMED: Readonly<Record<string, number>> = {
  amp: 0x26,
  lt: 0x3c,
  gt: 0x3e,
  quot: 0x22,
  apos: 0x27,
  nbsp: 0x20,
  colon: 0x3a,
  equals: 0x3d,
  commat: 0x40,
  sol: 0x2f,
  plus: 0x2b,
  lowbar: 0x5f,
  hyphen: 0x2d,
  dash: 0x2d,
  period: 0x2e,
  num: 0x23,
  excl: 0x21,
  dollar: 0x24,
  percnt: 0x25,
  ast: 0x2a,
  quest: 0x3f,
  semi: 0x3b,
  Tab: 0x09,
  NewLine: 0x0a,
}; // https://html.spec.whatwg.org/multipage/named-characters.html: the ones that stand for ASCII in practice
const ESCAPED: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, b: 0x08, f: 0x0c };
// One branch per way of writing a character, each of fixed or bounded length.
const DISGUISE =
  /%([0-9a-f]{2})|&#(\d{1,7});?|&#x([0-9a-f]{1,6});?|&([a-z]{2,8});|\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|\\([^\w\s]|[nrtbf])/gi;

/**
 * One layer of URL, HTML, JSON and backslash escapes undone. Undefined when there was nothing to undo.
 * Percent escapes give bytes, so text beyond ASCII comes out as its UTF-8 bytes.
 */
export function decodeView(view: View): View | undefined {
  const text = viewText(view);
  DISGUISE.lastIndex = 0;
  let match = DISGUISE.exec(text);
  if (match === null) return undefined;
  const codes = new Uint16Array(text.length);
  const starts = new Int32Array(text.length);
  const ends = new Int32Array(text.length);
  let length = 0;
  let from = 0;
  const keep = (until: number): void => {
    codes.set(view.codes.subarray(from, until), length);
    starts.set(view.starts.subarray(from, until), length);
    ends.set(view.ends.subarray(from, until), length);
    length += until - from;
  };
  let changed = false;
  for (; match !== null; match = DISGUISE.exec(text)) {
    const code = decoded(match);
    if (code === undefined || code > 0xffff) continue;
    changed = true;
    keep(match.index);
    const last = match.index + match[0].length - 1;
    codes[length] = code;
    starts[length] = view.starts[match.index] ?? 0;
    ends[length] = view.ends[last] ?? 0;
    length += 1;
    from = last + 1;
  }
  if (!changed) return undefined;
  keep(text.length);
  return { codes: codes.slice(0, length), starts: starts.slice(0, length), ends: ends.slice(0, length) };
}

function decoded(match: RegExpExecArray): number | undefined {
  const hex = match[1] ?? match[3] ?? match[5] ?? match[6] ?? match[7];
  if (hex !== undefined) return Number.parseInt(hex, 16);
  if (match[2] !== undefined) return Number(match[2]);
  const name = match[4];
  if (name !== undefined) return Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  const escaped = match[8] ?? '';
  return ESCAPED[escaped] ?? escaped.charCodeAt(0);
}

/**
 * What people and formatters put between the characters of a secret: blanks, controls, dashes, quotes, style
 * marks, brackets of mentions, and everything that is not seen at all.
 */
export function isSeparator(code: number): boolean {
  if (code <= 0x20) return true;
  if (code < 0x7f) return SEPARATOR[code] === 1;
  if (code <= 0xa0 || code === 0xad) return true;
  if (code < 0x034f) return false;
  // Halves of emoji and tag characters: none of them is part of a token.
  if (code >= 0xd800 && code <= 0xdfff) return true;
  return (
    isInvisible(code) ||
    (code >= 0x2010 && code <= 0x2015) ||
    code === 0x2212 ||
    (code >= 0x2018 && code <= 0x201f) ||
    code === 0x2022 ||
    code === 0xb7 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}
const SEPARATOR = new Uint8Array(128);
for (const mark of '-_*~`\'"|,.:;\\<>') SEPARATOR[mark.charCodeAt(0)] = 1;

/** Zero-width, bidi and other format characters: they change nothing that is seen, or only its order. */
export function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x034f ||
    code === 0x061c ||
    code === 0x115f ||
    code === 0x1160 ||
    code === 0x17b4 ||
    code === 0x17b5 ||
    (code >= 0x180b && code <= 0x180f) ||
    (code >= 0x200b && code <= 0x200f) ||
    code === 0x2028 ||
    code === 0x2029 ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0x3164 ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    code === 0xffa0 ||
    (code >= 0xfff9 && code <= 0xfffb)
  );
}

/** The view without the characters `drop` names. The same view when there are none. */
export function withoutCodes(view: View, drop: (code: number) => boolean): View {
  const { codes } = view;
  let length = 0;
  const kept = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) if (!drop(codes[i] ?? 0)) kept[length++] = i;
  if (length === codes.length) return view;
  const out = {
    codes: new Uint16Array(length),
    starts: new Int32Array(length),
    ends: new Int32Array(length),
  };
  for (let i = 0; i < length; i++) {
    const at = kept[i] ?? 0;
    out.codes[i] = codes[at] ?? 0;
    out.starts[i] = view.starts[at] ?? 0;
    out.ends[i] = view.ends[at] ?? 0;
  }
  return out;
}

/** Lower case, full-width forms made ordinary. Never changes the length. */
export function foldCode(code: number): number {
  if (code >= 0x41 && code <= 0x5a) return code + 32;
  if (code < 0x80) return code;
  if (code >= 0xff01 && code <= 0xff5e) return foldCode(code - 0xfee0);
  const lower = String.fromCharCode(code).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : code;
}
