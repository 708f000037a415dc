// @ts-check

import { Blocks } from '../blocks/blocks.js';
import { html } from '../view.js';
import { AppMark } from './icons.js';

/** The app's home tab. @param {{ctx: import('./context.js').Context, conversation: string}} props */
export function HomeTab({ ctx, conversation }) {
  const blocks = ctx.state.home?.blocks ?? [];
  if (blocks.length === 0) {
    return html`<div class="empty"><span class="avatar large bot"><${AppMark} /></span>
      <p><strong>${ctx.state.app.name} has not published a home tab yet</strong></p>
      <p>It appears once the app hears that you opened this page.</p></div>`;
  }
  const surface = { key: `home:${ctx.state.me.id}`, kind: 'home', blocks, conversation };
  return html`<div class="home"><div class="home-inner"><${Blocks} ctx=${ctx} surface=${surface} /></div></div>`;
}
