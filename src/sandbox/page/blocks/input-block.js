// @ts-check

import { plainText } from '../text/rich.js';
import { html } from '../view.js';
import { Element } from './elements.js';

/** @param {import('./blocks.js').BlockProps} props */
export function InputBlock({ ctx, surface, block, blockId, error }) {
  const id = `${surface.key}-${blockId}`.replace(/[^\w-]/g, '_');
  const described = [block.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return html`<div class=${`block input-block${error ? ' has-error' : ''}`}>
    <div class="label" id=${`${id}-label`}>${plainText(block.label)}
      ${block.optional && html`<span class="optional"> (optional)</span>`}
    </div>
    <${Element} ctx=${ctx} surface=${surface} blockId=${blockId} element=${block.element} dispatch=${block.dispatch_action === true}
      labelledBy=${`${id}-label`} describedBy=${described || undefined} invalid=${error ? true : undefined} />
    ${error && html`<div class="field-error" id=${`${id}-error`} role="alert">${error}</div>`}
    ${block.hint && html`<div class="hint" id=${`${id}-hint`}>${plainText(block.hint)}</div>`}
  </div>`;
}
