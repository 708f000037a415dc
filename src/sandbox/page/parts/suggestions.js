// @ts-check
import { html } from '../view.js';

/** What a newcomer may type first; a click fills the composer. @param {{ctx: import('./context.js').Context, onPick: (text: string) => void}} props */
export function Suggestions({ ctx, onPick }) {
  const { store, state, ui } = ctx;
  const left = state.suggestions.filter((text) => !ui.usedSuggestions.includes(text));
  if (left.length === 0) return null;
  return html`<div class="suggestions" role="group" aria-label="What to type first">
    <span class="suggestions-label">Try</span>
    ${left.map(
      (text) =>
        html`<button key=${text} class="chip" type="button" title="Put this into the composer" onClick=${() => onPick(text)}>${text}</button>`,
    )}
    <button class="icon-button tiny" type="button" aria-label="Hide the suggestions"
      onClick=${() => store.show({ usedSuggestions: [...ui.usedSuggestions, ...left] })}>×</button>
  </div>`;
}
