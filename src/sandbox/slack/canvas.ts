import type { Instant } from '../../domain/time.ts';

/** One piece of a canvas that can be looked up, replaced and deleted by its id. */
export interface CanvasBlock {
  readonly id: string;
  readonly kind: 'h1' | 'h2' | 'h3' | 'p' | 'li' | 'pre' | 'blockquote' | 'table' | 'hr';
  readonly markdown: string;
}

export interface Canvas {
  readonly id: string;
  title: string;
  readonly owner: string;
  readonly created: Instant;
  updated: Instant;
  /** Whose tab it is. */
  readonly channel?: string;
  /** Channels and people that were let in. */
  readonly access: Map<string, 'read' | 'write' | 'owner'>;
  blocks: CanvasBlock[];
}

const LIST = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/;

/** Cuts markdown into blocks: headings, list items, paragraphs. https://docs.slack.dev/surfaces/canvases */
export function blocksOf(markdown: string, nextId: () => string): CanvasBlock[] {
  const blocks: CanvasBlock[] = [];
  let open: { kind: CanvasBlock['kind']; lines: string[] } | undefined;
  const add = (kind: CanvasBlock['kind'], text: string) =>
    blocks.push({ id: nextId(), kind, markdown: text });
  const close = () => {
    if (open) add(open.kind, open.lines.join('\n'));
    open = undefined;
  };
  const into = (kind: CanvasBlock['kind'], line: string) => {
    if (open?.kind !== kind) close();
    open ??= { kind, lines: [] };
    open.lines.push(line);
  };
  for (const line of markdown.split('\n')) {
    const heading = /^(#{1,3})\s+(.+)$/.exec(line);
    if (open?.kind === 'pre') {
      if (/^```\s*$/.test(line)) close();
      else open.lines.push(line);
    } else if (/^```/.test(line)) {
      close();
      open = { kind: 'pre', lines: [] };
    } else if (heading) {
      close();
      add(`h${heading[1]?.length ?? 1}` as 'h1', heading[2] ?? '');
    } else if (LIST.test(line)) {
      close();
      add('li', line.replace(LIST, ''));
    } else if (/^---+\s*$/.test(line)) {
      close();
      add('hr', '');
    } else if (line.trim() === '') close();
    else if (line.startsWith('|')) into('table', line);
    else if (line.startsWith('>')) into('blockquote', line.replace(/^>\s?/, ''));
    else into('p', line);
  }
  close();
  return blocks;
}

const INLINE =
  /\\([!-/:-@[-`{-~])|`([^`\n]+)`|\*\*([^*]+)\*\*|!\[\]\(@(\w+)\)|\[((?:\\.|[^\]\\])*)\]\(([^()\s]*)\)|([\s\S])/g;

/** What a reader sees of a block's markdown. */
export function plainOf(markdown: string): string {
  return [...markdown.matchAll(INLINE)]
    .map(([, escaped, code, strong, mention, label, , plain]) => {
      const nested = strong ?? label;
      if (nested !== undefined) return plainOf(nested);
      return escaped ?? code ?? (mention === undefined ? undefined : `@${mention}`) ?? plain ?? '';
    })
    .join('')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<');
}

/** A canvas as Slack lets it be downloaded: one HTML document, each piece with its id. */
export function canvasHtml(canvas: Canvas): string {
  const pieces = canvas.blocks.map((block) => {
    const text = inlineHtml(block.markdown);
    if (block.kind === 'li')
      return `<div data-section-style='5'><ul id='${block.id}-list'><li id='${block.id}' value='1'><span>${text}</span><br/></li></ul></div>`;
    if (block.kind === 'hr') return '<hr/>';
    return `<${block.kind} id='${block.id}'${block.kind === 'p' ? " class='line'" : ''}>${text}</${block.kind}>`;
  });
  return `<!doctype html><html><head><title>${literal(canvas.title)}</title></head><body><h1 id='title'>${literal(canvas.title)}</h1>${pieces.join('')}</body></html>`;
}

function inlineHtml(markdown: string): string {
  return [...markdown.matchAll(INLINE)]
    .map(([, escaped, code, strong, mention, label, url, plain]) => {
      if (code !== undefined) return `<code>${literal(code)}</code>`;
      if (strong !== undefined) return `<b>${inlineHtml(strong)}</b>`;
      if (mention !== undefined) return `<a>@${literal(mention)}</a>`;
      if (label !== undefined) return `<a href="${literal(url ?? '')}">${inlineHtml(label)}</a>`;
      return literal(escaped ?? plain ?? '');
    })
    .join('')
    .replaceAll('&amp;amp;', '&amp;')
    .replaceAll('&amp;lt;', '&lt;');
}

function literal(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
