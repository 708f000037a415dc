// @ts-check

import { complete, completionAt, slashName } from '../text/completion.js';
import { Component, createRef, html } from '../view.js';
import { Completions, offersFor } from './completions.js';
import { Icon } from './icons.js';
import { isFresh, Suggestions } from './suggestions.js';
import { readUpload } from './upload.js';

const TALLEST = 220;

/** Where one writes. Enter sends, Shift+Enter breaks the line, the up arrow edits one's last message. */
export class Composer extends Component {
  constructor() {
    super();
    this.state = { at: undefined, chosen: 0, error: undefined, sending: false };
    this.area = createRef();
  }

  get key() {
    const { conversation, threadTs } = this.props;
    return threadTs === undefined ? conversation : `${conversation}/${threadTs}`;
  }

  get text() {
    return this.props.ctx.ui.drafts[this.key] ?? '';
  }

  componentDidMount() {
    this.fit();
    const shown = this.props.ctx.ui.target === undefined;
    if (shown && matchMedia('(hover: hover)').matches) this.area.current.focus({ preventScroll: true });
  }

  componentDidUpdate() {
    this.fit();
  }

  fit() {
    const area = this.area.current;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, TALLEST)}px`;
  }

  /** @param {string} text @param {number} [caret] */
  write(text, caret = undefined) {
    this.props.ctx.store.draft(this.key, text);
    const at = caret === undefined ? text.length : caret;
    this.setState({ at: completionAt(text, at), chosen: 0, error: undefined }, () => {
      if (caret !== undefined) this.area.current.setSelectionRange(caret, caret);
    });
  }

  /** @param {string} text what a suggestion puts into the composer */
  fill(text) {
    this.props.ctx.store.draft(this.key, text);
    this.setState({ at: undefined, error: undefined }, () => {
      this.area.current.focus();
      this.area.current.setSelectionRange(text.length, text.length);
    });
  }

  get offers() {
    return this.state.at === undefined ? [] : offersFor(this.props.ctx, this.state.at);
  }

  /** @param {import('./completions.js').Offer} offer */
  pick(offer) {
    const area = this.area.current;
    if (this.state.at === undefined) return;
    const done = complete(this.text, this.state.at, area.selectionStart, offer.insert);
    this.write(done.text, done.caret);
    this.setState({ at: undefined });
  }

  /** The slash command that Slack refuses here, if the text is one. */
  get blocked() {
    return this.props.threadTs === undefined ? undefined : slashName(this.text);
  }

  mentionInstead() {
    const { ctx } = this.props;
    this.fill(this.text.replace(/^\/[\w-]+/, `@${ctx.state.app.name}`));
  }

  async send() {
    const { ctx, conversation, threadTs } = this.props;
    const text = this.text.trim();
    if (text === '' || this.state.sending || this.blocked !== undefined) return;
    this.setState({ sending: true, error: undefined, at: undefined });
    const action = { kind: 'post', conversation, text, ...(threadTs === undefined ? {} : { threadTs }) };
    const reply = await ctx.store.act(action, { quiet: true });
    this.setState({ sending: false, error: reply.ok ? undefined : reply.error });
    if (!reply.ok) return;
    const used = ctx.state.suggestions.includes(text)
      ? [...ctx.store.ui.usedSuggestions, text]
      : ctx.store.ui.usedSuggestions;
    // What was typed while the message was on its way stays.
    if (this.text.trim() === text) ctx.store.draft(this.key, '');
    ctx.store.show({ usedSuggestions: used });
  }

  /** @param {any} event */
  onKey(event) {
    if (event.isComposing) return;
    const offers = this.offers;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (offers.length > 0 && step !== 0) {
      event.preventDefault();
      this.setState({ chosen: (this.state.chosen + step + offers.length) % offers.length });
    } else if (offers.length > 0 && (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey))) {
      event.preventDefault();
      const offer = offers[this.state.chosen];
      if (offer !== undefined) this.pick(offer);
    } else if (offers.length > 0 && event.key === 'Escape') {
      event.preventDefault();
      this.setState({ at: undefined });
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void this.send();
    } else if (event.key === 'ArrowUp' && this.text === '') this.editLast(event);
  }

  /** @param {Event} event */
  editLast(event) {
    const { ctx, conversation, threadTs } = this.props;
    const mine = (ctx.state.messages[conversation] ?? []).filter(
      (/** @type {any} */ one) =>
        one.user === ctx.state.me.id &&
        one.subtype === undefined &&
        (threadTs === undefined || one.threadTs === threadTs),
    );
    const last = mine.at(-1);
    if (last === undefined) return;
    event.preventDefault();
    ctx.store.show({ editing: { conversation, ts: last.ts } });
  }

  /** @param {any} event */
  async onFile(event) {
    const { ctx, conversation } = this.props;
    const [file] = event.currentTarget.files;
    event.currentTarget.value = '';
    if (file === undefined) return;
    const upload = await readUpload(file);
    if ('error' in upload) this.setState({ error: upload.error });
    else if ((await ctx.store.act({ kind: 'upload', conversation, ...upload, text: this.text })).ok)
      this.fill('');
  }

  render() {
    const { ctx, conversation, threadTs } = this.props;
    const here = ctx.conversation(conversation);
    const offers = this.offers;
    const blocked = this.blocked;
    const place = here?.kind === 'dm' ? here.name : `#${here?.name}`;
    const label = threadTs === undefined ? `Message ${place}` : 'Reply…';
    const list = `offers-${threadTs ?? 'main'}`;
    const input = (/** @type {any} */ event) =>
      this.write(event.currentTarget.value, event.currentTarget.selectionStart);
    return html`<div class="composer-wrap">
      ${threadTs === undefined && !isFresh(ctx, conversation) && html`<${Suggestions} ctx=${ctx} onPick=${(/** @type {string} */ text) => this.fill(text)} />`}
      ${
        blocked &&
        html`<p class="composer-note" role="alert">Slack blocks slash commands in threads, so <code>${blocked}</code> would not reach ${ctx.state.app.name}.
        <button class="btn small" type="button" onClick=${() => this.mentionInstead()}>Use @${ctx.state.app.name} instead</button></p>`
      }
      ${this.state.error && html`<p class="composer-note error" role="alert">${this.state.error}</p>`}
      <div class="composer">
        ${offers.length > 0 && html`<${Completions} id=${list} offers=${offers} chosen=${this.state.chosen} pick=${(/** @type {any} */ offer) => this.pick(offer)} />`}
        ${
          threadTs === undefined &&
          html`<label class="icon-button attach" title="Attach a file">
          <${Icon} name="clip" /><input type="file" class="hidden-input" aria-label="Attach a file" onChange=${(/** @type {any} */ event) => void this.onFile(event)} /></label>`
        }
        <textarea ref=${this.area} rows="1" value=${this.text} placeholder=${label} aria-label=${label} aria-expanded=${offers.length > 0} role="combobox"
          aria-haspopup="listbox" aria-autocomplete="list" aria-controls=${list} aria-activedescendant=${offers.length > 0 ? `${list}-${this.state.chosen}` : undefined}
          onInput=${input} onKeyDown=${(/** @type {any} */ event) => this.onKey(event)} onBlur=${() => this.setState({ at: undefined })}></textarea>
        <button class="send" type="button" aria-label="Send" disabled=${this.text.trim() === '' || this.state.sending || blocked !== undefined}
          onClick=${() => void this.send()}><${Icon} name="send" /></button>
      </div>
    </div>`;
  }
}
