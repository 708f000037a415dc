// @ts-check

import { plainText } from '../text/rich.js';
import { html } from '../view.js';
import { held } from './held.js';

/**
 * The choices of a select as `{key, label, whole}`; `whole` is what goes into the value.
 * @param {import('./elements.js').ElementProps} props
 * @returns {{label?: string, options: {key: string, label: string, detail?: string, whole: any}[]}[]}
 */
function groupsOf({ ctx, element }) {
  const kind = element.type.replace(/^multi_/, '');
  if (kind === 'users_select') {
    const options = ctx.state.people.map((one) => ({ key: one.id, label: one.displayName, whole: one.id }));
    return [{ options }];
  }
  if (kind === 'conversations_select' || kind === 'channels_select') {
    const shown = ctx.state.conversations.filter((one) => allowed(one, element, kind === 'channels_select'));
    const options = shown.map((one) => ({
      key: one.id,
      label: one.kind === 'dm' ? one.name : `#${one.name}`,
      whole: one.id,
    }));
    return [{ options }];
  }
  const option = (/** @type {any} */ one) => ({
    key: String(one.value),
    label: plainText(one.text),
    ...(one.description === undefined ? {} : { detail: plainText(one.description) }),
    whole: one,
  });
  if (Array.isArray(element.option_groups)) {
    return element.option_groups.map((/** @type {any} */ group) => ({
      label: plainText(group.label),
      options: (group.options ?? []).map(option),
    }));
  }
  return [{ options: (element.options ?? []).map(option) }];
}

/** @param {import('../../page-contract.ts').PageConversation} one @param {any} element @param {boolean} channelsOnly */
function allowed(one, element, channelsOnly) {
  const kind = one.kind === 'channel' ? 'public' : one.kind === 'private' ? 'private' : 'im';
  if (channelsOnly) return kind === 'public';
  const include = element.filter?.include;
  return !Array.isArray(include) || include.includes(kind);
}

/** The name of the value's field, by the kind of select. @param {string} type */
function fieldOf(type) {
  const many = type.startsWith('multi_') ? 's' : '';
  const kind = type.replace(/^multi_/, '').replace(/_select$/, '');
  const names = { users: 'user', conversations: 'conversation', channels: 'channel' };
  return `selected_${names[/** @type {keyof typeof names} */ (kind)] ?? 'option'}${many}`;
}

/** @param {any} whole an id or an option */
function keyOf(whole) {
  return whole === null || whole === undefined ? '' : typeof whole === 'string' ? whole : String(whole.value);
}

/** @param {import('./elements.js').ElementProps} props */
export function Select(props) {
  return props.element.type.startsWith('multi_') ? Many(props) : One(props);
}

/** @param {import('./elements.js').ElementProps} props */
function One(props) {
  const { element } = props;
  const groups = groupsOf(props);
  const { value, change } = held(props);
  const field = fieldOf(element.type);
  const all = groups.flatMap((group) => group.options);
  const chosen = keyOf(value[field]);
  const current = all.some((option) => option.key === chosen) ? chosen : '';
  const pick = (/** @type {any} */ event) => {
    const found = all.find((option) => option.key === event.currentTarget.value);
    change({ [field]: found?.whole ?? null });
  };
  const detail = all.find((option) => option.key === current)?.detail;
  const draw = (/** @type {any} */ option) =>
    html`<option key=${option.key} value=${option.key} selected=${option.key === current}>${option.label}</option>`;
  return html`<span class="select-wrap">
    <select class="select" value=${current} onChange=${pick} aria-labelledby=${props.labelledBy}
      aria-label=${props.labelledBy === undefined ? plainText(element.placeholder ?? 'Choose') : undefined}
      aria-describedby=${props.describedBy} aria-invalid=${props.invalid}>
      <option value="" disabled=${current !== ''} hidden=${current !== ''}>${plainText(element.placeholder ?? 'Choose…')}</option>
      ${groups.map((group) =>
        group.label === undefined
          ? group.options.map(draw)
          : html`<optgroup label=${group.label}>${group.options.map(draw)}</optgroup>`,
      )}
    </select>
    ${detail !== undefined && html`<span class="hint">${detail}</span>`}
  </span>`;
}

/** @param {import('./elements.js').ElementProps} props */
function Many(props) {
  const { element } = props;
  const { value, change } = held(props);
  const field = fieldOf(element.type);
  /** @type {any[]} */
  const chosen = value[field] ?? [];
  const keys = new Set(chosen.map(keyOf));
  const limit = element.max_selected_items ?? Number.POSITIVE_INFINITY;
  const toggle = (/** @type {any} */ option) => () => {
    const rest = chosen.filter((one) => keyOf(one) !== option.key);
    change({ [field]: keys.has(option.key) ? rest : [...chosen, option.whole] });
  };
  return html`<div class="many" role="group" aria-labelledby=${props.labelledBy} aria-describedby=${props.describedBy}>
    ${groupsOf(props).map(
      (group) => html`${group.label !== undefined && html`<div class="many-group">${group.label}</div>`}
        ${group.options.map(
          (option) => html`<label class="choice" key=${option.key}>
            <input type="checkbox" checked=${keys.has(option.key)} disabled=${!keys.has(option.key) && chosen.length >= limit}
              onChange=${toggle(option)} />
            <span>${option.label}${option.detail !== undefined && html`<small>${option.detail}</small>`}</span>
          </label>`,
        )}`,
    )}
  </div>`;
}
