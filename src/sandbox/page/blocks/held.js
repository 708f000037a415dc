// @ts-check
import { fire } from './fire.js';
import { initialValue } from './values.js';

/**
 * What an element holds now, and how to change it. A change is sent at once outside `input` blocks and where the block
 * asks for it, as Slack does; otherwise it waits for the submit.
 * @param {import('./elements.js').ElementProps} props
 */
export function held({ ctx, surface, blockId, element, dispatch }) {
  const actionId = String(element.action_id ?? '');
  const initial = initialValue(element, surface.conversation) ?? {};
  const value = ctx.ui.forms[surface.key]?.[blockId]?.[actionId] ?? initial;
  return {
    value,
    /** @param {Record<string, any>} next @param {{wait?: boolean}} [how] */
    change(next, how = {}) {
      const whole = { type: element.type, ...next };
      ctx.store.setValue(surface.key, blockId, actionId, whole);
      if (dispatch && how.wait !== true) fire(ctx, surface, blockId, element, next);
    },
    send: () => fire(ctx, surface, blockId, element, value),
  };
}
