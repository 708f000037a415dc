// @ts-check

import { Attachment, Blocks } from '../blocks/blocks.js';
import { instantOf } from '../text/dates.js';
import { bareText, Mrkdwn, Time } from '../text/rich.js';
import { Component, html } from '../view.js';
import { Avatar } from './avatar.js';
import { EditBox } from './edit-box.js';
import { Files } from './files.js';
import { Icon } from './icons.js';
import { openActions, Tools } from './message-tools.js';
import { Reactions } from './reactions.js';

const HOLD = 450;
const SYSTEM = /^(channel_|group_|pinned_item|unpinned_item|bot_add|bot_remove|reminder_add|tombstone)/;

/** One message. Drawn again only when something it shows has changed. */
export class Message extends Component {
  /** @param {any} next */
  shouldComponentUpdate(next) {
    const { props } = this;
    const surface = `msg:${props.conversation}:${props.message.ts}`;
    const same = ['message', 'grouped', 'pinned', 'inThread'].every((key) => props[key] === next[key]);
    const one = props.ctx;
    const other = next.ctx;
    return !(
      same &&
      one.state.people === other.state.people &&
      one.state.me.id === other.state.me.id &&
      one.ui.forms[surface] === other.ui.forms[surface] &&
      one.ui.busy === other.ui.busy &&
      (one.ui.editing?.ts === props.message.ts) === (other.ui.editing?.ts === props.message.ts) &&
      (one.ui.pane?.ts === props.message.ts) === (other.ui.pane?.ts === props.message.ts) &&
      one.state.conversations.length === other.state.conversations.length
    );
  }

  componentWillUnmount() {
    clearTimeout(this.hold);
  }

  /** Holding a finger on a message opens what a pointer finds by hovering. @param {any} event */
  press(event) {
    if (event.pointerType !== 'touch' || event.target.closest('button, a, input, select, textarea') !== null)
      return;
    const row = event.currentTarget;
    this.hold = setTimeout(() => openActions(this.props, row), HOLD);
  }

  /** @param {any} event */
  onKey(event) {
    const own = event.target === event.currentTarget;
    if (event.key === 'ContextMenu' || (own && event.key === 'Enter')) {
      event.preventDefault();
      openActions(this.props, event.currentTarget);
    }
  }

  render() {
    const { ctx, conversation, message, grouped, pinned, inThread } = this.props;
    const at = instantOf(message.ts);
    if (message.subtype !== undefined && SYSTEM.test(message.subtype)) return System(this.props);
    const author = ctx.person(message.user);
    const editing = ctx.ui.editing?.ts === message.ts && ctx.ui.editing?.conversation === conversation;
    const open = ctx.ui.pane?.kind === 'thread' && ctx.ui.pane.ts === message.ts && !inThread;
    const look = [
      'message',
      grouped ? 'grouped' : '',
      message.ephemeral ? 'ephemeral' : '',
      pinned ? 'pinned' : '',
      open ? 'open' : '',
    ];
    const stop = () => clearTimeout(this.hold);
    return html`<article class=${look.filter(Boolean).join(' ')} data-ts=${message.ts} tabindex="-1"
      aria-label=${`${author.displayName}: ${bareText(ctx, message.text).slice(0, 120)}`}
      onPointerDown=${(/** @type {any} */ event) => this.press(event)} onPointerUp=${stop} onPointerMove=${stop} onPointerCancel=${stop}
      onKeyDown=${(/** @type {any} */ event) => this.onKey(event)}>
      ${pinned && html`<div class="flag"><${Icon} name="pin" />Pinned</div>`}
      ${message.ephemeral && html`<div class="flag"><${Icon} name="eye" />Only visible to you</div>`}
      <div class="gutter">${grouped ? html`<${Time} ms=${at} tz=${ctx.tz} />` : html`<${Avatar} person=${author} />`}</div>
      <div class="content">
        ${
          !grouped &&
          html`<div class="byline"><strong>${author.displayName}</strong>
          ${author.isBot && html`<span class="app-tag">App</span>`}<${Time} ms=${at} tz=${ctx.tz} />${author.isBot && message.edited && html`<span class="edited">(edited)</span>`}</div>`
        }
        ${
          editing
            ? html`<${EditBox} ctx=${ctx} conversation=${conversation} message=${message} />`
            : html`<${Body} ctx=${ctx} conversation=${conversation} message=${message} />`
        }
        <${Files} ctx=${ctx} files=${message.files ?? []} />
        <${Reactions} ctx=${ctx} conversation=${conversation} message=${message} />
        ${!inThread && message.replyCount > 0 && html`<${ReplyBar} ctx=${ctx} conversation=${conversation} message=${message} />`}
      </div>
      ${!editing && html`<${Tools} ...${this.props} />`}
    </article>`;
  }
}

/** @param {any} props */
function Body({ ctx, conversation, message }) {
  const blocks = message.blocks ?? [];
  const surface = {
    key: `msg:${conversation}:${message.ts}`,
    kind: 'message',
    conversation,
    ts: message.ts,
    blocks,
  };
  // An app's edit stands beside its name: its cards are redrawn all the time.
  const edited =
    message.edited && !ctx.person(message.user).isBot && html`<span class="edited">(edited)</span>`;
  return html`<div class="body">
    ${
      blocks.length > 0
        ? html`<${Blocks} ctx=${ctx} surface=${surface} />`
        : message.text !== '' &&
          html`<div class="text"><${Mrkdwn} ctx=${ctx} text=${message.text} />${edited}</div>`
    }
    ${(message.attachments ?? []).map((/** @type {any} */ one) => html`<${Attachment} ctx=${ctx} surface=${surface} of=${one} />`)}
    ${blocks.length > 0 && edited}
  </div>`;
}

/** @param {any} props */
function ReplyBar({ ctx, conversation, message }) {
  const replies = (ctx.state.messages[conversation] ?? []).filter(
    (/** @type {any} */ one) => one.threadTs === message.ts && one.ts !== message.ts,
  );
  const authors = [...new Set(replies.map((/** @type {any} */ one) => one.user))].slice(0, 4);
  const last = replies.at(-1);
  return html`<button class="reply-bar" type="button" onClick=${() => ctx.store.show({ pane: { kind: 'thread', ts: message.ts } })}>
    <span class="reply-avatars">${authors.map((id) => html`<${Avatar} person=${ctx.person(String(id))} size="small" />`)}</span>
    <span class="reply-count">${message.replyCount} ${message.replyCount === 1 ? 'reply' : 'replies'}</span>
    ${last && html`<span class="reply-last">last at <${Time} ms=${instantOf(last.ts)} tz=${ctx.tz} /></span>`}
  </button>`;
}

/** @param {any} props */
function System({ ctx, message }) {
  const named = /^<@/.test(message.text) || message.subtype === 'tombstone';
  return html`<div class="system" data-ts=${message.ts}>
    <span class="gutter"><${Time} ms=${instantOf(message.ts)} tz=${ctx.tz} /></span>
    <span class="content">${named ? '' : html`<span class="mention">@${ctx.person(message.user).displayName}</span> `}<${Mrkdwn} ctx=${ctx} text=${message.text} /></span>
  </div>`;
}
