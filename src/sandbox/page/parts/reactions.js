// @ts-check

import { Emoji } from '../text/rich.js';
import { html } from '../view.js';
import { toggleReaction } from './message-tools.js';

/** @param {{ctx: import('./context.js').Context, conversation: string, message: import('../../page-contract.ts').PageMessage}} props */
export function Reactions({ ctx, conversation, message }) {
  if (message.reactions.length === 0) return null;
  return html`<div class="reactions">
    ${message.reactions.map((reaction) => {
      const mine = reaction.users.includes(ctx.state.me.id);
      const names = reaction.users
        .map((id) => (id === ctx.state.me.id ? 'you' : ctx.person(id).displayName))
        .join(', ');
      return html`<button key=${reaction.name} class=${`reaction${mine ? ' mine' : ''}`} type="button" aria-pressed=${mine}
        title=${`${names}: :${reaction.name}:`} aria-label=${`${reaction.name}, ${reaction.users.length}: ${names}`}
        onClick=${() => toggleReaction(ctx, conversation, message, reaction.name)}>
        <${Emoji} name=${reaction.name} /><span>${reaction.users.length}</span>
      </button>`;
    })}
  </div>`;
}
