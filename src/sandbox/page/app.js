// @ts-check

import { CanvasDialog } from './parts/canvas.js';
import { contextOf } from './parts/context.js';
import { Conversation } from './parts/conversation.js';
import { ConfirmDialog, Lightbox } from './parts/dialogs.js';
import { Menu } from './parts/menu.js';
import { Modals } from './parts/modal.js';
import { Notifications } from './parts/notifications.js';
import { Sidebar } from './parts/sidebar.js';
import { Thread } from './parts/thread.js';
import { Toasts } from './parts/toasts.js';
import { TopBar } from './parts/top-bar.js';
import { Component, html } from './view.js';

/** The whole page. Draws again on every change of the store; unchanged messages are skipped further down. */
export class App extends Component {
  componentDidMount() {
    this.stop = this.props.store.subscribe(() => this.setState({ turn: {} }));
    this.keys = (/** @type {KeyboardEvent} */ event) => this.onKey(event);
    document.addEventListener('keydown', this.keys);
  }

  componentWillUnmount() {
    this.stop();
    if (this.keys !== undefined) document.removeEventListener('keydown', this.keys);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const { store } = this.props;
    if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]') !== null)
      return;
    if (store.ui.editing !== undefined) store.show({ editing: undefined });
    else if (store.ui.sidebar) store.show({ sidebar: false });
    else if (store.ui.pane !== undefined) store.show({ pane: undefined });
  }

  render() {
    /** @type {import('./store.js').Store} */
    const store = this.props.store;
    const { state, ui } = store;
    document.documentElement.dataset.theme = ui.theme;
    if (state === undefined) {
      return html`<p class="starting" role="status">${ui.failure ?? 'Opening the workspace…'}</p>`;
    }
    const ctx = contextOf(store, state);
    const unread = state.conversations.reduce((sum, one) => sum + one.mentions, 0);
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${ctx.conversation(ui.conversation ?? '')?.name ?? 'Workspace'} · ${state.team.name}`;
    const canvas = state.canvases.find((one) => one.id === ui.canvas);
    const pane =
      ui.pane?.kind === 'thread'
        ? html`<${Thread} ctx=${ctx} ts=${ui.pane.ts} />`
        : ui.pane && html`<${Notifications} ctx=${ctx} />`;
    return html`
      <div class=${`app${pane ? ' with-pane' : ''}${ui.sidebar ? ' with-sidebar' : ''}`}>
        <a class="skip" href="#main">Skip to the conversation</a>
        <${TopBar} ctx=${ctx} />
        <${Sidebar} ctx=${ctx} />
        ${ui.sidebar && html`<div class="scrim" onClick=${() => store.show({ sidebar: false })}></div>`}
        <main class="main" id="main"><${Conversation} ctx=${ctx} /></main>
        ${pane}
      </div>
      <${Toasts} ctx=${ctx} />
      <${Modals} ctx=${ctx} />
      ${canvas && html`<${CanvasDialog} key=${canvas.id} ctx=${ctx} of=${canvas} />`}
      ${ui.lightbox && html`<${Lightbox} store=${store} of=${ui.lightbox} />`}
      ${ui.confirm && html`<${ConfirmDialog} ctx=${ctx} of=${ui.confirm} />`}
      ${ui.menu && html`<${Menu} key=${ui.menu.title} store=${store} of=${ui.menu} />`}
    `;
  }
}
