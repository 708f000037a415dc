import { group, upTo, weight } from '../../../blocks/fit.ts';
import type { Block, Message, TextFile, View } from '../../../blocks/message.ts';
import { WITHHELD } from '../../safety/redactor.ts';
import { mapChildren } from './map-children.ts';

/** Slack cuts or refuses longer texts, by method: the lowest of them. */
export const TEXT_LIMIT = 4_000;
/** https://docs.slack.dev/reference/block-kit/blocks */
export const BLOCK_LIMIT = 50;
export const VIEW_BLOCK_LIMIT = 100;
/** Undocumented; Slack refuses somewhere above 13,000. https://github.com/slackapi/bolt-js/issues/2509 */
export const WEIGHT_LIMIT = 10_000;
const URL_LIMIT = 3_000;
/** Slack's limit on the text of a section. */
const SECTION_LIMIT = 3_000;
/** What of a block that is too big stays to be seen. */
const SHOWN = 2_000;
const FILE_TITLE = 'The whole text';

/** What stands in place of a message that could not be checked. */
export const WITHHELD_MESSAGE: Message = {
  text: WITHHELD,
  blocks: [{ type: 'section', text: { type: 'plain_text', text: WITHHELD } }],
};

/**
 * The message as Slack takes it. `blocks/` fits what it draws; this is for what slipped through: what is too much goes on in
 * `more` or into a file, and a visible line says so.
 */
export function fitMessage(message: Message): Message {
  const files: TextFile[] = [...(message.files ?? [])];
  const blocks = message.blocks.flatMap((block) => fitBlock(block, files));
  const text = fitText(message.text, blocks, files);
  const more = (message.more ?? []).map(fitMessage);
  const fits = blocks.length <= BLOCK_LIMIT && weight(blocks) <= WEIGHT_LIMIT;
  const [first = [], ...rest] = fits
    ? [blocks]
    : group(blocks, weight, { weight: WEIGHT_LIMIT - 1_000, pieces: BLOCK_LIMIT - 1 });
  const left = rest.reduce((sum, part) => sum + part.length, 0);
  const continued = rest.map((part) => ({ text: `${upTo(text, 200)} (continued)`, blocks: part }));
  const all = [...continued, ...more];
  return {
    text,
    blocks: left === 0 ? first : [...first, line(`… ${left} more parts follow in the thread.`)],
    ...(all.length > 0 && { more: all }),
    ...(files.length > 0 && { files }),
  };
}

/** The words alone, for when Slack will not have the blocks: everything they said is in a file. */
export function withoutBlocks(message: Message): Message {
  const whole = message.blocks.map(wordsOf).join('\n\n').trim();
  const file = { name: 'message.txt', title: FILE_TITLE, text: whole };
  return {
    text: message.text,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: upToMarkup(message.text, SECTION_LIMIT) } },
      line('Slack would not show this message as it was drawn: all of it is in the file in the thread.'),
    ],
    ...(message.more && { more: message.more }),
    files: [...(message.files ?? []), ...(whole === '' ? [] : [file])],
  };
}

/** For where there is neither thread nor file: says what is missing instead. */
export function saying(message: Message, what: string): Message {
  const room = message.blocks.slice(0, BLOCK_LIMIT - 1);
  return { text: message.text, blocks: [...room, line(what)] };
}

/** A view as Slack takes it; what does not fit is said in its last line. */
export function fitView(view: View): View {
  const { blocks } = view;
  if (blocks.length <= VIEW_BLOCK_LIMIT) return view;
  const kept = blocks.slice(0, VIEW_BLOCK_LIMIT - 1);
  const left = blocks.length - kept.length;
  return { ...view, blocks: [...kept, line(`… ${left} more do not fit here.`)] };
}

/** What stands in place of a view that could not be checked. */
export function withheldView(view: View): View {
  const blocks = WITHHELD_MESSAGE.blocks as View['blocks'];
  if (view.type === 'home') return { type: 'home', blocks };
  return { type: 'modal', title: { type: 'plain_text', text: 'Steady' }, blocks };
}

function fitText(text: string, blocks: readonly Block[], files: TextFile[]): string {
  if (text.trim() === '') return upTo(escaped(blocks.map(wordsOf).join(' ')).trim(), 300) || 'Steady';
  if (text.length <= TEXT_LIMIT) return text;
  // With blocks it is only the notification; without them it is the message.
  if (blocks.length === 0) files.push({ name: 'text.txt', title: FILE_TITLE, text });
  const note = blocks.length === 0 ? ' … (the whole is in the file in the thread)' : '…';
  return upToMarkup(text, TEXT_LIMIT - note.length) + note;
}

function fitBlock(block: Block, files: TextFile[]): readonly Block[] {
  const links: string[] = [];
  const linked = withoutLongLinks(block, links) as Block | undefined;
  const notes = links.map((url) => {
    const name = `link-${files.length + 1}.txt`;
    files.push({ name, title: 'A link too long for a button', text: url });
    return line(`A link was too long to be a button: it is in ${name} in the thread.`);
  });
  if (linked === undefined) return notes;
  if (!isTooBig(linked)) return [linked, ...notes];
  const whole = wordsOf(linked);
  const name = `text-${files.length + 1}.txt`;
  files.push({ name, title: FILE_TITLE, text: whole });
  return [
    { type: 'section', text: { type: 'plain_text', text: upTo(whole, SHOWN) || '…' } },
    line(`… cut here: the whole is in ${name} in the thread.`),
    ...notes,
  ];
}

/** A single block that Slack takes in no company. Tables and fields have limits that `blocks/` keeps; Slack refuses the rest. */
function isTooBig(block: Block): boolean {
  if (weight(block) > WEIGHT_LIMIT - 1_000) return true;
  if (block.type === 'section') return (block.text?.text.length ?? 0) > SECTION_LIMIT;
  if (block.type === 'header') return block.text.text.length > 150;
  if (block.type === 'markdown') return block.text.length > WEIGHT_LIMIT;
  if (block.type === 'context') return block.elements.some((one) => 'text' in one && one.text.length > 2_000);
  return false;
}

/** The block without link buttons that Slack refuses; undefined where nothing is left of it. */
function withoutLongLinks(value: unknown, links: string[]): unknown {
  if (value === null || typeof value !== 'object') return value;
  const inside = () => mapChildren(value, (one) => withoutLongLinks(one, links));
  if (Array.isArray(value)) return inside();
  const { type, url, elements } = value as { type?: unknown; url?: unknown; elements?: unknown };
  if (typeof url === 'string' && url.length > URL_LIMIT) {
    links.push(url);
    const { text } = value as { text?: unknown };
    if (type === 'link') return { type: 'text', text: typeof text === 'string' ? text : 'link' };
    return undefined;
  }
  const before = links.length;
  const out: { readonly elements?: unknown } = inside();
  const emptied =
    links.length > before &&
    Array.isArray(elements) &&
    (!Array.isArray(out.elements) || out.elements.length === 0);
  return emptied ? undefined : out;
}

const SAID: ReadonlySet<string> = new Set(['text', 'title', 'alt_text', 'label', 'url', 'caption']);

/** What a block says, as plain text. */
function wordsOf(block: unknown): string {
  const out: string[] = [];
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (SAID.has(key)) out.push(value);
    } else if (Array.isArray(value)) for (const one of value) walk(one, key);
    else if (value !== null && typeof value === 'object') {
      const { type } = value as { type?: unknown };
      for (const [name, one] of Object.entries(value)) walk(one, name);
      if (typeof type === 'string' && type.startsWith('rich_text_')) out.push('\n');
    }
  };
  walk(block, '');
  return out
    .join(' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

/** The longest beginning that ends in no half link and no half entity. */
export function upToMarkup(text: string, max: number): string {
  if (text.length <= max) return text;
  return upTo(text, max)
    .replace(/<[^<>]*$/, '')
    .replace(/&[a-z]{0,3}$/, '')
    .trimEnd();
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function line(text: string): Block {
  return { type: 'context', elements: [{ type: 'plain_text', text }] };
}
