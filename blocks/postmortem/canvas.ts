import { clean, visible } from '../text.ts';
import {
  type Document,
  type DocumentBlock,
  type Piece,
  type Pieces,
  type Section,
  UNVERIFIED,
} from './document.ts';
import { lineStart, markdownText, withoutPings } from './inert.ts';

/** Bytes: Slack takes 1 MiB of markdown in all; a section that would be more says where the rest is. */
const SECTION_ROOM = 48_000;
const ITEMS = 200;

/** A section of a canvas: one heading, and below it paragraphs and list items of one line each. */
export interface CanvasSection {
  readonly key: string;
  readonly title: string;
  readonly markdown: string;
  /** What a reader sees of each paragraph and item, in order: by it the section is known to stand as it was written. */
  readonly lines: readonly string[];
}

/**
 * The document in what canvases know of markdown: headings, paragraphs, lists, bold, code and links. A mention in a canvas is
 * written as an image (`![](@U123)`), so nothing of people's can be one. https://docs.slack.dev/surfaces/canvases
 */
export function canvasSections({ sections }: Document): readonly CanvasSection[] {
  return sections.map((section) => {
    const { shown, left } = within(rowsOf(section));
    const rows =
      left > 0 ? [...shown, { item: false, pieces: [`${left} more lines are in the files.`] }] : shown;
    return {
      key: section.key,
      title: clean(section.title).replace(/\s+/g, ' '),
      markdown: join(rows),
      lines: rows.map((row) => plainLine(row.pieces)),
    };
  });
}

/** The whole canvas. */
export function canvasMarkdown(document: Document): string {
  return [
    markdownText(document.about),
    ...canvasSections(document).map(({ title, markdown }) => `## ${markdownText(title)}\n\n${markdown}`),
  ].join('\n\n');
}

interface Row {
  readonly item: boolean;
  readonly pieces: Pieces;
}

function within(rows: readonly Row[]): { readonly shown: readonly Row[]; readonly left: number } {
  let room = SECTION_ROOM;
  const shown = rows.slice(0, ITEMS).filter((row) => {
    room -= new TextEncoder().encode(pieces(row.pieces)).length + 4;
    return room > 0;
  });
  return { shown, left: rows.length - shown.length };
}

function rowsOf({ blocks }: Section): readonly Row[] {
  const rows = blocks.flatMap(rowsIn).filter((row) => plainLine(row.pieces) !== '');
  return rows.length > 0 ? rows : [{ item: false, pieces: ['Nothing yet.'] }];
}

function rowsIn(block: DocumentBlock): readonly Row[] {
  switch (block.kind) {
    case 'line':
      return [{ item: false, pieces: block.pieces }];
    case 'list':
      return block.items.map((item) => ({ item: true, pieces: item }));
    case 'table':
      return block.rows.map((cells) => ({
        item: true,
        pieces: cells.flatMap((cell, index) => (index === 0 || cell.length === 0 ? cell : ['  ', ...cell])),
      }));
    case 'code':
      return [{ item: false, pieces: [{ code: block.text }] }];
    case 'missing':
      return [{ item: false, pieces: block.pieces }];
    case 'written':
      return block.markdown.split('\n').map((line) => ({
        item: /^\s*[-*+]\s/.test(line),
        pieces: [line.replace(/^\s*(?:[-*+]|#{1,6}|>)\s+/, '').replace(/\\([!-/:-@[-`{-~])/g, '$1')],
      }));
    case 'picture':
      return [];
  }
}

function join(rows: readonly Row[]): string {
  return rows
    .map((row, index) => {
      const before = rows[index - 1];
      const gap = before === undefined ? '' : before.item && row.item ? '\n' : '\n\n';
      return `${gap}${row.item ? '- ' : ''}${pieces(row.pieces)}`;
    })
    .join('');
}

function pieces(all: Pieces): string {
  const line = all.map(piece).join('').trim();
  return typeof all[0] === 'string' ? lineStart(line) : line;
}

function piece(one: Piece): string {
  if (typeof one === 'string') return markdownText(one);
  if ('strong' in one) return `**${markdownText(one.strong).trim()}**`;
  if ('code' in one) return `\`${oneLineCode(one.code)}\``;
  if ('mark' in one) return `**${UNVERIFIED}**`;
  return `[${markdownText(one.text)}](${one.link.replace(/[()<>\s|]/g, encode)})`;
}

function encode(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function oneLineCode(text: string): string {
  return visible(text).replace(/\s+/g, ' ').replaceAll('`', "'") || ' ';
}

/** What is seen of it, without any markup. */
function plainLine(all: Pieces): string {
  const say = (one: Piece) => {
    if (typeof one === 'string') return withoutPings(clean(one));
    if ('strong' in one) return withoutPings(clean(one.strong));
    if ('code' in one) return oneLineCode(one.code);
    return 'mark' in one ? UNVERIFIED : withoutPings(clean(one.text));
  };
  return all.map(say).join('').replace(/\s+/g, ' ').trim();
}
