// @ts-check

import { plainText, TextObject } from '../text/rich.js';
import { html } from '../view.js';
import { Dialog } from './dialog.js';
import { Icon } from './icons.js';

/** An element's own "are you sure". @param {{ctx: import('./context.js').Context, of: {dialog: any, go: () => void}}} props */
export function ConfirmDialog({ ctx, of }) {
  const { dialog, go } = of;
  const close = () => ctx.store.show({ confirm: undefined });
  const yes = () => {
    close();
    go();
  };
  return html`<${Dialog} class="modal small" label=${plainText(dialog.title ?? 'Are you sure?')} onClose=${close}>
    <h2>${plainText(dialog.title ?? 'Are you sure?')}</h2>
    <div class="modal-body"><${TextObject} ctx=${ctx} of=${dialog.text} /></div>
    <div class="modal-foot">
      <button class="btn" type="button" onClick=${close}>${plainText(dialog.deny ?? 'Cancel')}</button>
      <button class=${`btn ${dialog.style ?? 'primary'}`} type="button" data-first onClick=${yes}>${plainText(dialog.confirm ?? 'Yes')}</button>
    </div>
  <//>`;
}

/** @param {{store: import('../store.js').Store, of: {url: string, alt: string}}} props */
export function Lightbox({ store, of }) {
  const close = () => store.show({ lightbox: undefined });
  return html`<${Dialog} class="lightbox" label=${of.alt || 'Picture'} onClose=${close}>
    <button class="icon-button" type="button" aria-label="Close" data-first onClick=${close}><${Icon} name="close" /></button>
    <img src=${of.url} alt=${of.alt} />
    <p>${of.alt} <a href=${of.url} target="_blank" rel="noopener">Open the original</a></p>
  <//>`;
}
