// @ts-check

import { bareText, Link } from '../text/rich.js';
import { html } from '../view.js';
import { Avatar } from './avatar.js';
import { Composer } from './composer.js';
import { otherSide } from './context.js';
import { HomeTab } from './home.js';
import { Icon } from './icons.js';
import { MessageList } from './message-list.js';
import { Notice } from './notice.js';
import { isFresh, Starters } from './suggestions.js';

/** @typedef {import('./context.js').Context} Context */
/** @typedef {import('../../page-contract.ts').PageConversation} PageConversation */

/** The middle of the page: one channel or direct message. @param {{ctx: Context}} props */
export function Conversation({ ctx }) {
  const { state, ui } = ctx;
  const here = ctx.conversation(ui.conversation ?? '');
  if (here === undefined) return html`<div class="empty"><p>Choose a channel.</p></div>`;
  const app = here.kind === 'dm' && here.name === state.app.name;
  const home = app && ui.homeTab === 'home';
  const messages = (state.messages[here.id] ?? []).filter((one) => isTopLevel(one));
  return html`
    <${Head} ctx=${ctx} of=${here} app=${app} />
    <${Banner} ctx=${ctx} />
    ${
      home
        ? html`<${HomeTab} ctx=${ctx} conversation=${here.id} />`
        : html`<${MessageList} key=${`${here.id}/${state.me.id}`} ctx=${ctx} conversation=${here.id} messages=${messages}
            intro=${html`<${Beginning} ctx=${ctx} of=${here} />`} />
          ${
            here.archived || !here.member
              ? html`<${Notice} ctx=${ctx} of=${here} />`
              : html`<${Composer} key=${here.id} ctx=${ctx} conversation=${here.id} />`
          }`
    }
  `;
}

/** @param {import('../../page-contract.ts').PageMessage} message */
export function isTopLevel(message) {
  return (
    message.threadTs === undefined ||
    message.threadTs === message.ts ||
    message.subtype === 'thread_broadcast'
  );
}

/** @param {{ctx: Context, of: PageConversation, app: boolean}} props */
function Head({ ctx, of, app }) {
  const { store, ui } = ctx;
  const canvases = ctx.state.canvases.filter((one) => one.conversations.includes(of.id));
  const tab = (
    /** @type {'home'|'messages'} */ name,
    /** @type {string} */ label,
  ) => html`<button class="tab" type="button"
    aria-pressed=${ui.homeTab === name} onClick=${() => {
      store.show({ homeTab: name });
      if (name === 'home') void store.act({ kind: 'openHome' }, { quiet: true });
    }}>${label}</button>`;
  return html`<div class="head">
    <div class="head-line">
      <h1>${
        of.kind === 'dm'
          ? html`<${Avatar} person=${otherSide(ctx, of)} size="small" presence=${!app} />`
          : html`<${Icon} name=${of.kind === 'private' ? 'lock' : 'hash'} />`
      }<span>${of.name}</span></h1>
      ${of.topic && html`<p class="topic" title=${bareText(ctx, of.topic)}>${bareText(ctx, of.topic)}</p>`}
      ${
        of.pins.length > 0 &&
        html`<button class="icon-button with-text" type="button" aria-haspopup="menu"
        aria-label=${`${of.pins.length} pinned`} onClick=${(/** @type {any} */ event) => openPins(ctx, of, event.currentTarget)}>
        <${Icon} name="pin" /><span>${of.pins.length}</span></button>`
      }
      ${
        of.kind !== 'dm' &&
        html`<button class="icon-button" type="button" aria-label=${`More about ${of.name}`} aria-haspopup="menu"
        onClick=${(/** @type {any} */ event) => openChannelMenu(ctx, of, event.currentTarget)}><${Icon} name="more" /></button>`
      }
    </div>
    ${app && html`<div class="tabs">${tab('home', 'Home')}${tab('messages', 'Messages')}</div>`}
    ${
      of.bookmarks.length + canvases.length > 0 &&
      html`<div class="bookmarks">${of.bookmarks.map(
        (one) =>
          html`<${Link} ctx=${ctx} url=${one.link} class="bookmark"><${Icon} name="link" />${one.title}<//>`,
      )}${canvases.map(
        (
          one,
        ) => html`<button class="bookmark" type="button" onClick=${() => ctx.store.show({ canvas: one.id })}>
          <${Icon} name="file" />${one.title}</button>`,
      )}</div>`
    }
  </div>`;
}

/** @param {{ctx: Context}} props */
function Banner({ ctx }) {
  const { state, ui } = ctx;
  const text = !ui.connected
    ? 'The sandbox does not answer. If you stopped it, start it again; this page reconnects by itself.'
    : !state.app.online
      ? `${state.app.name} is offline. What you send now reaches it when it is back, if Slack still delivers it.`
      : undefined;
  return text === undefined ? null : html`<p class="banner" role="status">${text}</p>`;
}

/** @param {{ctx: Context, of: PageConversation}} props */
function Beginning({ ctx, of }) {
  const { store, state } = ctx;
  if (of.kind === 'dm') {
    const other = otherSide(ctx, of);
    return html`<div class="beginning"><${Avatar} person=${other} size="large" /><h2>${other.displayName}</h2>
      <p>This is the beginning of your messages with ${other.displayName}.</p></div>`;
  }
  const invite = () => void store.act({ kind: 'inviteApp', conversation: of.id }, { busy: 'invite' });
  return html`<div class="beginning">
    <span class="beginning-mark"><${Icon} name=${of.kind === 'private' ? 'lock' : 'hash'} /></span>
    <h2>${of.name}</h2>
    <p>This is the beginning of ${of.kind === 'private' ? 'the private channel' : ''} <strong>#${of.name}</strong>.
      ${!of.appInvited && of.member && ` ${state.app.name} is not here yet.`}</p>
    ${!of.appInvited && of.member && !of.archived && html`<button class="btn" type="button" onClick=${invite}>Invite ${state.app.name}</button>`}
    ${of.member && !of.archived && isFresh(ctx, of.id) && html`<${Starters} ctx=${ctx} conversation=${of.id} />`}
  </div>`;
}

/** @param {Context} ctx @param {PageConversation} of @param {Element} anchor */
function openPins(ctx, of, anchor) {
  const items = of.pins.map((ts) => {
    const found = ctx.state.messages[of.id]?.find((one) => one.ts === ts);
    const author = found === undefined ? '' : ctx.person(found.user).displayName;
    const text = found === undefined ? 'A message that is gone' : bareText(ctx, found.text);
    return {
      label: text.slice(0, 140) || 'A message without text',
      detail: author,
      run: () => ctx.store.open(of.id, { target: ts }),
    };
  });
  ctx.store.show({ menu: { anchor, title: 'Pinned', items } });
}

/** @param {Context} ctx @param {PageConversation} of @param {Element} anchor */
function openChannelMenu(ctx, of, anchor) {
  const { store, state } = ctx;
  const act = (/** @type {string} */ kind) => () => void store.act({ kind, conversation: of.id });
  const items = [
    ...(of.appInvited || !of.member
      ? []
      : [{ label: `Invite ${state.app.name}`, detail: `/invite @${state.app.name}`, run: act('inviteApp') }]),
    of.member
      ? { label: `Leave #${of.name}`, danger: true, run: act('leave') }
      : { label: `Join #${of.name}`, run: act('join') },
  ];
  store.show({ menu: { anchor, title: `#${of.name}`, note: bareText(ctx, of.topic), items } });
}
