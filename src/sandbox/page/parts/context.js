// @ts-check
/**
 * What drawing code needs to name things: built once per change of the state.
 * @typedef {import('../store.js').Store} Store
 * @typedef {import('../../page-contract.ts').PageState} PageState
 * @typedef {import('../../page-contract.ts').PageConversation} PageConversation
 * @typedef {{id: string, name: string, displayName: string, isBot: boolean, tz?: string, doNotDisturb?: boolean, deactivated?: boolean}} Person
 * @typedef {{store: Store, state: PageState, ui: Store['ui'], tz: string, person(id: string): Person,
 *   conversation(id: string): PageConversation|undefined}} Context
 */

/** @param {Store} store @param {PageState} state @returns {Context} */
export function contextOf(store, state) {
  const people = new Map(state.people.map((person) => [person.id, person]));
  const conversations = new Map(state.conversations.map((one) => [one.id, one]));
  const app = { id: state.app.botUserId, name: state.app.name, displayName: state.app.name, isBot: true };
  return {
    store,
    state,
    ui: store.ui,
    tz: state.me.tz,
    person: (id) =>
      id === state.app.botUserId || id === state.app.id
        ? app
        : (people.get(id) ?? { id, name: id, displayName: id, isBot: false }),
    conversation: (id) => conversations.get(id),
  };
}

/** The other side of a direct message: the app, or the person with that name. @param {Context} ctx @param {PageConversation} dm */
export function otherSide(ctx, dm) {
  if (dm.name === ctx.state.app.name) return ctx.person(ctx.state.app.botUserId);
  const found = ctx.state.people.find((person) => person.displayName === dm.name || person.name === dm.name);
  return found ?? { id: dm.id, name: dm.name, displayName: dm.name, isBot: false };
}
