// @ts-check

import { Link, plainText } from '../text/rich.js';
import { html } from '../view.js';

/** @typedef {import('../parts/context.js').Context} Context */

/** The address of a picture on this machine; the page never loads one from elsewhere. @param {Context} ctx @param {any} of */
function sourceOf(ctx, of) {
  const file = of.slack_file;
  if (file !== undefined) {
    const known = Object.values(ctx.state.messages)
      .flatMap((list) => list.flatMap((message) => message.files ?? []))
      .find((one) => one.id === file.id || file.url?.endsWith(one.url));
    return known?.url ?? (file.id === undefined ? undefined : `files/${encodeURIComponent(file.id)}/image`);
  }
  const url = String(of.image_url ?? '');
  return url.startsWith(`${location.origin}/`) || !/^[a-z]+:/i.test(url) ? url : undefined;
}

/** @param {{ctx: Context, of: any, small?: boolean}} props an image block or element */
export function Picture({ ctx, of, small = false }) {
  const source = sourceOf(ctx, of);
  const alt = String(of.alt_text ?? '');
  if (source === undefined) {
    return html`<span class="picture-elsewhere">Picture not loaded, it is on another host:
      ${' '}<${Link} ctx=${ctx} url=${of.image_url}>${alt || of.image_url}<//></span>`;
  }
  const open = () => ctx.store.show({ lightbox: { url: source, alt } });
  return html`<button class=${`picture${small ? ' small' : ''}`} type="button" onClick=${open} aria-label=${`Enlarge: ${alt}`}>
    <img src=${source} alt=${alt} />
  </button>`;
}

/** @param {{ctx: Context, block: any}} props */
export function ImageBlock({ ctx, block }) {
  return html`<figure class="block image">
    ${block.title && html`<figcaption>${plainText(block.title)}</figcaption>`}
    <${Picture} ctx=${ctx} of=${block} />
  </figure>`;
}
