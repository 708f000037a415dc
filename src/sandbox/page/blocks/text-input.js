// @ts-check

import { plainText } from '../text/rich.js';
import { html } from '../view.js';
import { held } from './held.js';

const TYPES = {
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'text',
  plain_text_input: 'text',
};

/** Text of every kind. With dispatch it is sent on Enter, or on each key where the element asks for that. @param {import('./elements.js').ElementProps} props */
export function TextInput(props) {
  const { element, dispatch } = props;
  const { value, change } = held(props);
  const rich = element.type === 'rich_text_input';
  const many = rich || element.multiline === true;
  const text = rich ? richText(value.rich_text_value) : (value.value ?? '');
  const on = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const wrap = (/** @type {string} */ next) =>
    rich ? { rich_text_value: next === '' ? null : asRichText(next) } : { value: next === '' ? null : next };
  const input = (/** @type {any} */ event) =>
    change(wrap(event.currentTarget.value), { wait: !on.includes('on_character_entered') });
  const key = (/** @type {any} */ event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    if (!many) event.preventDefault();
    if (dispatch && !many && on.includes('on_enter_pressed')) change(wrap(event.currentTarget.value));
  };
  const shared = {
    class: 'input',
    value: text,
    onInput: input,
    onKeyDown: key,
    placeholder: plainText(element.placeholder ?? ''),
    maxLength: element.max_length ?? 3000,
    autofocus: element.focus_on_load === true,
    'aria-labelledby': props.labelledBy,
    'aria-describedby': props.describedBy,
    'aria-invalid': props.invalid,
  };
  if (many)
    return html`<textarea rows=${Math.min(12, Math.max(3, String(text).split('\n').length + 1))} ...${shared}></textarea>`;
  const type = TYPES[/** @type {keyof typeof TYPES} */ (element.type)] ?? 'text';
  const mode = element.type === 'number_input' ? 'decimal' : undefined;
  return html`<input type=${type} inputmode=${mode} ...${shared} />`;
}

/** @param {string} text */
function asRichText(text) {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] };
}

/** @param {any} value */
function richText(value) {
  const sections = value?.elements ?? [];
  return sections
    .map((/** @type {any} */ section) =>
      (section.elements ?? []).map((/** @type {any} */ one) => one.text ?? one.url ?? '').join(''),
    )
    .join('\n');
}
