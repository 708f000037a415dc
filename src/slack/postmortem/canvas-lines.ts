/** One line of a canvas as its reader sees it. */
export interface CanvasLine {
  /** Slack's id of it, where the HTML says one. */
  readonly id?: string;
  readonly text: string;
}

/** What stands below one heading of a canvas, in order. */
export interface CanvasPart {
  readonly title: string;
  readonly lines: readonly CanvasLine[];
}

const TAG = /<(\/?)([a-z][a-z0-9]{0,20})\b([^<>]{0,4000})>/gi;
/** Elements that are a line each; what stands within one belongs to it. */
const LINES: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'p', 'li', 'blockquote', 'pre', 'td', 'th']);

/**
 * The headings of a canvas with the lines below each, from the HTML that Slack lets it be downloaded as. Only text is read, and nothing
 * of it is shown: it is compared with what was written. What comes before the first heading belongs to none.
 */
export function canvasParts(html: string): readonly CanvasPart[] {
  const parts: { title: string; lines: CanvasLine[] }[] = [];
  let open: { readonly tag: string; readonly id: string | undefined; readonly from: number } | undefined;
  for (const { 0: whole, 1: close, 2: name = '', 3: attributes = '', index } of html.matchAll(TAG)) {
    const tag = name.toLowerCase();
    if (open === undefined) {
      const id = /\bid=['"]([^'"]{1,200})['"]/.exec(attributes)?.[1];
      if (close === '' && LINES.has(tag)) open = { tag, id, from: index + whole.length };
      continue;
    }
    if (close === '' || tag !== open.tag) continue;
    const text = plain(html.slice(open.from, index));
    if (/^h[1-3]$/.test(tag)) parts.push({ title: text, lines: [] });
    else if (text !== '') parts.at(-1)?.lines.push({ text, ...(open.id !== undefined && { id: open.id }) });
    open = undefined;
  }
  return parts;
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  amp: '&',
};

function plain(html: string): string {
  return html
    .replace(/<[^<>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi, (whole, decimal, hex, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    })
    .replace(/[\s\u200b]+/g, ' ')
    .trim();
}
