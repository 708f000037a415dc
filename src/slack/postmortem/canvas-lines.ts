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

const PIECE = /<(h[1-6]|p|li|blockquote|pre|td|th)\b([^>]*)>([\s\S]*?)<\/\1>/gi;

/**
 * The headings of a canvas with the lines below each, from the HTML that Slack lets it be downloaded as. Only text is read, and nothing
 * of it is shown: it is compared with what was written. What comes before the first heading belongs to none.
 */
export function canvasParts(html: string): readonly CanvasPart[] {
  const parts: { title: string; lines: CanvasLine[] }[] = [];
  for (const [, tag = '', attributes = '', inner = ''] of html.matchAll(PIECE)) {
    const text = plain(inner);
    if (/^h[1-3]$/i.test(tag)) parts.push({ title: text, lines: [] });
    else if (text !== '') {
      const id = /\bid=['"]([^'"]{1,200})['"]/.exec(attributes)?.[1];
      parts.at(-1)?.lines.push({ text, ...(id !== undefined && { id }) });
    }
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
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi,
      (whole, decimal, hex, name: string | undefined) => {
        if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
        const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      },
    )
    .replace(/\s+/g, ' ')
    .trim();
}
