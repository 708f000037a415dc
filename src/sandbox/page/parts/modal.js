// @ts-check

import { Blocks } from '../blocks/blocks.js';
import { missingFields, stateValues } from '../blocks/values.js';
import { Component, html } from '../view.js';
import { Dialog } from './dialog.js';
import { AppMark, Icon } from './icons.js';

/** The modal on top, with how many lie below it. @param {{ctx: import('./context.js').Context}} props */
export function Modals({ ctx }) {
  const { modals } = ctx.state;
  const top = modals.at(-1);
  return top === undefined
    ? null
    : html`<${Modal} key=${top.id} ctx=${ctx} view=${top} below=${modals.length - 1} />`;
}

class Modal extends Component {
  constructor() {
    super();
    this.state = { missing: {}, error: undefined, hash: '' };
  }

  get surface() {
    const { ctx, view } = this.props;
    return {
      key: `view:${view.id}`,
      kind: 'view',
      view: view.id,
      blocks: view.blocks,
      conversation: ctx.ui.conversation,
    };
  }

  get values() {
    const { ctx, view } = this.props;
    return stateValues(view.blocks, ctx.ui.forms[`view:${view.id}`], ctx.ui.conversation);
  }

  /** @param {Event} event */
  async submit(event) {
    event.preventDefault();
    const { ctx, view } = this.props;
    const missing = missingFields(view.blocks, this.values);
    this.setState({ missing, error: undefined, hash: view.hash });
    if (Object.keys(missing).length > 0) return;
    const action = { kind: 'submit', view: view.id, state: this.values };
    const reply = await ctx.store.act(action, { quiet: true, busy: `submit:${view.id}` });
    if (!reply.ok) this.setState({ error: reply.error });
  }

  close() {
    const { ctx, view } = this.props;
    void ctx.store.act({ kind: 'close', view: view.id, state: this.values }, { busy: `submit:${view.id}` });
  }

  render() {
    const { ctx, view, below } = this.props;
    const busy = ctx.ui.busy[`submit:${view.id}`] === true;
    const errors = { ...view.errors, ...this.state.missing };
    const needsSubmit =
      view.submit !== undefined || view.blocks.some((/** @type {any} */ one) => one.type === 'input');
    return html`<${Dialog} class="modal" label=${view.title} sticky=${true} onClose=${() => this.close()}>
      <form class="modal-form" noValidate onSubmit=${(/** @type {Event} */ event) => void this.submit(event)}>
        <div class="modal-head">
          <span class="avatar small bot"><${AppMark} /></span>
          <h2>${view.title}</h2>
          ${below > 0 && html`<span class="hint">${below} more below</span>`}
          <button class="icon-button" type="button" aria-label="Close" disabled=${busy} onClick=${() => this.close()}><${Icon} name="close" /></button>
        </div>
        <div class="modal-body" tabindex="-1">
          <${Blocks} ctx=${ctx} surface=${this.surface} errors=${errors} />
        </div>
        ${this.state.error && html`<p class="field-error pad" role="alert">${this.state.error}</p>`}
        <div class="modal-foot">
          <button class="btn" type="button" disabled=${busy} onClick=${() => this.close()}>${view.close ?? 'Cancel'}</button>
          ${needsSubmit && html`<button class=${`btn primary${busy ? ' busy' : ''}`} type="submit" disabled=${busy}><span>${view.submit ?? 'Submit'}</span></button>`}
        </div>
      </form>
    <//>`;
  }
}
