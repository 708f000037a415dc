// @ts-check
/**
 * The subset of Markdown that a `markdown` block shows, as a tree. Raw HTML and remote pictures stay text.
 * https://docs.slack.dev/reference/block-kit/blocks/markdown-block
 *
 * @typedef {{type: 'text', text: string}|{type: 'code', text: string}|{type: 'break'}
 *   |{type: 'bold'|'italic'|'strike', children: Inline[]}|{type: 'link', url: string, children: Inline[]}
 *   |{type: 'emoji', name: string}|{type: 'user'|'channel', id: string}} Inline
 * @typedef {{type: 'heading', level: number, children: Inline[]}|{type: 'paragraph', children: Inline[]}
 *   |{type: 'pre', text: string}|{type: 'rule'}|{type: 'quote', children: Block[]}
 *   |{type: 'list', ordered: boolean, start: number, items: Block[][]}
 *   |{type: 'table', head: Inline[][], rows: Inline[][][]}} Block
 */

const ITEM = /^( *)([-*+]|\d{1,9}[.)]) +(.*)$/;

/** @param {string} source @returns {Block[]} */
export function parseMarkdown(source) {
  return blocks(source.replace(/\r\n?/g, '\n').split('\n'));
}

/** @param {string[]} lines @returns {Block[]} */
function blocks(lines) {
  /** @type {Block[]} */
  const out = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const fence = /^ {0,3}(```+|~~~+)/.exec(line);
    if (line.trim() === '') at += 1;
    else if (fence) at = fenced(lines, at, String(fence[1]), out);
    else if (/^ {0,3}#{1,6} /.test(line)) {
      const [, marks = '#', text = ''] = /^ {0,3}(#{1,6}) +(.*?)(?: +#+)?$/.exec(line) ?? [];
      out.push({ type: 'heading', level: marks.length, children: inline(text) });
      at += 1;
    } else if (/^ {0,3}([-*_])( *\1){2,} *$/.test(line)) {
      out.push({ type: 'rule' });
      at += 1;
    } else if (/^ {0,3}>/.test(line)) {
      const end = run(lines, at, (next) => /^ {0,3}>/.test(next));
      out.push({
        type: 'quote',
        children: blocks(lines.slice(at, end).map((one) => one.replace(/^ {0,3}> ?/, ''))),
      });
      at = end;
    } else if (ITEM.test(line)) at = list(lines, at, out);
    else if (line.includes('|') && /^ *\|?( *:?-+:? *\|)+ *:?-*:? *$/.test(lines[at + 1] ?? ''))
      at = table(lines, at, out);
    else {
      const end = run(lines, at, (next, first) => first || !startsBlock(next));
      const text = lines.slice(at, end).map((one) => one.trim());
      out.push({ type: 'paragraph', children: inline(text.join('\n')) });
      at = end;
    }
  }
  return out;
}

/** @param {string} line */
function startsBlock(line) {
  return line.trim() === '' || /^ {0,3}(```|~~~|>|#{1,6} )/.test(line) || ITEM.test(line);
}

/** @param {string[]} lines @param {number} from @param {(line: string, first: boolean) => boolean} belongs */
function run(lines, from, belongs) {
  let end = from;
  while (end < lines.length && belongs(lines[end] ?? '', end === from)) end += 1;
  return end;
}

/** @param {string[]} lines @param {number} at @param {string} fence @param {Block[]} out */
function fenced(lines, at, fence, out) {
  const end = run(lines, at + 1, (line) => !line.trim().startsWith(fence));
  out.push({ type: 'pre', text: lines.slice(at + 1, end).join('\n') });
  return end + 1;
}

/** @param {string[]} lines @param {number} from @param {Block[]} out */
function list(lines, from, out) {
  const [, indent = '', marker = '-'] = ITEM.exec(lines[from] ?? '') ?? [];
  const ordered = /\d/.test(marker);
  /** @type {string[][]} */
  const items = [];
  let at = from;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const match = ITEM.exec(line);
    const depth = match?.[1]?.length ?? line.length - line.trimStart().length;
    if (match && depth <= indent.length) {
      if (depth < indent.length || /\d/.test(String(match[2])) !== ordered) break;
      items.push([String(match[3])]);
    } else if (line.trim() === '') {
      if (!/^ +\S/.test(lines[at + 1] ?? '') && !ITEM.test(lines[at + 1] ?? '')) break;
      items.at(-1)?.push('');
    } else if (depth > indent.length) items.at(-1)?.push(line.slice(Math.min(depth, indent.length + 2)));
    else break;
  }
  out.push({ type: 'list', ordered, start: Number.parseInt(marker, 10) || 1, items: items.map(blocks) });
  return at;
}

/** @param {string[]} lines @param {number} at @param {Block[]} out */
function table(lines, at, out) {
  const cells = (/** @type {string} */ line) =>
    line
      .trim()
      .replace(/^\||(?<!\\)\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => inline(cell.trim().replaceAll('\\|', '|')));
  const end = run(lines, at + 2, (line) => line.includes('|'));
  out.push({ type: 'table', head: cells(lines[at] ?? ''), rows: lines.slice(at + 2, end).map(cells) });
  return end;
}

const INLINE = new RegExp(
  [
    /`([^`\n]+)`/,
    /\[([^\]\n]*)\]\(<?(https?:\/\/[^\s)>]+)>?\)/,
    /<(https?:\/\/[^\s<>|]+)>/,
    /<([@#])([A-Z0-9]+)(?:\|[^>]*)?>/,
    /\*\*(?=\S)([\s\S]*?\S)\*\*/,
    /~~(?=\S)([\s\S]*?\S)~~/,
    /(?<![p{L}p{N}*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?!\*)/,
    /(?<![p{L}p{N}_])_(?=[^\s_])([^_\n]*[^\s_])_(?![p{L}p{N}_])/,
    /:([a-z0-9_+-]+):/,
    /\\([\\`*_{}[\]()#+\-.!|~<>])/,
    /(https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]}'"])/,
    /(\n)/,
  ]
    .map((part) => part.source)
    .join('|'),
  'giu',
);

/** @param {string} text @returns {Inline[]} */
function inline(text) {
  /** @type {Inline[]} */
  const out = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) out.push({ type: 'text', text: text.slice(from, match.index) });
    out.push(inlineNode(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) out.push({ type: 'text', text: text.slice(from) });
  return out;
}

/** @param {RegExpMatchArray} match @returns {Inline} */
function inlineNode(match) {
  const [
    whole,
    code,
    label,
    target,
    bracketed,
    sigil,
    id,
    bold,
    strike,
    star,
    underscore,
    emoji,
    escaped,
    bare,
  ] = match;
  if (code !== undefined) return { type: 'code', text: code };
  if (target !== undefined) return { type: 'link', url: target, children: inline(label || target) };
  const url = bracketed ?? bare;
  if (url !== undefined) return { type: 'link', url, children: [{ type: 'text', text: url }] };
  if (id !== undefined) return { type: sigil === '@' ? 'user' : 'channel', id };
  if (bold !== undefined) return { type: 'bold', children: inline(bold) };
  if (strike !== undefined) return { type: 'strike', children: inline(strike) };
  const italic = star ?? underscore;
  if (italic !== undefined) return { type: 'italic', children: inline(italic) };
  if (emoji !== undefined) return { type: 'emoji', name: emoji };
  if (escaped !== undefined) return { type: 'text', text: escaped };
  return whole === '\n' ? { type: 'break' } : { type: 'text', text: whole };
}
