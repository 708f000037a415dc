// @ts-check

import { clockTime, dayKey } from '../text/dates.js';
import { plainText } from '../text/rich.js';
import { html } from '../view.js';
import { held } from './held.js';
import { instantInZone } from './zoned.js';

/** Date, time, and both together (whose value is seconds since the epoch, entered in the reader's zone). @param {import('./elements.js').ElementProps} props */
export function DateInput(props) {
  const { ctx, element } = props;
  const { value, change } = held(props);
  const label =
    props.labelledBy === undefined ? plainText(element.placeholder ?? 'Choose a time') : undefined;
  const shared = {
    class: 'input short',
    'aria-labelledby': props.labelledBy,
    'aria-label': label,
    'aria-describedby': props.describedBy,
    'aria-invalid': props.invalid,
  };
  if (element.type === 'datepicker') {
    const set = (/** @type {any} */ event) => change({ selected_date: event.currentTarget.value || null });
    return html`<input type="date" ...${shared} value=${value.selected_date ?? ''} onChange=${set} />`;
  }
  if (element.type === 'timepicker') {
    const set = (/** @type {any} */ event) => change({ selected_time: event.currentTarget.value || null });
    return html`<input type="time" ...${shared} value=${value.selected_time ?? ''} onChange=${set} />`;
  }
  const at = value.selected_date_time;
  const local = typeof at === 'number' ? `${dayKey(at * 1000, ctx.tz)}T${clockTime(at * 1000, ctx.tz)}` : '';
  const set = (/** @type {any} */ event) => {
    const ms = instantInZone(event.currentTarget.value, ctx.tz);
    change({ selected_date_time: ms === undefined ? null : Math.floor(ms / 1000) });
  };
  return html`<input type="datetime-local" ...${shared} value=${local} onChange=${set} />`;
}
