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
      return `:${word('name')}:`;
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
 * Puts back the quotes and dashes that a phone made pretty, outside string literals: what stands between straight quotes or
 * backticks is left as it is.
 */
export function straighten(text: string): Straightened {
  let out = '';
  let open = '';
  for (const sign of text) {
    if (open !== '') {
      if (sign === open && !out.endsWith('\\')) open = '';
      out += sign;
      continue;
    }
    if (sign === '"' || sign === '`') open = sign;
    out += PLAIN[sign] ?? sign;
  }
  return { text: out, changed: out !== text };
}

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
