import { footOf } from '../../src/domain/postmortem/read-back.ts';
import { visible } from '../text.ts';
import {
  type Document,
  type DocumentBlock,
  type Piece,
  type Pieces,
  type Section,
  UNVERIFIED,
} from './document.ts';
import { inertMarkdown, lineStart, markdownText } from './inert.ts';

/** The whole document as one markdown file, which can be edited and given back. https://github.github.com/gfm/ */
export function markdownFile(document: Document, revision: number): string {
  const { title, about, sections } = document;
  const incident = /^INC-\d+/.exec(title)?.[0] ?? 'INC-0';
  return [
    `# ${markdownText(title)}`,
    markdownText(about),
    ...sections.map((one) => `## ${markdownText(one.title)}\n\n${markdownOf(one)}`),
    '---',
    footOf(incident, revision),
  ]
    .map((one) => `${one}\n`)
    .join('\n');
}

/** One section without its heading. */
export function markdownOf({ blocks }: Pick<Section, 'blocks'>): string {
  return blocks
    .map(blockText)
    .filter((one) => one !== '')
    .join('\n\n');
}

function blockText(block: DocumentBlock): string {
  switch (block.kind) {
    case 'line':
      return pieces(block.pieces);
    case 'list':
      return block.items.map((item) => `- ${pieces(item)}`).join('\n');
    case 'table':
      return table(block);
    case 'code':
      return fenced(block.text);
    case 'missing':
      return `*${pieces(block.pieces)}*`;
    case 'written':
      return inertMarkdown(block.markdown);
    case 'picture':
      return `*${markdownText(`Picture ${block.name}: ${block.alt}`)}*`;
  }
}

function table({ head, rows }: Extract<DocumentBlock, { kind: 'table' }>): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row(head.map(markdownText)),
    row(head.map(() => '---')),
    ...rows.map((cells) => row(cells.map(cell))),
  ].join('\n');
}

function pieces(all: Pieces): string {
  const line = all.map(piece).join('').trim();
  return typeof all[0] === 'string' ? lineStart(line) : line;
}

/** A pipe ends a cell even in code, unless it is escaped there. */
function cell(all: Pieces): string {
  return pieces(all).replace(/(?<!\\)\|/g, '\\|');
}

function piece(one: Piece): string {
  if (typeof one === 'string') return markdownText(one);
  if ('strong' in one) return `**${markdownText(one.strong).trim()}**`;
  if ('code' in one) return inlineCode(one.code);
  if ('mark' in one) return `**${UNVERIFIED}**`;
  return `[${markdownText(one.text)}](<${one.link.replace(/[<>\s|]/g, encodeURIComponent)}>)`;
}

function inlineCode(text: string): string {
  const line = visible(text).replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  return longest === 0 ? `${mark}${line || ' '}${mark}` : `${mark} ${line} ${mark}`;
}

function fenced(text: string): string {
  const whole = visible(text);
  const longest = Math.max(2, ...[...whole.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}\n${whole}\n${mark}`;
}
