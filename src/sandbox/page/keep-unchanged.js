// @ts-check
/**
 * A fresh state with the old objects wherever nothing changed, so that unchanged messages are not drawn again.
 * @template {{messages: Readonly<Record<string, readonly {ts: string}[]>>, people: readonly unknown[]}} S
 * @param {S|undefined} before @param {S} fresh @returns {S}
 */
export function keepUnchanged(before, fresh) {
  if (before === undefined) return fresh;
  /** @type {Record<string, readonly {ts: string}[]>} */
  const messages = {};
  for (const [conversation, list] of Object.entries(fresh.messages)) {
    const old = before.messages[conversation] ?? [];
    const byTs = new Map(old.map((message) => [message.ts, message]));
    const kept = list.map((message) => {
      const known = byTs.get(message.ts);
      return known !== undefined && JSON.stringify(known) === JSON.stringify(message) ? known : message;
    });
    const same = kept.length === old.length && kept.every((message, index) => message === old[index]);
    messages[conversation] = same ? old : kept;
  }
  const samePeople = JSON.stringify(before.people) === JSON.stringify(fresh.people);
  return { ...fresh, messages, people: samePeople ? before.people : fresh.people };
}
