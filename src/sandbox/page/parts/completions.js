// @ts-check

import { emojiCharacter, emojiNames } from '../text/emoji.js';
import { html } from '../view.js';
import { Avatar } from './avatar.js';
import { Icon } from './icons.js';

const LIMIT = 8;

/**
 * @typedef {{key: string, insert: string, label: string, detail?: string, icon?: any}} Offer
 * @param {import('./context.js').Context} ctx @param {import('../text/completion.js').Completion} at @returns {Offer[]}
 */
export function offersFor(ctx, at) {
  const { state } = ctx;
  const has = (/** @type {string} */ text) => text.toLowerCase().includes(at.query);
  if (at.kind === '/') {
    return state.slashCommands
      .filter((one) => one.command.slice(1).startsWith(at.query))
      .map((one) => ({
        key: one.command,
        insert: one.command,
        label: `${one.command} ${one.usageHint}`,
        detail: one.description,
        icon: html`<${Icon} name="bolt" />`,
      }));
  }
  if (at.kind === '@') {
    const starts = (/** @type {{displayName: string}} */ one) =>
      one.displayName.toLowerCase().startsWith(at.query);
    const people = [ctx.person(state.app.botUserId), ...state.people]
      .filter((one) => has(one.displayName) || has(one.name))
      .sort((one, other) => Number(starts(other)) - Number(starts(one)));
    const offers = people.map((one) => ({
      key: one.id,
      insert: `@${one.displayName}`,
      label: one.displayName,
      detail: one.isBot ? 'App' : one.name === one.displayName ? undefined : one.name,
      icon: html`<${Avatar} person=${one} size="small" />`,
    }));
    return /** @type {Offer[]} */ (offers.slice(0, LIMIT));
  }
  if (at.kind === '#') {
    return state.conversations
      .filter((one) => one.kind !== 'dm' && has(one.name))
      .slice(0, LIMIT)
      .map((one) => ({
        key: one.id,
        insert: `#${one.name}`,
        label: one.name,
        icon: html`<${Icon} name=${one.kind === 'private' ? 'lock' : 'hash'} />`,
      }));
  }
  return emojiNames(at.query, LIMIT).map((name) => ({
    key: name,
    insert: `:${name}:`,
    label: `:${name}:`,
    icon: html`<span class="emoji">${emojiCharacter(name)}</span>`,
  }));
}

/** @param {{id: string, offers: Offer[], chosen: number, pick: (offer: Offer) => void}} props */
export function Completions({ id, offers, chosen, pick }) {
  return html`<ul class="completions" id=${id} role="listbox" aria-label="Suggestions">
    ${offers.map(
      (
        offer,
        index,
      ) => html`<li key=${offer.key} id=${`${id}-${index}`} role="option" aria-selected=${index === chosen} class=${index === chosen ? 'chosen' : ''}
        onMouseDown=${(/** @type {Event} */ event) => {
          event.preventDefault();
          pick(offer);
        }}>
        <span class="menu-icon">${offer.icon}</span><span class="menu-label">${offer.label}${offer.detail && html`<small>${offer.detail}</small>`}</span>
      </li>`,
    )}
  </ul>`;
}
