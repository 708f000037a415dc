// @ts-check

import { parseMarkdown } from '../text/markdown.js';
import { ChannelMention, Emoji, Link, UserMention } from '../text/rich.js';
import { html } from '../view.js';

/** @typedef {import('../parts/context.js').Context} Context */

/** @param {{ctx: Context, block: any}} props */
export function Markdown({ ctx, block }) {
  return html`<div class="block markdown">${parseMarkdown(String(block.text ?? '')).map((part) => draw(ctx, part))}</div>`;
}

/** @param {Context} ctx @param {import('../text/markdown.js').Block} part @returns {any} */
function draw(ctx, part) {
  const line = (/** @type {import('../text/markdown.js').Inline[]} */ nodes) =>
    nodes.map((node) => drawInline(ctx, node));
  switch (part.type) {
    case 'heading':
      return html`<p class=${`md-heading level-${Math.min(part.level, 3)}`} role="heading" aria-level=${part.level + 2}>${line(part.children)}</p>`;
    case 'paragraph':
      return html`<p>${line(part.children)}</p>`;
    case 'pre':
      return html`<pre tabindex="0">${part.text}</pre>`;
    case 'rule':
      return html`<hr />`;
    case 'quote':
      return html`<blockquote>${part.children.map((child) => draw(ctx, child))}</blockquote>`;
    case 'list': {
      const items = part.items.map((item) => html`<li>${item.map((child) => draw(ctx, child))}</li>`);
      return part.ordered ? html`<ol start=${part.start}>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case 'table':
      return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table>
        <thead><tr>${part.head.map((cell) => html`<th scope="col">${line(cell)}</th>`)}</tr></thead>
        <tbody>${part.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${line(cell)}</td>`)}</tr>`)}</tbody>
      </table></div>`;
  }
}

/** @param {Context} ctx @param {import('../text/markdown.js').Inline} node @returns {any} */
function drawInline(ctx, node) {
  const inner = () =>
    /** @type {any} */ (node).children.map((/** @type {any} */ child) => drawInline(ctx, child));
  switch (node.type) {
    case 'text':
      return node.text;
    case 'code':
      return html`<code>${node.text}</code>`;
    case 'break':
      return html`<br />`;
    case 'bold':
      return html`<strong>${inner()}</strong>`;
    case 'italic':
      return html`<em>${inner()}</em>`;
    case 'strike':
      return html`<s>${inner()}</s>`;
    case 'link':
      return html`<${Link} ctx=${ctx} url=${node.url}>${inner()}<//>`;
    case 'emoji':
      return html`<${Emoji} name=${node.name} />`;
    case 'user':
      return html`<${UserMention} ctx=${ctx} id=${node.id} />`;
    case 'channel':
      return html`<${ChannelMention} ctx=${ctx} id=${node.id} />`;
  }
}
