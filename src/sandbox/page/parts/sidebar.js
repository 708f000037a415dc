// @ts-check
import { html } from '../view.js';
import { Avatar } from './avatar.js';
import { otherSide } from './context.js';
import { Icon } from './icons.js';

/** @typedef {import('./context.js').Context} Context */

/** @param {{ctx: Context}} props */
export function Sidebar({ ctx }) {
  const { store, state, ui } = ctx;
  const channels = state.conversations.filter((one) => one.kind !== 'dm');
  const dms = state.conversations.filter((one) => one.kind === 'dm');
  const appDm = dms.find((one) => one.name === state.app.name);
  const others = dms.filter((one) => one !== appDm);
  return html`<nav class="sidebar" aria-label="Workspace">
    <div class="workspace">
      <span class="workspace-name" title=${state.team.name}>${state.team.name}</span>
      <button class="icon-button bolt" type="button" aria-haspopup="menu" aria-label="Shortcuts" title="Shortcuts"
        onClick=${(/** @type {any} */ event) => openShortcuts(ctx, event.currentTarget)}><${Icon} name="bolt" /></button>
      <button class="icon-button only-narrow" type="button" aria-label="Close the list of channels"
        onClick=${() => store.show({ sidebar: false })}><${Icon} name="close" /></button>
    </div>
    <div class="sidebar-scroll">
      <h2>Channels</h2>
      <ul>${channels.map((one) => html`<li key=${one.id}><${Row} ctx=${ctx} of=${one} /></li>`)}</ul>
      ${channels.length === 0 && html`<p class="hint pad">No channels yet.</p>`}
      <h2>Direct messages</h2>
      <ul>
        ${others.map((one) => html`<li key=${one.id}><${Row} ctx=${ctx} of=${one} /></li>`)}
        ${missingPeople(ctx).map(
          (person) => html`<li key=${person.id}>
            <button class="row dim" type="button" onClick=${() => void openDm(ctx, person.id)}>
              <${Avatar} person=${person} size="small" presence=${true} /><span class="row-name">${person.displayName}</span>
            </button>
          </li>`,
        )}
      </ul>
      <h2>Apps</h2>
      <ul>
        <li>
          <button class=${`row${ui.conversation === appDm?.id ? ' here' : ''}${appDm?.unread ? ' unread' : ''}`} type="button"
            aria-current=${ui.conversation === appDm?.id ? 'page' : undefined} onClick=${() => void openApp(ctx, appDm?.id)}>
            <${Avatar} person=${ctx.person(state.app.botUserId)} size="small" />
            <span class="row-name">${state.app.name}</span>
            ${!state.app.online && html`<span class="row-note">offline</span>`}
            <${Badge} count=${appDm?.mentions || appDm?.unread || 0} strong=${true} />
          </button>
        </li>
      </ul>
    </div>
    <p class="sidebar-foot">A Slack workspace on this machine. Open this page in a second tab to be two people at once.</p>
  </nav>`;
}

/** @param {{ctx: Context, of: import('../../page-contract.ts').PageConversation}} props */
function Row({ ctx, of }) {
  const here = ctx.ui.conversation === of.id;
  const look = [
    'row',
    here ? 'here' : '',
    of.unread > 0 || of.mentions > 0 ? 'unread' : '',
    of.member ? '' : 'dim',
  ].join(' ');
  const dm = of.kind === 'dm';
  const open = () => {
    ctx.store.show({ homeTab: 'messages' });
    ctx.store.open(of.id);
  };
  const count = dm ? of.unread : of.mentions;
  const said = count > 0 ? `, ${count} ${dm ? 'unread' : 'mentions'}` : of.unread > 0 ? ', unread' : '';
  return html`<button class=${look} type="button" aria-current=${here ? 'page' : undefined} onClick=${open}
    aria-label=${`${dm ? '' : of.kind === 'private' ? 'Private channel ' : 'Channel '}${of.name}${said}`} title=${of.name}>
    ${
      dm
        ? html`<${Avatar} person=${otherSide(ctx, of)} size="small" presence=${true} />`
        : html`<${Icon} name=${of.kind === 'private' ? 'lock' : 'hash'} />`
    }
    <span class="row-name">${of.name}</span>
    ${of.archived && html`<span class="row-note">archived</span>`}
    <${Badge} count=${count} strong=${true} />
  </button>`;
}

/** @param {{count: number, strong: boolean}} props */
function Badge({ count }) {
  return count > 0 ? html`<span class="badge" aria-hidden="true">${count > 99 ? '99+' : count}</span>` : null;
}

/** People with whom there is no conversation yet. @param {Context} ctx */
function missingPeople(ctx) {
  const { state } = ctx;
  const names = new Set(state.conversations.filter((one) => one.kind === 'dm').flatMap((one) => one.name));
  return state.people.filter(
    (person) =>
      person.id !== state.me.id && !person.isBot && !names.has(person.displayName) && !names.has(person.name),
  );
}

/** @param {Context} ctx @param {string} user @returns {Promise<boolean>} */
export async function openDm(ctx, user) {
  const reply = await ctx.store.act({ kind: 'openDm', user });
  if (!reply.ok || reply.conversation === undefined) return false;
  await ctx.store.refresh();
  ctx.store.open(reply.conversation);
  return true;
}

/** Opening an app shows its home tab and tells the app so. @param {Context} ctx @param {string|undefined} dm */
async function openApp(ctx, dm) {
  const { store, state } = ctx;
  const unread = ctx.conversation(dm ?? '')?.unread ?? 0;
  store.show({ homeTab: unread > 0 ? 'messages' : 'home' });
  void store.act({ kind: 'openHome' }, { quiet: true });
  if (dm !== undefined) store.open(dm);
  else await openDm(ctx, state.app.botUserId);
}

/** @param {Context} ctx @param {Element} anchor */
export function openShortcuts(ctx, anchor) {
  const items = ctx.state.shortcuts
    .filter((one) => one.type === 'global')
    .map((one) => ({
      label: one.name,
      detail: ctx.state.app.name,
      run: () => void ctx.store.act({ kind: 'globalShortcut', callbackId: one.callbackId }),
    }));
  ctx.store.show({ menu: { anchor, title: 'Shortcuts', items } });
}
