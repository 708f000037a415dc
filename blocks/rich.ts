import type { ContextBlock, RichTextBlock, RichTextBlockElement, RichTextSection } from '@slack/types';
import { count, cut } from './fit.ts';
import type { Reading, TextFile } from './message.ts';
import { bold, clean, type Inline, ours, visible, words } from './text.ts';

/** A line of rich text from strings of ours and inline pieces; empty pieces fall out. */
export function section(...parts: readonly (string | Inline | readonly Inline[])[]): RichTextSection {
  return { type: 'rich_text_section', elements: inlines(parts) };
}

function inlines(parts: readonly (string | Inline | readonly Inline[])[]): Inline[] {
  const all = parts.flatMap((part): readonly Inline[] =>
    typeof part === 'string' ? [ours(part)] : Array.isArray(part) ? part : [part as Inline],
  );
  return all.filter((one) => one.type !== 'text' || one.text !== '');
}

/** A rich text block; always at least one section, because Slack wants one. */
export function richText(...elements: readonly RichTextBlockElement[]): RichTextBlock {
  return { type: 'rich_text', elements: elements.length > 0 ? [...elements] : [section(' ')] };
}

/** Lines under each other in one block. */
export function lines(sections: readonly RichTextSection[]): RichTextBlock {
  const elements = sections.flatMap((one, index) =>
    index === 0 ? one.elements : [ours('\n'), ...one.elements],
  );
  return richText({ type: 'rich_text_section', elements });
}

export function bullets(sections: readonly RichTextSection[]): RichTextBlock {
  return richText({ type: 'rich_text_list', style: 'bullet', elements: [...sections] });
}

/** Text in a fixed-width box, exactly as it is, what cannot be seen spelled out. Never empty. */
export function preformatted(text: string): RichTextBlock {
  return richText({
    type: 'rich_text_preformatted',
    elements: [{ type: 'text', text: visible(text) || ' ' }],
  });
}

/** `Impact  23 % of checkouts fail`: a label of ours and what belongs to it. */
export function labelled(
  label: string,
  ...parts: readonly (string | Inline | readonly Inline[])[]
): RichTextSection {
  return section(bold(label), '  ', ...parts);
}

/** Small grey words under a message, literal. */
export function small(...texts: readonly string[]): ContextBlock {
  const text = clean(texts.join(' · ')).slice(0, 2900).toWellFormed();
  return { type: 'context', elements: [{ type: 'plain_text', text: text || ' ', emoji: false }] };
}

/** People's words within `max` characters; what does not fit goes whole into a file, and the line says so. */
export function fitted(
  text: string,
  max: number,
  reading: Reading,
  file: { readonly name: string; readonly title: string },
  files: TextFile[],
): Inline[] {
  const { shown, rest } = cut(text, max);
  if (rest === 0) return words(shown, reading);
  files.push({ ...file, text });
  return [
    ...words(shown, reading),
    ours(` … ${count(rest)} characters more in ${file.title}`, { italic: true }),
  ];
}
