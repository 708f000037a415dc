// @ts-check

import { plainText, safeUrl, TextObject } from '../text/rich.js';
import { html } from '../view.js';
import { Choices } from './choices.js';
import { DateInput } from './date-input.js';
import { busyKey, fire } from './fire.js';
import { Picture } from './picture.js';
import { Select } from './selects.js';
import { TextInput } from './text-input.js';

/**
 * @typedef {import('./fire.js').Surface} Surface
 * @typedef {import('../parts/context.js').Context} Context
 * @typedef {{ctx: Context, surface: Surface, blockId: string, element: any, dispatch: boolean,
 *   labelledBy?: string, describedBy?: string, invalid?: boolean}} ElementProps
 */

/** Every interactive element by its type. @type {Record<string, (props: ElementProps) => any>} */
const ELEMENTS = {
  button: Button,
  overflow: Overflow,
  workflow_button: Button,
  icon_button: Button,
  feedback_buttons: Feedback,
  image: ({ ctx, element }) => html`<${Picture} ctx=${ctx} of=${element} small=${true} />`,
  static_select: Select,
  external_select: Select,
  users_select: Select,
  conversations_select: Select,
  channels_select: Select,
  multi_static_select: Select,
  multi_users_select: Select,
  multi_conversations_select: Select,
  multi_channels_select: Select,
  radio_buttons: Choices,
  checkboxes: Choices,
  datepicker: DateInput,
  timepicker: DateInput,
  datetimepicker: DateInput,
  plain_text_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  number_input: TextInput,
  rich_text_input: TextInput,
};

/** @param {ElementProps} props */
export function Element(props) {
  const draw = ELEMENTS[props.element?.type];
  if (draw === undefined) {
    return html`<span class="undrawn">The sandbox cannot draw “${String(props.element?.type)}”.</span>`;
  }
  return html`<${draw} ...${props} />`;
}

/** @param {ElementProps} props */
function Button({ ctx, surface, blockId, element }) {
  const busy = ctx.ui.busy[busyKey(surface, blockId, element)] === true;
  const look = ['btn', element.style ?? '', busy ? 'busy' : ''].join(' ');
  const href = safeUrl(element.url);
  const click = () => fire(ctx, surface, blockId, element);
  const label = element.accessibility_label;
  const text = html`<span><${TextObject} ctx=${ctx} of=${element.text ?? plainText(element.icon ?? '')} /></span>`;
  if (href !== undefined) {
    return html`<a class=${look} href=${href} title=${href} target="_blank" rel="noopener noreferrer"
      aria-label=${label} onClick=${click}>${text}</a>`;
  }
  return html`<button class=${look} type="button" disabled=${busy} aria-label=${label} onClick=${click}>${text}</button>`;
}

/** @param {ElementProps} props */
function Feedback({ ctx, surface, blockId, element }) {
  const choose = (/** @type {any} */ button) => () =>
    fire(ctx, surface, blockId, element, { value: button.value });
  return html`<span class="feedback">
    ${[element.positive_button, element.negative_button]
      .filter(Boolean)
      .map(
        (button) =>
          html`<button class="btn small" type="button" onClick=${choose(button)}>${plainText(button.text)}</button>`,
      )}
  </span>`;
}

/** @param {ElementProps} props */
function Overflow({ ctx, surface, blockId, element }) {
  const open = (/** @type {any} */ event) => {
    const items = (element.options ?? []).map((/** @type {any} */ option) => ({
      label: plainText(option.text),
      detail: option.description === undefined ? undefined : plainText(option.description),
      run: () => {
        const href = safeUrl(option.url);
        if (href !== undefined) window.open(href, '_blank', 'noopener,noreferrer');
        fire(ctx, surface, blockId, element, { selected_option: option });
      },
    }));
    ctx.store.show({ menu: { anchor: event.currentTarget, title: 'More', items } });
  };
  return html`<button class="btn more" type="button" aria-haspopup="menu" aria-label=${element.accessibility_label ?? 'More'}
    onClick=${open}><span>•••</span></button>`;
}
