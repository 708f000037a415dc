// @ts-check

import { Markdown } from '../blocks/markdown.js';
import { Component, html } from '../view.js';
import { Dialog } from './dialog.js';
import { Icon } from './icons.js';

/** @typedef {import('../../page-contract.ts').PageCanvas} PageCanvas */

/** A canvas to read, and to change piece by piece. */
export class CanvasDialog extends Component {
  constructor() {
    super();
    this.state = { editing: undefined, text: '', busy: false };
  }

  /** @param {string} block @param {string} text */
  edit(block, text) {
    this.setState({ editing: block, text });
  }

  async save() {
    const { ctx, of } = this.props;
    const { editing: block, text } = this.state;
    this.setState({ busy: true });
    const reply = await ctx.store.act({ kind: 'editCanvas', canvas: of.id, block, text });
    this.setState(reply.ok ? { busy: false, editing: undefined } : { busy: false });
  }

  /** @param {PageCanvas['blocks'][number]} block */
  piece(block) {
    const { ctx } = this.props;
    const mark = { h1: '# ', h2: '## ', h3: '### ', li: '- ', blockquote: '> ' }[block.kind] ?? '';
    if (this.state.editing === block.id)
      return html`<div class="edit-box" key=${block.id}>
        <textarea class="input" aria-label="Edit this piece" rows="3" autofocus value=${this.state.text}
          onInput=${(/** @type {any} */ event) => this.setState({ text: event.currentTarget.value })}></textarea>
        <div class="row end">
          <button class="btn small" type="button" onClick=${() => this.setState({ editing: undefined })}>Cancel</button>
          <button class="btn small primary" type="button" disabled=${this.state.busy} onClick=${() => void this.save()}>Save</button>
        </div>
      </div>`;
    const text = block.kind === 'pre' ? `\`\`\`\n${block.markdown}\n\`\`\`` : `${mark}${block.markdown}`;
    return html`<div class="canvas-piece" key=${block.id}>
      <${Markdown} ctx=${ctx} block=${{ text }} />
      <button class="icon-button" type="button" aria-label=${`Edit: ${block.markdown.slice(0, 60)}`}
        onClick=${() => this.edit(block.id, block.markdown)}><${Icon} name="edit" /></button>
    </div>`;
  }

  render() {
    const { ctx, of } = this.props;
    const close = () => ctx.store.show({ canvas: undefined });
    return html`<${Dialog} class="modal canvas" label=${of.title} sticky=${true} onClose=${close}>
      <div class="modal-head">
        <${Icon} name="file" />
        <h2>${of.title}</h2>
        <button class="icon-button" type="button" aria-label="Close" data-first onClick=${close}><${Icon} name="close" /></button>
      </div>
      <div class="modal-body" tabindex="-1">${of.blocks.map((/** @type {any} */ block) => this.piece(block))}</div>
    <//>`;
  }
}
