// @ts-check

import { parseAmount } from '../text/amount.js';
import { clockTime, clockTimeWithSeconds, dayLabel } from '../text/dates.js';
import { Component, createRef, html } from '../view.js';
import { Dialog } from './dialog.js';
import { Icon } from './icons.js';

const STEPS = [1, 5, 25, 30];

/** The workspace's own clock, and the way to move it forward. */
export class ClockChip extends Component {
  constructor() {
    super();
    this.state = { open: false, amount: '', wrong: false };
    this.anchor = createRef();
  }

  componentDidMount() {
    this.timer = setInterval(() => this.setState({ tick: {} }), 1000);
  }

  componentWillUnmount() {
    clearInterval(this.timer);
  }

  /** @param {number} ms */
  advance(ms) {
    this.setState({ amount: '', wrong: false });
    void this.props.ctx.store.act({ kind: 'advance', ms }, { busy: 'clock' });
  }

  /** @param {Event} event */
  submit(event) {
    event.preventDefault();
    const ms = parseAmount(this.state.amount);
    if (ms === undefined) this.setState({ wrong: true });
    else this.advance(ms);
  }

  render() {
    const { ctx } = this.props;
    const now = ctx.store.now();
    const busy = ctx.ui.busy.clock === true;
    const buttons = STEPS.map(
      (
        minutes,
      ) => html`<button class="step" type="button" disabled=${busy} onClick=${() => this.advance(minutes * 60_000)}
        aria-label=${`Move the clock ${minutes} minutes forward`}>+${minutes} min</button>`,
    );
    return html`<div class=${`clock${busy ? ' busy' : ''}`} role="group" aria-label="Workspace clock">
      <button class="clock-now" type="button" ref=${this.anchor} aria-haspopup="dialog" aria-expanded=${this.state.open}
        onClick=${() => this.setState({ open: true })} title=${`${dayLabel(now, now, ctx.tz)}, ${clockTimeWithSeconds(now, ctx.tz)} ${ctx.tz}`}>
        <${Icon} name="clock" /><time>${clockTime(now, ctx.tz)}</time><${Icon} name="down" />
      </button>
      <span class="steps only-wide">${buttons}</span>
      ${
        this.state.open &&
        html`<${Dialog} class="popover clock-panel" anchor=${this.anchor.current} label="Move the clock" onClose=${() => this.setState({ open: false })}>
        <p class="clock-big">${clockTimeWithSeconds(now, ctx.tz)}</p>
        <p class="hint">${ctx.tz.replaceAll('_', ' ')}. The bot's clock moves with it, so a promised update falls due without waiting.</p>
        <div class="steps">${buttons}</div>
        <form onSubmit=${(/** @type {Event} */ event) => this.submit(event)}>
          <label for="clock-amount">Another amount</label>
          <div class="row">
            <input class="input" id="clock-amount" value=${this.state.amount} placeholder="1h30m, 90s, 45"
              onInput=${(/** @type {any} */ event) => this.setState({ amount: event.currentTarget.value, wrong: false })} />
            <button class="btn primary" type="submit" disabled=${busy}>Move</button>
          </div>
          ${this.state.wrong && html`<p class="field-error" role="alert">Write it as 1h30m, 90s or a number of minutes, up to 30 days.</p>`}
        </form>
      <//>`
      }
    </div>`;
  }
}
