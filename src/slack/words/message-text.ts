import { readText } from './read-text.ts';

/** What an alert or a message says, read from its blocks and attachments as well: alerts often have an empty `text`. */
export function textOfMessage(message: {
  readonly text?: string;
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly unknown[];
}): string {
  const own = readText(message).trim();
  const seen =
    own !== ''
      ? [own]
      : [...(message.blocks ?? []).map(textInside), ...(message.attachments ?? []).map(textOfAttachment)];
  return seen
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .join('\n')
    .slice(0, 12_000)
    .toWellFormed();
}

/** The first address in a message that a person could open: a dashboard, an alert. */
export function linkInMessage(message: {
  readonly text?: string;
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly unknown[];
}): string | undefined {
  const seen = JSON.stringify([message.attachments ?? [], message.blocks ?? [], message.text ?? '']);
  return /https?:\/\/[^\s"\\<>|]+/.exec(seen)?.[0];
}

function textOfAttachment(attachment: unknown): string {
  if (typeof attachment !== 'object' || attachment === null) return '';
  const { title, text, fallback, fields, blocks } = attachment as Record<string, unknown>;
  const named = Array.isArray(fields) ? fields.map((field: unknown) => textInside(field)) : [];
  const inner = Array.isArray(blocks) ? blocks.map(textInside) : [];
  const parts = [title, text, ...named, ...inner].filter(
    (one): one is string => typeof one === 'string' && one !== '',
  );
  return parts.length > 0 ? parts.join('\n') : typeof fallback === 'string' ? fallback : '';
}

/** Every text inside a block, in order. */
function textInside(block: unknown): string {
  if (typeof block === 'string') return '';
  if (Array.isArray(block)) return block.map(textInside).filter(Boolean).join(' ');
  if (typeof block !== 'object' || block === null) return '';
  const parts: string[] = [];
  for (const [key, value] of Object.entries(block)) {
    if ((key === 'text' || key === 'value' || key === 'title') && typeof value === 'string')
      parts.push(value);
    else if (typeof value === 'object') parts.push(textInside(value));
  }
  return parts.filter(Boolean).join(' ');
}
