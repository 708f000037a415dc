// @ts-check
import { Component, html } from '../view.js';
import { Dialog } from './dialog.js';

/**
 * The one open menu: a list of choices beside what opened it, a sheet on narrow pages.
 * @typedef {{label: string, detail?: string, icon?: any, checked?: boolean, danger?: boolean, separator?: boolean, run: () => void}} MenuItem
 */
export class Menu extends Component {
  /** @param {KeyboardEvent} event */
  onKey(event) {
    const items = [...document.querySelectorAll('dialog.menu [role^=menuitem]')];
    const at = items.indexOf(/** @type {Element} */ (document.activeElement));
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
    const to = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (to === undefined || items.length === 0) return;
    event.preventDefault();
    const item = items[(to + items.length) % items.length];
    if (item instanceof HTMLElement) item.focus();
  }

  render() {
    const { store, of } = this.props;
    const close = () => store.show({ menu: undefined });
    const pick = (/** @type {MenuItem} */ item) => () => {
      close();
      item.run();
    };
    return html`<${Dialog} class="popover menu" anchor=${of.anchor} label=${of.title} onClose=${close}>
      <div class="menu-title">${of.title}</div>
      ${of.note && html`<p class="menu-note">${of.note}</p>`}
      ${
        of.quick &&
        html`<div class="quick">${of.quick.map(
          (/** @type {MenuItem} */ item) =>
            html`<button class="quick-button" type="button" role="menuitem" title=${item.label} aria-label=${item.label} onClick=${pick(item)}>${item.icon}</button>`,
        )}</div>`
      }
      <div role="menu" aria-label=${of.title} onKeyDown=${(/** @type {any} */ event) => this.onKey(event)}>
        ${of.items.length === 0 && html`<p class="hint pad">Nothing to choose here.</p>`}
        ${of.items.map(
          (/** @type {MenuItem} */ item, /** @type {number} */ index) => html`
            ${item.separator && html`<hr />`}
            <button type="button" role=${item.checked === undefined ? 'menuitem' : 'menuitemradio'} aria-checked=${item.checked}
              data-first=${index === 0 ? '' : undefined} class=${`menu-item${item.danger ? ' danger' : ''}`} onClick=${pick(item)}>
              ${item.icon && html`<span class="menu-icon">${item.icon}</span>`}
              <span class="menu-label">${item.label}${item.detail && html`<small>${item.detail}</small>`}</span>
              ${item.checked && html`<span class="tick" aria-hidden="true">✓</span>`}
            </button>`,
        )}
      </div>
    <//>`;
  }
}
