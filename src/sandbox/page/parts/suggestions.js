// @ts-check
import { html } from '../view.js';

/** @typedef {import('./context.js').Context} Context */

/** Suggestions that nobody has used in this tab. @param {Context} ctx */
function left(ctx) {
  return ctx.state.suggestions.filter((text) => !ctx.ui.usedSuggestions.includes(text));
}

/** Whether nobody has said anything here yet; then the suggestions stand in the middle. @param {Context} ctx @param {string} conversation */
export function isFresh(ctx, conversation) {
  return !(ctx.state.messages[conversation] ?? []).some((message) => message.subtype === undefined);
}

/** What a newcomer may type first; a click fills the composer. @param {{ctx: Context, onPick: (text: string) => void}} props */
export function Suggestions({ ctx, onPick }) {
  const { store, ui } = ctx;
  const texts = left(ctx);
  if (texts.length === 0) return null;
  return html`<div class="suggestions" role="group" aria-label="What to type first">
    <span class="suggestions-label">Try</span>
    ${texts.map(
      (text) =>
        html`<button key=${text} class="chip" type="button" title="Put this into the composer" onClick=${() => onPick(text)}>${text}</button>`,
    )}
    <button class="icon-button tiny" type="button" aria-label="Hide the suggestions"
      onClick=${() => store.show({ usedSuggestions: [...ui.usedSuggestions, ...texts] })}>×</button>
  </div>`;
}

/** The same as the first thing in an empty channel. @param {{ctx: Context, conversation: string}} props */
export function Starters({ ctx, conversation }) {
  const texts = left(ctx);
  if (texts.length === 0) return null;
  const pick = (/** @type {string} */ text) => () => {
    ctx.store.draft(conversation, text);
    const area = document.querySelector('.main .composer textarea');
    if (area instanceof HTMLElement) area.focus();
  };
  return html`<div class="starters">
    <h3>New here? Say one of these</h3>
    <ol>
      ${texts.map(
        (text, index) => html`<li key=${text}>
          <button class="starter" type="button" aria-label=${text} onClick=${pick(text)}>
            <span class="starter-number" aria-hidden="true">${index + 1}</span><span>${text}</span>
          </button>
        </li>`,
      )}
    </ol>
  </div>`;
}
