// @ts-check
import { keepUnchanged } from './keep-unchanged.js';

/**
 * @typedef {import('../page-contract.ts').PageState} PageState
 * @typedef {import('../page-contract.ts').PageReply} PageReply
 * @typedef {import('../page-contract.ts').PageMessage} PageMessage
 * @typedef {{id: number, text: string, tone: 'error'|'note'|'ping', from?: string, open?: () => void}} Toast
 * @typedef {{getItem(key: string): string|null, setItem(key: string, value: string): void}} Memory
 * @typedef {{fetchState(as?: string): Promise<PageState>, send(action: any): Promise<PageReply>}} Api
 */

/** What the page shows: the server's state as last heard, and what only this tab knows. */
export class Store {
  /** @param {Api} api @param {Memory} memory what survives a reload of this tab @param {() => number} wallClock */
  constructor(api, memory, wallClock) {
    this.api = api;
    this.memory = memory;
    this.wallClock = wallClock;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    /** @type {PageState|undefined} */
    this.state = undefined;
    this.heardAt = 0;
    /** @type {number|undefined} */
    this.newestPing = undefined;
    /** What was last reported as read, so that one view is reported once. */
    this.reported = '';
    this.asking = false;
    this.askAgain = false;
    this.ui = {
      as: memory.getItem('as') ?? undefined,
      conversation: /** @type {string|undefined} */ (undefined),
      /** @type {{kind: 'thread', ts: string}|{kind: 'notifications'}|undefined} */
      pane: undefined,
      sidebar: false,
      homeTab: /** @type {'home'|'messages'} */ ('messages'),
      connected: true,
      /** @type {string|undefined} */
      failure: undefined,
      /** @type {Record<string, string>} */
      drafts: {},
      /** @type {Record<string, any>} values people gave, by surface, block and element */
      forms: {},
      /** @type {{conversation: string, ts: string}|undefined} */
      editing: undefined,
      /** @type {any} */
      menu: undefined,
      /** @type {any} */
      confirm: undefined,
      /** @type {{url: string, alt: string}|undefined} */
      lightbox: undefined,
      /** @type {string|undefined} the canvas that is open */
      canvas: undefined,
      /** @type {string|undefined} `ts` of a message to bring into view */
      target: undefined,
      /** @type {Toast[]} */
      toasts: [],
      /** @type {Record<string, boolean>} actions waiting for their answer */
      busy: {},
      /** @type {string[]} */
      usedSuggestions: [],
      theme: memory.getItem('theme') ?? 'auto',
    };
  }

  /** @param {() => void} listener */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @param {Partial<Store['ui']>} patch */
  show(patch) {
    this.ui = { ...this.ui, ...patch };
    for (const listener of this.listeners) listener();
  }

  /** Slack's now, running on between two answers of the server. */
  now() {
    return this.state === undefined ? 0 : this.state.now + (this.wallClock() - this.heardAt);
  }

  /** Asks for the state; calls during a running request are answered by one more request after it. */
  async refresh() {
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    try {
      do {
        this.askAgain = false;
        const as = this.ui.as;
        const fresh = await this.api.fetchState(as);
        if (as === this.ui.as) this.take(fresh);
        else this.askAgain = true;
      } while (this.askAgain);
    } catch (error) {
      if (this.ui.as !== undefined && this.state === undefined) this.ui = { ...this.ui, as: undefined };
      this.show({ failure: error instanceof Error ? error.message : String(error) });
    } finally {
      this.asking = false;
    }
  }

  /** @param {PageState} fresh */
  take(fresh) {
    const before = this.state;
    this.state = keepUnchanged(before, fresh);
    this.heardAt = this.wallClock();
    this.ui = { ...this.ui, as: fresh.me.id, failure: undefined };
    const known = fresh.conversations.some((one) => one.id === this.ui.conversation);
    if (!known) this.ui.conversation = this.remembered(fresh) ?? fresh.conversations[0]?.id;
    this.announce(fresh, before?.me.id === fresh.me.id);
    this.show({});
    this.markRead();
  }

  /** @param {PageState} fresh */
  remembered(fresh) {
    const id = this.memory.getItem('conversation');
    return fresh.conversations.find((one) => one.id === id)?.id;
  }

  /** New notifications for this person pop up, as they would on a desk. @param {PageState} fresh @param {boolean} samePerson */
  announce(fresh, samePerson) {
    const newest = fresh.notifications[0]?.at ?? 0;
    const since = this.newestPing;
    this.newestPing = Math.max(newest, since ?? 0);
    if (since === undefined || !samePerson) return;
    const mine = fresh.notifications.filter(
      (one) => one.at > since && one.to === fresh.me.id && !one.heldBack,
    );
    for (const one of mine.slice(0, 3)) {
      if (one.conversation === this.ui.conversation && this.visible?.()) continue;
      const name = fresh.people.find((person) => person.id === one.from)?.displayName ?? fresh.app.name;
      this.toast(one.text, 'ping', {
        from: name,
        open: () => this.open(one.conversation, { target: one.ts }),
      });
    }
  }

  /** Set by the page: whether this tab is in front. @type {(() => boolean)|undefined} */
  visible = undefined;

  markRead() {
    const here = this.state?.conversations.find((one) => one.id === this.ui.conversation);
    if (here === undefined || here.unread + here.mentions === 0 || this.visible?.() === false) return;
    const hidden = this.ui.homeTab === 'home' && this.isAppDm(here.id);
    const view = [
      here.id,
      this.ui.as,
      here.unread,
      here.mentions,
      this.state?.messages[here.id]?.at(-1)?.ts,
    ].join(' ');
    if (hidden || view === this.reported) return;
    this.reported = view;
    void this.act({ kind: 'read', conversation: here.id }, { quiet: true });
  }

  /** @param {string} id */
  isAppDm(id) {
    const found = this.state?.conversations.find((one) => one.id === id);
    return found?.kind === 'dm' && found.name === this.state?.app.name;
  }

  /**
   * Sends what a person did. A failure becomes a toast unless `quiet`.
   * @param {Record<string, any>} action @param {{quiet?: boolean, busy?: string}} [how] @returns {Promise<PageReply>}
   */
  async act(action, how = {}) {
    const busy = how.busy;
    if (busy !== undefined) this.show({ busy: { ...this.ui.busy, [busy]: true } });
    const reply = await this.api.send({ as: this.ui.as, ...action });
    if (busy !== undefined) {
      const { [busy]: _done, ...rest } = this.ui.busy;
      this.show({ busy: rest });
    }
    if (!reply.ok && how.quiet !== true) this.toast(reply.error, 'error');
    if (reply.ok) void this.refresh();
    return reply;
  }

  /** @param {string} text @param {Toast['tone']} tone @param {{from?: string, open?: () => void}} [extra] */
  toast(text, tone, extra = {}) {
    const id = (this.ui.toasts.at(-1)?.id ?? 0) + 1;
    this.show({ toasts: [...this.ui.toasts.slice(-3), { id, text, tone, ...extra }] });
  }

  /** @param {number} id */
  dismiss(id) {
    this.show({ toasts: this.ui.toasts.filter((toast) => toast.id !== id) });
  }

  /** @param {string} conversation @param {{thread?: string, target?: string}} [at] */
  open(conversation, at = {}) {
    this.memory.setItem('conversation', conversation);
    const message = this.state?.messages[conversation]?.find((one) => one.ts === at.target);
    const parent =
      message?.threadTs !== undefined && message.threadTs !== message.ts ? message.threadTs : undefined;
    const thread = at.thread ?? parent;
    const keep = this.ui.pane?.kind === 'notifications' && this.wide?.() ? this.ui.pane : undefined;
    this.show({
      conversation,
      sidebar: false,
      editing: undefined,
      target: at.target,
      pane: thread === undefined ? keep : { kind: 'thread', ts: thread },
      ...(at.target !== undefined ? { homeTab: 'messages' } : {}),
    });
    this.markRead();
  }

  /** Set by the page: whether a pane fits beside the conversation. @type {(() => boolean)|undefined} */
  wide = undefined;

  /** @param {string} person */
  become(person) {
    this.memory.setItem('as', person);
    this.show({ as: person, pane: undefined, editing: undefined, forms: {}, menu: undefined, drafts: {} });
    void this.refresh();
  }

  /** @param {string} theme */
  setTheme(theme) {
    this.memory.setItem('theme', theme);
    this.show({ theme });
  }

  /** @param {string} key @param {string} text */
  draft(key, text) {
    this.show({ drafts: { ...this.ui.drafts, [key]: text } });
  }

  /** @param {string} surface @param {string} blockId @param {string} actionId @param {unknown} value */
  setValue(surface, blockId, actionId, value) {
    const form = this.ui.forms[surface] ?? {};
    const block = { ...form[blockId], [actionId]: value };
    this.show({ forms: { ...this.ui.forms, [surface]: { ...form, [blockId]: block } } });
  }
}
