// @ts-check
import { html } from '../view.js';
import { Composer } from './composer.js';
import { Icon } from './icons.js';
import { MessageList } from './message-list.js';

/** A message and its replies, beside the conversation or over it on narrow pages. @param {{ctx: import('./context.js').Context, ts: string}} props */
export function Thread({ ctx, ts }) {
  const { store, state, ui } = ctx;
  const conversation = ui.conversation ?? '';
  const here = ctx.conversation(conversation);
  const messages = (state.messages[conversation] ?? []).filter((one) => one.ts === ts || one.threadTs === ts);
  const writable = here?.member === true && !here.archived && messages.length > 0;
  const close = () => store.show({ pane: undefined });
  return html`<aside class="pane" aria-label="Thread">
    <div class="pane-head">
      <h2>Thread <small>${here === undefined ? '' : here.kind === 'dm' ? here.name : `#${here.name}`}</small></h2>
      <button class="icon-button" type="button" aria-label="Close thread" onClick=${close}><${Icon} name="close" /></button>
    </div>
    ${
      messages.length === 0
        ? html`<div class="empty"><p>This message is gone.</p></div>`
        : html`<${MessageList} key=${`${conversation}/${ts}/${state.me.id}`} ctx=${ctx} conversation=${conversation} messages=${messages} inThread=${true} />`
    }
    ${writable && html`<${Composer} key=${ts} ctx=${ctx} conversation=${conversation} threadTs=${ts} />`}
  </aside>`;
}
