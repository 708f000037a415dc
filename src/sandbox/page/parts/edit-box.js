// @ts-check

import { composerText } from '../text/mrkdwn.js';
import { Component, createRef, html } from '../view.js';

/** Edits one's own message in place. */
export class EditBox extends Component {
  /** @param {any} props */
  constructor(props) {
    super();
    const { ctx, message } = props;
    const text = composerText(
      message.text,
      (id) => ctx.person(id).displayName,
      (id) => ctx.conversation(id)?.name,
    );
    this.state = { text, error: undefined, busy: false };
    this.area = createRef();
  }

  componentDidMount() {
    const area = this.area.current;
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  close() {
    this.props.ctx.store.show({ editing: undefined });
  }

  async save() {
    const { ctx, conversation, message } = this.props;
    const text = this.state.text.trim();
    if (text === '') return this.setState({ error: 'An empty message cannot be saved; delete it instead.' });
    this.setState({ busy: true });
    const reply = await ctx.store.act({ kind: 'edit', conversation, ts: message.ts, text }, { quiet: true });
    this.setState({ busy: false });
    if (reply.ok) return this.close();
    return this.setState({ error: reply.error });
  }

  /** @param {any} event */
  onKey(event) {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void this.save();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  render() {
    const { text, error, busy } = this.state;
    return html`<div class="edit-box">
      <textarea class="input" ref=${this.area} aria-label="Edit message" rows=${Math.min(10, text.split('\n').length + 1)} value=${text}
        onInput=${(/** @type {any} */ event) => this.setState({ text: event.currentTarget.value, error: undefined })}
        onKeyDown=${(/** @type {any} */ event) => this.onKey(event)}></textarea>
      ${error && html`<p class="field-error" role="alert">${error}</p>`}
      <div class="row end">
        <button class="btn small" type="button" onClick=${() => this.close()}>Cancel</button>
        <button class="btn small primary" type="button" disabled=${busy} onClick=${() => void this.save()}>Save</button>
      </div>
    </div>`;
  }
}
