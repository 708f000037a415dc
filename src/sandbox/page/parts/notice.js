// @ts-check
import { html } from '../view.js';

/** What stands where the composer would be, when one cannot write here. @param {{ctx: import('./context.js').Context, of: import('../../page-contract.ts').PageConversation}} props */
export function Notice({ ctx, of }) {
  if (of.archived)
    return html`<div class="notice"><p>#${of.name} is archived. Nobody can write here.</p></div>`;
  const join = () => void ctx.store.act({ kind: 'join', conversation: of.id }, { busy: 'join' });
  return html`<div class="notice">
    <p>You are looking at <strong>#${of.name}</strong>.</p>
    <button class="btn primary" type="button" disabled=${ctx.ui.busy.join === true} onClick=${join}>Join channel</button>
  </div>`;
}
