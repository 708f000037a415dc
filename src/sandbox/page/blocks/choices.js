// @ts-check

import { TextObject } from '../text/rich.js';
import { html } from '../view.js';
import { held } from './held.js';

/** Radio buttons and checkboxes. @param {import('./elements.js').ElementProps} props */
export function Choices(props) {
  const { ctx, surface, blockId, element } = props;
  const { value, change } = held(props);
  const many = element.type === 'checkboxes';
  /** @type {any[]} */
  const chosen = many ? (value.selected_options ?? []) : [value.selected_option].filter(Boolean);
  const isOn = (/** @type {any} */ option) => chosen.some((one) => one.value === option.value);
  const pick = (/** @type {any} */ option) => () => {
    if (!many) return change({ selected_option: option });
    const rest = chosen.filter((one) => one.value !== option.value);
    return change({ selected_options: isOn(option) ? rest : [...chosen, option] });
  };
  const name = `${surface.key}/${blockId}/${element.action_id}`;
  return html`<div class="choices" role=${many ? 'group' : 'radiogroup'} aria-labelledby=${props.labelledBy}
    aria-describedby=${props.describedBy}>
    ${(element.options ?? []).map(
      (/** @type {any} */ option) => html`<label class="choice" key=${option.value}>
        <input type=${many ? 'checkbox' : 'radio'} name=${name} checked=${isOn(option)} onChange=${pick(option)} />
        <span><${TextObject} ctx=${ctx} of=${option.text} />
          ${option.description && html`<small><${TextObject} ctx=${ctx} of=${option.description} /></small>`}
        </span>
      </label>`,
    )}
  </div>`;
}
