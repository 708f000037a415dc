// @ts-check

import { bareText } from '../text/rich.js';
import { Component, html } from '../view.js';
import { Icon } from './icons.js';

const SHOWN_FOR = { error: 12_000, note: 6_000, ping: 8_000 };

/** @param {{ctx: import('./context.js').Context}} props */
export function Toasts({ ctx }) {
  return html`<div class="toasts" role="region" aria-label="Messages from the page" aria-live="polite">
    ${ctx.ui.toasts.map((toast) => html`<${Toast} key=${toast.id} ctx=${ctx} toast=${toast} />`)}
  </div>`;
}

class Toast extends Component {
  componentDidMount() {
    const { ctx, toast } = this.props;
    const time = SHOWN_FOR[/** @type {keyof typeof SHOWN_FOR} */ (toast.tone)];
    this.timer = setTimeout(() => ctx.store.dismiss(toast.id), time);
  }

  componentWillUnmount() {
    clearTimeout(this.timer);
  }

  render() {
    const { ctx, toast } = this.props;
    const open = () => {
      ctx.store.dismiss(toast.id);
      toast.open?.();
    };
    const text = html`<span class="toast-text">${toast.from && html`<strong>${toast.from}</strong>`}
      ${toast.tone === 'ping' ? bareText(ctx, toast.text) : toast.text}</span>`;
    return html`<div class=${`toast ${toast.tone}`} role=${toast.tone === 'error' ? 'alert' : 'status'}>
      ${toast.open ? html`<button type="button" class="toast-open" onClick=${open}>${text}</button>` : text}
      <button class="icon-button" type="button" aria-label="Dismiss" onClick=${() => ctx.store.dismiss(toast.id)}><${Icon} name="close" /></button>
    </div>`;
  }
}
