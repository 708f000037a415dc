// @ts-check

import { clockTime, dayLabel } from '../text/dates.js';
import { bareText } from '../text/rich.js';
import { Component, html } from '../view.js';
import { Avatar } from './avatar.js';
import { Icon } from './icons.js';

const WHY = {
  mention: 'mentioned',
  dm: 'direct message',
  thread: 'follows the thread',
  broadcast: 'channel-wide mention',
};

/** Who would have been pinged by what, for the whole workspace. */
export class Notifications extends Component {
  constructor() {
    super();
    this.state = { onlyMe: false };
  }

  render() {
    /** @type {import('./context.js').Context} */
    const ctx = this.props.ctx;
    const { store, state } = ctx;
    const list = state.notifications.filter((one) => !this.state.onlyMe || one.to === state.me.id);
    const tab = (/** @type {boolean} */ onlyMe, /** @type {string} */ label) =>
      html`<button class="tab" type="button" aria-pressed=${this.state.onlyMe === onlyMe} onClick=${() => this.setState({ onlyMe })}>${label}</button>`;
    return html`<aside class="pane" aria-label="Notifications">
      <div class="pane-head">
        <h2>Notifications</h2>
        <button class="icon-button" type="button" aria-label="Close notifications" onClick=${() => store.show({ pane: undefined })}><${Icon} name="close" /></button>
      </div>
      <div class="tabs">${tab(false, 'Everyone')}${tab(true, state.me.displayName)}</div>
      <div class="pane-body">
        ${
          list.length === 0 &&
          html`<div class="empty">
          <${Icon} name="bell" />
          <p><strong>${this.state.onlyMe ? `Nothing has pinged ${state.me.displayName}` : 'Nobody has been pinged'}</strong></p>
        </div>`
        }
        <ol class="pings">
          ${list.map((one) => html`<li key=${`${one.ts}/${one.to}/${one.why}`}><${Ping} ctx=${ctx} of=${one} /></li>`)}
        </ol>
        <p class="hint pad">Edits, and messages only visible to one person, notify nobody.</p>
      </div>
    </aside>`;
  }
}

/** @param {{ctx: import('./context.js').Context, of: import('../../page-contract.ts').PageNotification}} props */
function Ping({ ctx, of }) {
  const place = ctx.conversation(of.conversation);
  const go = () => ctx.store.open(of.conversation, { target: of.ts });
  const now = ctx.store.now();
  const day = dayLabel(of.at, now, ctx.tz);
  const name =
    place === undefined ? 'a conversation you are not in' : place.kind === 'dm' ? '' : `#${place.name}`;
  return html`<button class=${`ping${of.heldBack ? ' held' : ''}`} type="button" onClick=${go} disabled=${place === undefined}>
    <${Avatar} person=${ctx.person(of.from)} size="small" />
    <span class="ping-body">
      <span class="ping-head"><strong>${ctx.person(of.to).displayName}</strong>
        <span class="time">${day === 'Today' ? '' : `${day} `}${clockTime(of.at, ctx.tz)}</span></span>
      <span class="ping-text">${bareText(ctx, of.text)}</span>
      <span class="ping-why">by ${ctx.person(of.from).displayName} ${name && `in ${name}`} · ${WHY[of.why] ?? of.why}
        ${of.heldBack && html`<span class="held-tag"><${Icon} name="moon" />held back: Do Not Disturb</span>`}</span>
    </span>
  </button>`;
}
