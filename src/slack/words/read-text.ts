/**
 * Reads what a person typed, literally, from Slack's rich_text blocks; from `text` only where there are none. Links read as
 * what was visible, emoji as `:name:`, styled code keeps its backticks so that nothing inside it is taken for an option.
 */
export function readText(message: { readonly text?: string; readonly blocks?: readonly unknown[] }): string {
  const rich = (message.blocks ?? []).filter(isRichText);
  const read =
    rich.length > 0
      ? rich.map((block) => parts(block, 'elements').map(readPart).join('')).join('\n')
      : decode(message.text ?? '');
  return read
    .replace(/\u00a0|\u202f/g, ' ')
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .trimEnd();
}

/** Undoes Slack's rewriting of `text`: links by their label, entities once. */
export function decode(text: string): string {
  return text
    .replace(
      /<([@#!])([^>|]*)(?:\|([^>]*))?>/g,
      (_all, sign: string, id: string, label: string | undefined) =>
        sign === '@' ? `<@${id}>` : sign === '#' ? `<#${id}>` : label !== undefined ? label : `@${id}`,
    )
    .replace(
      /<((?:https?|mailto|tel):[^>|]*)(?:\|([^>]*))?>/g,
      (_all, address: string, label: string | undefined) => label ?? address.replace(/^(mailto|tel):/, ''),
    )
    .replace(/&(lt|gt|amp);/g, (_all, name: string) => (name === 'lt' ? '<' : name === 'gt' ? '>' : '&'));
}

interface Part {
  readonly type?: unknown;
  readonly [key: string]: unknown;
}

function isRichText(block: unknown): block is Part {
  return typeof block === 'object' && block !== null && (block as Part).type === 'rich_text';
}

function parts(part: Part, key: string): readonly Part[] {
  const inner = part[key];
  return Array.isArray(inner)
    ? inner.filter((one): one is Part => typeof one === 'object' && one !== null)
    : [];
}

function readPart(part: Part): string {
  const inside = () => parts(part, 'elements').map(readElement).join('');
  switch (part.type) {
    case 'rich_text_preformatted':
      return `\n\`\`\`${parts(part, 'elements').map(plain).join('')}\`\`\`\n`;
    case 'rich_text_list':
      return `${parts(part, 'elements')
        .map((item) => readPart(item))
        .join('\n')}\n`;
    case 'rich_text_quote':
      return `${inside()
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')}\n`;
    default:
      return inside();
  }
}

function readElement(part: Part): string {
  const style = part.style;
  const code = typeof style === 'object' && style !== null && (style as Part).code === true;
  return code ? `\`${plain(part)}\`` : plain(part);
}

function plain(part: Part): string {
  const word = (key: string) => (typeof part[key] === 'string' ? (part[key] as string) : '');
  switch (part.type) {
    case 'text':
      return word('text');
    case 'link':
      return word('text') || word('url').replace(/^mailto:/, '');
    case 'emoji':
      return typeof part.skin_tone === 'number'
        ? `:${word('name')}::skin-tone-${part.skin_tone}:`
        : `:${word('name')}:`;
    case 'user':
      return `<@${word('user_id')}>`;
    case 'channel':
      return `<#${word('channel_id')}>`;
    case 'usergroup':
      return `<!subteam^${word('usergroup_id')}>`;
    case 'broadcast':
      return `@${word('range')}`;
    case 'date':
      return word('fallback');
    case 'color':
      return word('value');
    default:
      return '';
  }
}

/** A text whose typing was made plain, and whether that changed anything. */
export interface Straightened {
  readonly text: string;
  readonly changed: boolean;
}

/**
 * Puts back the quotes and dashes that a phone made pretty, outside string literals: what stands between quotes, straight or
 * pretty, or between backticks is left as it is.
 */
export function straighten(text: string): Straightened {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? '';
    const end = literalEnd(text, i);
    if (end === undefined) out += PLAIN[sign] ?? sign;
    else {
      out += (PLAIN[sign] ?? sign) + text.slice(i + 1, end) + (PLAIN[text[end] ?? ''] ?? text[end]);
      i = end;
    }
  }
  return { text: out, changed: out !== text };
}

/** Pretty quotes made plain, sign for sign, so that a name such as `I'm lead` is known however it was typed. */
export function plainQuotes(text: string): string {
  return text.replace(/[\u201c\u201d\u201e\u2018\u2019\u201a]/g, (sign) => PLAIN[sign] ?? sign);
}

/** Where the literal that opens here is closed; an apostrophe after a letter opens none. */
function literalEnd(text: string, from: number): number | undefined {
  const closing = CLOSING[text[from] ?? ''];
  if (closing === undefined) return undefined;
  if (text[from] === "'" && /[\p{L}\p{N}]/u.test(text[from - 1] ?? '')) return undefined;
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\' && text[from] !== '`') i++;
    else if (closing.includes(text[i] ?? '')) return i;
  }
  return undefined;
}

const CLOSING: Readonly<Record<string, string>> = {
  '"': '"',
  '`': '`',
  "'": "'",
  '\u201c': '\u201d"',
  '\u201e': '\u201c\u201d"',
  '\u2018': "\u2019'",
  '\u201a': "\u2018\u2019'",
};

const PLAIN: Readonly<Record<string, string>> = {
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': "'",
  '\u2013': '-',
  '\u2014': '--',
};
