// @ts-check
import { html } from '../view.js';
import { Icon } from './icons.js';

/**
 * @typedef {import('./context.js').Context} Context
 * @typedef {import('../../page-contract.ts').PageMessage} PageMessage
 * @typedef {{ctx: Context, conversation: string, message: PageMessage, pinned: boolean, inThread: boolean}} ToolProps
 */

const QUICK = [
  ['pushpin', '📌', 'Add to the timeline: 📌'],
  ['white_check_mark', '✅', 'React with ✅'],
  ['eyes', '👀', 'React with 👀'],
];

/** Adds or takes back one's own reaction. @param {Context} ctx @param {string} conversation @param {PageMessage} message @param {string} name */
export function toggleReaction(ctx, conversation, message, name) {
  const mine = message.reactions.find((one) => one.name === name)?.users.includes(ctx.state.me.id) === true;
  void ctx.store.act({ kind: mine ? 'unreact' : 'react', conversation, ts: message.ts, name });
}

/** What can be done with a message besides reacting. @param {ToolProps} props @returns {import('./menu.js').MenuItem[]} */
function actionsFor({ ctx, conversation, message, pinned, inThread }) {
  const { store, state } = ctx;
  const at = { conversation, ts: message.ts };
  const mine = message.user === state.me.id;
  const thread = message.threadTs ?? message.ts;
  return [
    ...(inThread
      ? []
      : [
          {
            label: 'Reply in thread',
            icon: html`<${Icon} name="thread" />`,
            run: () => store.show({ pane: { kind: 'thread', ts: thread } }),
          },
        ]),
    {
      label: pinned ? 'Unpin from channel' : 'Pin to channel',
      icon: html`<${Icon} name="pin" />`,
      run: () => void store.act({ kind: pinned ? 'unpin' : 'pin', ...at }),
    },
    ...(mine
      ? [
          {
            label: 'Edit message',
            icon: html`<${Icon} name="edit" />`,
            run: () => store.show({ editing: at }),
          },
          {
            label: 'Delete message',
            icon: html`<${Icon} name="trash" />`,
            danger: true,
            run: () => confirmDelete(ctx, at),
          },
        ]
      : []),
    ...state.shortcuts
      .filter((one) => one.type === 'message')
      .map((one, index) => ({
        label: one.name,
        detail: state.app.name,
        icon: html`<${Icon} name="bolt" />`,
        separator: index === 0,
        run: () => void store.act({ kind: 'messageShortcut', ...at, callbackId: one.callbackId }),
      })),
  ];
}

/** @param {Context} ctx @param {{conversation: string, ts: string}} at */
function confirmDelete(ctx, at) {
  const dialog = {
    title: 'Delete message',
    text: 'It will be gone for everyone.',
    confirm: 'Delete',
    deny: 'Keep',
    style: 'danger',
  };
  ctx.store.show({ confirm: { dialog, go: () => void ctx.store.act({ kind: 'delete', ...at }) } });
}

/** The whole list beside a message, or as a sheet. @param {ToolProps} props @param {Element} anchor */
export function openActions(props, anchor) {
  if (props.message.ephemeral) return;
  const quick = QUICK.map(([name = '', icon, label]) => ({
    label,
    icon,
    run: () => toggleReaction(props.ctx, props.conversation, props.message, name),
  }));
  props.ctx.store.show({ menu: { anchor, title: 'Message', quick, items: actionsFor(props) } });
}

/** The bar that appears over a message. @param {ToolProps} props */
export function Tools(props) {
  const { ctx, conversation, message, inThread, pinned } = props;
  if (message.ephemeral) return null;
  const pin = () => void ctx.store.act({ kind: pinned ? 'unpin' : 'pin', conversation, ts: message.ts });
  return html`<div class="tools" role="toolbar" aria-label="Message actions">
    ${QUICK.map(
      ([name = '', icon, label]) => html`<button class="tool" type="button" title=${label} aria-label=${label}
        onClick=${() => toggleReaction(ctx, conversation, message, name)}><span class="emoji" aria-hidden="true">${icon}</span></button>`,
    )}
    ${
      !inThread &&
      html`<button class="tool" type="button" title="Reply in thread" aria-label="Reply in thread"
      onClick=${() => ctx.store.show({ pane: { kind: 'thread', ts: message.threadTs ?? message.ts } })}><${Icon} name="thread" /></button>`
    }
    <button class="tool" type="button" title=${pinned ? 'Unpin from channel' : 'Pin to channel'} aria-label=${pinned ? 'Unpin from channel' : 'Pin to channel'} onClick=${pin}><${Icon} name="pin" /></button>
    <button class="tool" type="button" title="More: edit, delete, shortcuts" aria-label="More actions" aria-haspopup="menu"
      onClick=${(/** @type {any} */ event) => openActions(props, event.currentTarget)}><${Icon} name="more" /></button>
  </div>`;
}
