import { isRecord } from '../../src/sandbox/slack/block-kit/check.ts';
import type { Json, Message } from '../../src/sandbox/slack/model.ts';

/** What a reader sees of a message, without layout: one line per block, buttons in brackets. */
export function plainText(message: Pick<Message, 'text' | 'blocks' | 'attachments'>): string {
  const blocks = message.blocks ?? [];
  const attached = (message.attachments ?? []).flatMap((item) => [
    ...[item.pretext, item.title, item.text].filter((text) => typeof text === 'string'),
    ...(Array.isArray(item.blocks) ? item.blocks.map(blockText) : []),
  ]);
  const shown = blocks.length === 0 ? [message.text] : blocks.map(blockText);
  return [...shown, ...attached].filter((line) => line !== '').join('\n');
}

/** The blocks of a view, the same way. */
export function plainBlocks(blocks: readonly unknown[]): string {
  return blocks
    .map(blockText)
    .filter((line) => line !== '')
    .join('\n');
}

function blockText(block: unknown): string {
  if (!isRecord(block)) return '';
  switch (block.type) {
    case 'divider':
      return '---';
    case 'image':
      return `[image: ${String(block.alt_text)}]`;
    case 'input':
      return `${textOf(block.label)}: ${elementText(block.element)}`;
    case 'section':
      return [
        textOf(block.text),
        ...list(block.fields).map(textOf),
        block.accessory === undefined ? '' : elementText(block.accessory),
      ]
        .filter((part) => part !== '')
        .join(' ');
    case 'actions':
    case 'context_actions':
      return list(block.elements).map(elementText).join(' ');
    case 'context':
      return list(block.elements)
        .map((element) => textOf(element) || elementText(element))
        .join(' ');
    case 'table':
    case 'data_table':
      return list(block.rows)
        .map((row) => list(row).map(cellText).join(' | '))
        .join('\n');
    case 'rich_text':
      return richText(block);
    default:
      return textOf(block.text) || String(block.text ?? '');
  }
}

function cellText(cell: unknown): string {
  if (!isRecord(cell)) return '';
  return cell.type === 'rich_text' ? richText(cell) : String(cell.text);
}

function elementText(element: unknown): string {
  if (!isRecord(element)) return '';
  if (element.type === 'image') return `[image: ${String(element.alt_text)}]`;
  if (element.text !== undefined) return `[${textOf(element.text)}]`;
  if (Array.isArray(element.options))
    return `[${element.options.map((option) => textOf(isRecord(option) ? option.text : undefined)).join(' / ')}]`;
  return `[${String(element.type)}]`;
}

/** The text of rich_text, entities for names, emoji as `:name:`. */
export function richText(block: Json): string {
  return list(block.elements)
    .map((part) => {
      if (!isRecord(part)) return '';
      if (part.type === 'rich_text_list')
        return list(part.elements)
          .map((item) => `• ${inline(item)}`)
          .join('\n');
      return part.type === 'rich_text_quote' ? `> ${inline(part)}` : inline(part);
    })
    .join('\n');
}

function inline(part: unknown): string {
  if (!isRecord(part)) return '';
  return list(part.elements)
    .map((element) => {
      if (!isRecord(element)) return '';
      if (element.type === 'user') return `<@${String(element.user_id)}>`;
      if (element.type === 'channel') return `<#${String(element.channel_id)}>`;
      if (element.type === 'usergroup') return `<!subteam^${String(element.usergroup_id)}>`;
      if (element.type === 'broadcast') return `<!${String(element.range)}>`;
      if (element.type === 'emoji') return `:${String(element.name)}:`;
      if (element.type === 'date') return String(element.fallback ?? element.timestamp);
      return String(element.text ?? element.url ?? '');
    })
    .join('');
}

function textOf(value: unknown): string {
  return isRecord(value) && typeof value.text === 'string' ? value.text : '';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
