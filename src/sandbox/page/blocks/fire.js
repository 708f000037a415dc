// @ts-check
import { actionOf, stateValues } from './values.js';

/**
 * Where a set of blocks stands, and so who hears of a click in it.
 * @typedef {{key: string, kind: 'message', conversation: string, ts: string, blocks: readonly any[]}
 *   |{key: string, kind: 'view', view: string, blocks: readonly any[], conversation?: string}
 *   |{key: string, kind: 'home', blocks: readonly any[], conversation?: string}} Surface
 * @typedef {import('../parts/context.js').Context} Context
 */

/** The name under which a click waits for its answer. @param {Surface} surface @param {string} blockId @param {any} element */
export function busyKey(surface, blockId, element) {
  return `${surface.key}/${blockId}/${element.action_id ?? ''}/${element.value ?? ''}`;
}

/**
 * A click or choice: asks first where the element says so, then sends it.
 * @param {Context} ctx @param {Surface} surface @param {string} blockId @param {any} element @param {Record<string, any>} [value]
 */
export function fire(ctx, surface, blockId, element, value) {
  const go = () => {
    const blocks = surface.blocks;
    const state = stateValues(blocks, ctx.store.ui.forms[surface.key], surface.conversation);
    const action = actionOf(element, blockId, value);
    const target =
      surface.kind === 'message'
        ? { kind: 'messageAction', conversation: surface.conversation, ts: surface.ts }
        : surface.kind === 'view'
          ? { kind: 'viewAction', view: surface.view }
          : { kind: 'viewAction' };
    void ctx.store.act({ ...target, action, state }, { busy: busyKey(surface, blockId, element) });
  };
  if (element.confirm === undefined) go();
  else ctx.store.show({ confirm: { dialog: element.confirm, go } });
}
