import type { Message, View } from '../../blocks/message.ts';

interface Node {
  readonly type?: string;
  readonly [key: string]: unknown;
}

/**
 * A message written down so that a person can check it and nothing visible is lost: `**bold**`, `` `code` ``,
 * `[label](url)`, `{time}`, `<@ping>`, `(button|action|value)`. Each block is a paragraph under the notification text.
 */
export function read(message: Message): string {
  const files = (message.files ?? []).map(
    (file) => `file ${file.name}: ${file.title}, ${file.text.length} characters`,
  );
  const more = (message.more ?? []).map((one) => `— then —\n${read(one)}`);
  return [`» ${message.text}`, ...message.blocks.map(block), ...files, ...more].join('\n');
}

export function readView(view: View): string {
  const bar =
    view.type === 'modal'
      ? [`» ${plain(view.title)} (${plain(view.submit)}|${view.callback_id}|${view.private_metadata})`]
      : [];
  return [...bar, ...view.blocks.map(block)].join('\n');
}

function block(value: unknown): string {
  const one = value as Node;
  switch (one.type) {
    case 'rich_text':
      return list(one.elements).map(part).join('\n');
    case 'header':
      return `# ${plain(one.text)}`;
    case 'context':
      return `~ ${list(one.elements).map(plain).join(' ')}`;
    case 'section':
      return plain(one.text);
    case 'table':
      return (one.rows as unknown[][])
        .map((row) => `|${row.map((cell) => ` ${plain(cell)} `).join('|')}|`)
        .join('\n');
    case 'divider':
      return '---';
    case 'actions':
      return list(one.elements).map(control).join(' ');
    case 'input':
      return `${plain(one.label)}${one.optional === true ? '?' : ''}: ${control(one.element)}${one.hint ? ` ~ ${plain(one.hint)}` : ''}`;
    default:
      throw new Error(`Cannot read a block of type ${one.type}`);
  }
}

function part(one: Node): string {
  const inside = list(one.elements);
  switch (one.type) {
    case 'rich_text_list':
      return inside.map((item) => `- ${part(item)}`).join('\n');
    case 'rich_text_preformatted':
      return inside
        .map((run) => String(run.text))
        .join('')
        .replace(/^/gm, '| ');
    default:
      return inside.map(run).join('');
  }
}

function run(one: Node): string {
  const style = (one.style ?? {}) as { bold?: boolean; code?: boolean; italic?: boolean };
  const mark = style.code ? '`' : style.bold ? '**' : style.italic ? '_' : '';
  return `${mark}${said(one)}${mark}`;
}

function said(one: Node): string {
  if (one.type === 'text') return String(one.text);
  if (one.type === 'link') return `[${one.text}](${one.url})`;
  if (one.type === 'date') return `{${one.fallback}}`;
  if (one.type === 'user') return `<@${one.user_id}>`;
  if (one.type === 'channel') return `<#${one.channel_id}>`;
  throw new Error(`Cannot read a run of type ${one.type}`);
}

function control(value: unknown): string {
  const one = value as Node;
  if (one.type === 'button') {
    const primary = one.style === 'primary' ? '!' : '';
    return `(${plain(one.text)}${primary}|${[one.action_id, one.value ?? '', ...(one.url ? [one.url] : [])].join('|')})`;
  }
  const options = list(one.options).map((each) => `${plain(each.text)}=${each.value}`);
  const now =
    one.initial_value ??
    one.initial_conversation ??
    one.initial_date_time ??
    (one.initial_option as Node | undefined)?.value;
  const rest = [...options, ...(now === undefined ? [] : [`now ${now}`])].join(', ');
  return `<${one.type}|${one.action_id}${rest === '' ? '' : `|${rest}`}>`;
}

function list(value: unknown): Node[] {
  return Array.isArray(value) ? (value as Node[]) : [];
}

function plain(value: unknown): string {
  return String((value as Node | undefined)?.text ?? '');
}
