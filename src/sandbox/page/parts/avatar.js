// @ts-check
import { html } from '../view.js';
import { AppMark } from './icons.js';

const HUES = 10;

/** First letters of the first and last word, so that two people rarely share them. @param {string} name */
export function initials(name) {
  const words = name.split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return (
    letters
      .map((word) => Array.from(word ?? '')[0] ?? '')
      .join('')
      .toUpperCase() || '?'
  );
}

/** A colour that stays with the id. @param {string} id */
export function hueOf(id) {
  let sum = 7;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % HUES;
}

/** @param {{person: import('./context.js').Person, size?: 'small'|'normal'|'large', presence?: boolean}} props */
export function Avatar({ person, size = 'normal', presence = false }) {
  const look = person.isBot ? 'bot' : `hue-${hueOf(person.id)}`;
  const state = person.deactivated ? 'off' : person.doNotDisturb ? 'dnd' : 'on';
  return html`<span class=${`avatar ${size} ${look}`} aria-hidden="true">
    ${person.isBot ? html`<${AppMark} />` : initials(person.displayName)}
    ${presence && html`<i class=${`presence ${state}`}></i>`}
  </span>`;
}
