import { safeUrl } from '../text.ts';
import { html } from './html-escape.ts';

/** Markdown that a person wrote, as HTML: headings, lists, code, quotes and paragraphs; whatever else it holds is literal. */
export function writtenHtml(markdown: string): string {
  const parts = markdown.split(/^ {0,3}```[^\n]*\n([\s\S]*?)(?:^ {0,3}```[ \t]*$|(?![\s\S]))/m);
  return parts
    .map((part, index) =>
      index % 2 === 1 ? `<pre><code>${html(part.replace(/\n$/, ''))}</code></pre>` : prose(part),
    )
    .join('\n');
}

function prose(text: string): string {
  return text
    .split(/\n{2,}/)
    .flatMap((block) => (block.trim() === '' ? [] : [paragraph(block.trim().split('\n'))]))
    .join('\n');
}

const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/;
const HEADING = /^(#{1,6})\s+(.+)$/;
const RULE = /^\|?[\s:|-]+\|?$/;

/** Lines of one kind stand together. */
function paragraph(lines: readonly string[]): string {
  const [first = ''] = lines;
  const rest = (count: number) => (lines.length > count ? `\n${paragraph(lines.slice(count))}` : '');
  const heading = HEADING.exec(first);
  if (heading) return `<h3>${inline(heading[2] ?? '')}</h3>${rest(1)}`;
  const run = (is: (line: string) => boolean) => {
    const end = lines.findIndex((line) => !is(line));
    return end < 0 ? lines.length : end;
  };
  if (ITEM.test(first)) {
    const count = run((line) => ITEM.test(line));
    const items = lines.slice(0, count).map((line) => `<li>${inline(line.replace(ITEM, ''))}</li>`);
    return `<ul>${items.join('')}</ul>${rest(count)}`;
  }
  if (first.startsWith('|')) {
    const count = run((line) => line.startsWith('|'));
    return `${table(lines.slice(0, count))}${rest(count)}`;
  }
  if (first.startsWith('>')) {
    const count = run((line) => line.startsWith('>'));
    const quoted = lines.slice(0, count).map((line) => inline(line.replace(/^>\s?/, '')));
    return `<blockquote>${quoted.join('<br>')}</blockquote>${rest(count)}`;
  }
  const plain = run((line) => !ITEM.test(line) && !HEADING.test(line) && !/^[|>]/.test(line));
  return `<p>${lines.slice(0, plain).map(inline).join('<br>')}</p>${rest(plain)}`;
}

function table(lines: readonly string[]): string {
  const cells = (line: string) =>
    line
      .trim()
      .replace(/^\||(?<!\\)\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => inline(cell.trim()));
  const body = lines.filter((line) => !RULE.test(line)).map(cells);
  const rows = body.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `<div class="wide"><table>${rows.join('')}</table></div>`;
}

const INLINE =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\[([^\]\n]{1,2000})\]\(<?(https?:\/\/[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?\)|<?(https?:\/\/[^\s<>"')\]]+)>?/g;

function inline(text: string): string {
  let out = '';
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    out += html(unescaped(text.slice(from, found.index)));
    from = found.index + found[0].length;
    const [whole, code, strong, label, url, bare] = found;
    const address = safeUrl(url ?? bare);
    if (code !== undefined) out += `<code>${html(code)}</code>`;
    else if (strong !== undefined) out += `<strong>${html(unescaped(strong))}</strong>`;
    else if (address !== undefined)
      out += `<a href="${html(address)}" rel="noreferrer">${html(unescaped(label ?? address))}</a>`;
    else out += html(whole);
  }
  return out + html(unescaped(text.slice(from)));
}

/** A backslash before a sign only says that the sign is meant. */
function unescaped(text: string): string {
  return text
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&');
}
