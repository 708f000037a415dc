import type { Face } from './text-width.ts';

type Value = string | number | undefined;

/** Characters that XML cannot hold, and those that are drawn as nothing or turn what follows around. */
const UNDRAWABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF0-\uFFFF\u{E0000}-\u{E0FFF}]|[\uFE00-\uFE0F]/gu;

const FACES: Readonly<Record<Face, Readonly<Record<string, Value>>>> = {
  book: {},
  bold: { 'font-weight': 'bold' },
  mono: { 'font-family': 'DejaVu Sans Mono', 'font-stretch': 'normal' },
};

/** One element; attributes without a value are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, Value>>,
  ...children: readonly string[]
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? figure(value) : escaped(value)}"`],
  );
  const start = `<${name}${written.join('')}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}

export interface TextLook {
  readonly size: number;
  readonly face?: Face;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** A line of text, its baseline at `y`. */
export function label(text: string, x: number, y: number, look: TextLook): string {
  return element(
    'text',
    {
      x,
      y,
      'font-size': look.size,
      fill: look.fill,
      'text-anchor': look.anchor === 'start' ? undefined : look.anchor,
      ...FACES[look.face ?? 'book'],
    },
    escaped(text),
  );
}

/** At most two decimals, and nothing that is no number: what is drawn is the same on every machine. */
export function figure(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0';
}

/** Text as XML may hold it. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(UNDRAWABLE, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
