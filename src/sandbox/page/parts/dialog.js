// @ts-check
import { Component, createRef, html } from '../view.js';

const GAP = 6;

/**
 * A native dialog: focus stays inside, Escape and a click beside it close it, focus returns where it was. With an `anchor` it
 * stands beside that element, and on narrow pages at the lower edge.
 */
export class Dialog extends Component {
  constructor() {
    super();
    this.element = createRef();
  }

  componentDidMount() {
    const dialog = this.element.current;
    this.before = document.activeElement;
    dialog.showModal();
    this.place();
    const start =
      dialog.querySelector('[autofocus], [data-first]') ??
      dialog.querySelector('.modal-body :is(input, textarea, select)');
    if (start instanceof HTMLElement) start.focus();
  }

  componentDidUpdate() {
    this.place();
  }

  componentWillUnmount() {
    this.element.current?.close();
    if (this.before instanceof HTMLElement && this.before.isConnected)
      this.before.focus({ preventScroll: true });
  }

  place() {
    const { anchor } = this.props;
    const dialog = this.element.current;
    if (!(anchor instanceof Element) || innerWidth < 700) return;
    const at = anchor.getBoundingClientRect();
    const width = dialog.offsetWidth;
    const height = dialog.offsetHeight;
    const below = at.bottom + GAP + height <= innerHeight || at.top < innerHeight / 2;
    const top = below
      ? Math.min(at.bottom + GAP, innerHeight - height - GAP)
      : Math.max(GAP, at.top - GAP - height);
    dialog.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - width - GAP))}px`;
    dialog.style.top = `${Math.max(GAP, top)}px`;
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    const box = this.element.current.getBoundingClientRect();
    const inside =
      event.clientX >= box.left &&
      event.clientX <= box.right &&
      event.clientY >= box.top &&
      event.clientY <= box.bottom;
    // A key press on a button arrives as a click at 0, 0.
    if (event.target === this.element.current && !inside && this.props.sticky !== true) this.props.onClose();
  }

  /** @param {Event} event */
  onCancel(event) {
    event.preventDefault();
    this.props.onClose();
  }

  render() {
    const { children, label, class: look } = this.props;
    return html`<dialog ref=${this.element} class=${look} aria-label=${label} onMouseDown=${(/** @type {any} */ e) => this.onClick(e)}
      onCancel=${(/** @type {Event} */ e) => this.onCancel(e)}>${children}</dialog>`;
  }
}
