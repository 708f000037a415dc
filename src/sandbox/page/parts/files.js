// @ts-check
import { html } from '../view.js';
import { Icon } from './icons.js';

/** @param {number} bytes */
export function sizeText(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** @param {{ctx: import('./context.js').Context, files: readonly import('../../page-contract.ts').PageFile[]}} props */
export function Files({ ctx, files }) {
  if (files.length === 0) return null;
  return html`<div class="files">
    ${files.map((file) => {
      const alt = file.altText || file.name;
      if (/^image\/(png|jpe?g|gif|webp)$/.test(file.mimetype)) {
        const open = () => ctx.store.show({ lightbox: { url: file.url, alt } });
        return html`<figure key=${file.id}><figcaption>${file.title ?? file.name}</figcaption>
          <button class="picture" type="button" onClick=${open} aria-label=${`Enlarge: ${alt}`}><img src=${file.url} alt=${alt} /></button></figure>`;
      }
      return html`<a key=${file.id} class="file" href=${file.url} download=${file.name}>
        <${Icon} name="file" /><span><strong>${file.title ?? file.name}</strong><small>${file.title ? `${file.name}, ` : ''}${sizeText(file.size)}</small></span></a>`;
    })}
  </div>`;
}
