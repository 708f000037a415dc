import type { ComposeContext, Inline } from './context.ts';

/** `&`, `<` and `>` as entities, nothing else. https://docs.slack.dev/messaging/formatting-message-text */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The `text` that Slack writes beside the rich_text elements of a person's message. */
export function renderInline(elements: readonly Inline[], context: ComposeContext): string {
  return elements.map((element) => withMarks(element, plain(element, context))).join('');
}

function plain(element: Inline, context: ComposeContext): string {
  switch (element.type) {
    case 'text':
      return escapeText(element.text ?? '');
    case 'link':
      return element.text === undefined
        ? `<${escapeText(element.url ?? '')}>`
        : `<${escapeText(element.url ?? '')}|${escapeText(element.text)}>`;
    case 'user':
      return `<@${element.user_id}>`;
    case 'channel': {
      const name = context.channels.find((channel) => channel.id === element.channel_id)?.name ?? '';
      return `<#${element.channel_id}|${name}>`;
    }
    case 'usergroup':
      return `<!subteam^${element.usergroup_id}>`;
    case 'broadcast':
      return `<!${element.range}>`;
    case 'emoji':
      return `:${element.name}:`;
  }
}

function withMarks(element: Inline, text: string): string {
  const { bold, italic, strike, code } = element.style ?? {};
  let marked = code === true ? `\`${text}\`` : text;
  if (strike === true) marked = `~${marked}~`;
  if (italic === true) marked = `_${marked}_`;
  if (bold === true) marked = `*${marked}*`;
  return marked;
}
