// @ts-check
import { Component, html } from '../view.js';

/** Keeps one malformed block from taking the whole page with it. */
export class Guard extends Component {
  constructor() {
    super();
    this.state = { failed: undefined };
  }

  componentDidCatch() {
    this.setState({ failed: this.props.block });
  }

  render() {
    const { block, children } = this.props;
    if (this.state.failed !== block) return children;
    return html`<details class="block undrawn">
      <summary>This “${String(block?.type)}” block is malformed; Slack would refuse it.</summary>
      <pre>${JSON.stringify(block, null, 2)}</pre>
    </details>`;
  }
}
