// @ts-check

import { Broadcast, ChannelMention, DateText, Emoji, Link, UserMention } from '../text/rich.js';
import { html } from '../view.js';

/** @typedef {import('../parts/context.js').Context} Context */

/** A rich_text block: its text is literal, whatever it looks like. @param {{ctx: Context, block: any}} props */
export function RichText({ ctx, block }) {
  return html`<div class="block rich-text">${lists(block.elements ?? []).map((part) => drawPart(ctx, part))}</div>`;
}

/**
 * Slack sends a nested list as neighbours with different indents; here they become one tree.
 * @param {any[]} elements @returns {any[]}
 */
function lists(elements) {
  /** @type {any[]} */
  const out = [];
  /** @type {any[]} */
  const open = [];
  for (const element of elements) {
    if (element?.type !== 'rich_text_list') {
      open.length = 0;
      out.push(element);
      continue;
    }
    const list = {
      ...element,
      items: (element.elements ?? []).map((/** @type {any} */ one) => ({ section: one, lists: [] })),
    };
    const indent = element.indent ?? 0;
    while (open.length > 0 && (open.at(-1).indent ?? 0) >= indent) {
      const top = open.pop();
      if ((top.indent ?? 0) === indent && top.style === element.style && element.offset === undefined) {
        top.items.push(...list.items);
        open.push(top);
        break;
      }
    }
    if (open.at(-1)?.style === element.style && (open.at(-1)?.indent ?? 0) === indent) continue;
    const parent = open.at(-1)?.items.at(-1);
    if (parent === undefined) out.push(list);
    else parent.lists.push(list);
    open.push(list);
  }
  return out;
}

/** @param {Context} ctx @param {any} part @returns {any} */
function drawPart(ctx, part) {
  const inside = () => inline(ctx, part.elements ?? []);
  switch (part?.type) {
    case 'rich_text_section':
      return html`<div class="rich-section">${inside()}</div>`;
    case 'rich_text_quote':
      return html`<blockquote>${inside()}</blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre tabindex="0">${inside()}</pre>`;
    case 'rich_text_list':
      return drawList(ctx, part);
    default:
      return html`<div class="rich-section">${inside()}</div>`;
  }
}

/** @param {Context} ctx @param {any} list @returns {any} */
function drawList(ctx, list) {
  const items = list.items.map(
    (/** @type {any} */ item) => html`<li>${inline(ctx, item.section.elements ?? [])}
      ${item.lists.map((/** @type {any} */ inner) => drawList(ctx, inner))}</li>`,
  );
  if (list.style === 'ordered')
    return html`<ol class=${`level-${(list.indent ?? 0) % 3}`} start=${(list.offset ?? 0) + 1}>${items}</ol>`;
  return html`<ul class=${`level-${(list.indent ?? 0) % 3}`}>${items}</ul>`;
}

/** @param {Context} ctx @param {any[]} elements */
export function inline(ctx, elements) {
  return elements.map((element) => styled(element.style, leaf(ctx, element)));
}

/** @param {Context} ctx @param {any} element @returns {any} */
function leaf(ctx, element) {
  switch (element.type) {
    case 'text':
      return String(element.text ?? '');
    case 'link':
      return html`<${Link} ctx=${ctx} url=${element.url}>${element.text || element.url}<//>`;
    case 'user':
      return html`<${UserMention} ctx=${ctx} id=${element.user_id} />`;
    case 'channel':
      return html`<${ChannelMention} ctx=${ctx} id=${element.channel_id} />`;
    case 'usergroup':
      return html`<span class="mention">@${element.usergroup_id}</span>`;
    case 'broadcast':
      return html`<${Broadcast} range=${element.range} />`;
    case 'emoji':
      return html`<${Emoji} name=${element.name} unicode=${element.unicode} />`;
    case 'date':
      return html`<${DateText} ctx=${ctx} seconds=${element.timestamp} format=${element.format ?? '{date} {time}'} url=${element.url} />`;
    case 'color':
      return html`<code>${element.value}</code>`;
    default:
      return String(element.text ?? element.fallback ?? '');
  }
}

/** @param {any} style @param {any} content */
function styled(style, content) {
  let out = content;
  if (style?.code) out = html`<code>${out}</code>`;
  if (style?.bold) out = html`<strong>${out}</strong>`;
  if (style?.italic) out = html`<em>${out}</em>`;
  if (style?.strike) out = html`<s>${out}</s>`;
  if (style?.underline) out = html`<u>${out}</u>`;
  return out;
}
