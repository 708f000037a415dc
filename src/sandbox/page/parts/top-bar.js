// @ts-check
import { html } from '../view.js';
import { Avatar } from './avatar.js';
import { ClockChip } from './clock.js';
import { Icon } from './icons.js';
import { openPeople } from './people.js';

const THEMES = {
  auto: ['half', 'Colours: as the system'],
  light: ['sun', 'Colours: light'],
  dark: ['moon', 'Colours: dark'],
};

/** @param {{ctx: import('./context.js').Context}} props */
export function TopBar({ ctx }) {
  const { store, state, ui } = ctx;
  const order = Object.keys(THEMES);
  const theme = THEMES[/** @type {keyof typeof THEMES} */ (ui.theme)] ?? THEMES.auto;
  const nextTheme = () => store.setTheme(order[(order.indexOf(ui.theme) + 1) % order.length] ?? 'auto');
  const showingPings = ui.pane?.kind === 'notifications';
  const mine = state.notifications.filter((one) => one.to === state.me.id && !one.heldBack).length;
  return html`<header class="top-bar">
    <button class="icon-button only-narrow" type="button" aria-label="Channels" aria-expanded=${ui.sidebar}
      onClick=${() => store.show({ sidebar: !ui.sidebar })}><${Icon} name="menu" /></button>
    <span class="sandbox-tag" title="A workspace on this machine. Nothing here reaches Slack.">Sandbox</span>
    <${ClockChip} ctx=${ctx} />
    <span class="spring"></span>
    <button class=${`icon-button with-text${showingPings ? ' on' : ''}`} type="button" aria-pressed=${showingPings}
      onClick=${() => store.show({ pane: showingPings ? undefined : { kind: 'notifications' } })}
      aria-label=${`Notifications: ${mine} for you`}>
      <${Icon} name="bell" /><span class="only-wide">Notifications</span>${mine > 0 && html`<span class="count">${mine}</span>`}
    </button>
    <button class="icon-button" type="button" onClick=${nextTheme} title=${theme[1]} aria-label=${theme[1]}>
      <${Icon} name=${theme[0]} />
    </button>
    <button class="me-button" type="button" aria-haspopup="menu" onClick=${(/** @type {any} */ event) => openPeople(ctx, event.currentTarget)}
      aria-label=${`You are ${state.me.displayName}. Be someone else`}>
      <${Avatar} person=${state.me} size="small" presence=${true} />
      <span class="only-wide me-name">${state.me.displayName}</span>${state.me.doNotDisturb && html`<${Icon} name="moon" />`}<${Icon} name="down" />
    </button>
  </header>`;
}
