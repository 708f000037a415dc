// @ts-check

import { dayKey, dayLabel, instantOf } from '../text/dates.js';
import { Component, createRef, html } from '../view.js';
import { Message } from './message.js';

const GROUP_WITHIN = 5 * 60_000;
const AT_END = 60;

/** @typedef {import('../../page-contract.ts').PageMessage} PageMessage */

/** Whether a message hangs on the one before it, without a name of its own. @param {PageMessage|undefined} before @param {PageMessage} message */
export function continues(before, message) {
  if (before === undefined || before.user !== message.user) return false;
  if (before.subtype !== message.subtype || message.subtype !== undefined) return false;
  if (before.ephemeral !== message.ephemeral || before.replyCount > 0) return false;
  return instantOf(message.ts) - instantOf(before.ts) < GROUP_WITHIN;
}

/** A scrolling log that stays at its end until the reader goes up. */
export class MessageList extends Component {
  constructor() {
    super();
    this.state = { below: false };
    this.box = createRef();
    this.atEnd = true;
    this.top = 0;
  }

  componentDidMount() {
    this.toEnd();
    this.reveal();
    this.resize = new ResizeObserver(() => {
      this.measure();
      if (this.atEnd) this.toEnd();
    });
    this.resize.observe(this.box.current);
    this.resize.observe(this.box.current.firstElementChild);
  }

  componentWillUnmount() {
    this.resize?.disconnect();
  }

  /** @param {any} before */
  componentDidUpdate(before) {
    const last = this.props.messages.at(-1);
    const grown = last !== undefined && last.ts !== before.messages.at(-1)?.ts;
    const mine = grown && last.user === this.props.ctx.state.me.id;
    if (this.atEnd || mine) this.toEnd();
    else if (grown) this.setState({ below: true });
    this.reveal();
  }

  toEnd() {
    const box = this.box.current;
    box.scrollTop = box.scrollHeight;
    this.top = box.scrollTop;
    this.atEnd = true;
    if (this.state.below) this.setState({ below: false });
  }

  /** Brings the asked-for message into view, once. */
  reveal() {
    const { ctx } = this.props;
    const target = ctx.ui.target;
    const found =
      target === undefined ? null : this.box.current.querySelector(`[data-ts="${CSS.escape(target)}"]`);
    if (!(found instanceof HTMLElement)) return;
    this.atEnd = false;
    found.scrollIntoView({ block: 'center' });
    found.classList.add('found');
    found.focus({ preventScroll: true });
    setTimeout(() => found.classList.remove('found'), 2500);
    ctx.store.show({ target: undefined });
  }

  onScroll() {
    this.measure();
    if (this.atEnd && this.state.below) this.setState({ below: false });
  }

  /** A scroll is known here before its event arrives, or a new drawing would undo it. */
  measure() {
    const box = this.box.current;
    if (box.scrollTop === this.top) return;
    this.top = box.scrollTop;
    this.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < AT_END;
  }

  getSnapshotBeforeUpdate() {
    this.measure();
    return null;
  }

  /** Arrow keys walk from message to message; the tools of the one in focus are the next tab stops. @param {any} event */
  onKey(event) {
    const rows = [...this.box.current.querySelectorAll('article')];
    const inside = event.target === this.box.current || rows.includes(event.target);
    if (!inside || rows.length === 0) return;
    const at = rows.indexOf(event.target);
    const moves = {
      ArrowUp: at < 0 ? rows.length - 1 : at - 1,
      ArrowDown: at < 0 ? rows.length - 1 : at + 1,
      Home: 0,
      End: rows.length - 1,
    };
    const to = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (to === undefined) return;
    event.preventDefault();
    rows[Math.max(0, Math.min(to, rows.length - 1))].focus();
  }

  render() {
    const { ctx, messages, conversation, intro, inThread = false } = this.props;
    const now = ctx.store.now();
    // Each of the app's messages is a card of its own; without its name two of them read as one.
    const app = ctx.state.app.botUserId;
    const pins = new Set(ctx.conversation(conversation)?.pins ?? []);
    /** @type {any[]} */
    const rows = [];
    messages.forEach((/** @type {PageMessage} */ message, /** @type {number} */ index) => {
      const before = messages[index - 1];
      const at = instantOf(message.ts);
      const newDay = before === undefined || dayKey(instantOf(before.ts), ctx.tz) !== dayKey(at, ctx.tz);
      if (newDay && !inThread)
        rows.push(
          html`<div class="day" key=${`day-${dayKey(at, ctx.tz)}`} role="separator"><span>${dayLabel(at, now, ctx.tz)}</span></div>`,
        );
      rows.push(html`<${Message} key=${message.ts} ctx=${ctx} conversation=${conversation} message=${message} inThread=${inThread}
        grouped=${!newDay && message.user !== app && continues(before, message)} pinned=${pins.has(message.ts)} />`);
      if (inThread && index === 0 && messages.length > 1) {
        rows.push(
          html`<div class="day thread-count" key="count"><span>${messages.length - 1} ${messages.length === 2 ? 'reply' : 'replies'}</span></div>`,
        );
      }
    });
    return html`<div class="log-wrap">
      <div class="log" ref=${this.box} role="log" aria-label=${inThread ? 'Thread' : 'Messages'} tabindex="0" onScroll=${() => this.onScroll()}
        onKeyDown=${(/** @type {any} */ event) => this.onKey(event)}>
        <div class="log-inner">${intro}${rows}</div>
      </div>
      ${this.state.below && html`<button class="to-end" type="button" onClick=${() => this.toEnd()}>New messages ↓</button>`}
    </div>`;
  }
}
