// @ts-check
/**
 * What the composer may complete at the caret.
 * @typedef {{kind: '@'|'#'|':'|'/', query: string, from: number}} Completion `from` is where the sigil stands
 */

/** @param {string} text @param {number} caret @returns {Completion|undefined} */
export function completionAt(text, caret) {
  const before = text.slice(0, caret);
  const slash = /^\/([a-z0-9_-]*)$/i.exec(before);
  if (slash !== null) return { kind: '/', query: String(slash[1]).toLowerCase(), from: 0 };
  const match = /(?:^|[\s([{"'])([@#:])([\p{L}\p{N}_+.'-]*)$/u.exec(before);
  if (match === null) return undefined;
  const kind = /** @type {'@'|'#'|':'} */ (match[1]);
  const query = String(match[2]).toLowerCase();
  if (kind === ':' && query.length < 2) return undefined;
  return { kind, query, from: caret - query.length - 1 };
}

/**
 * The text with the completion in place of what was typed, and where the caret goes.
 * @param {string} text @param {Completion} at @param {number} caret @param {string} insert
 */
export function complete(text, at, caret, insert) {
  const rest = text.slice(caret);
  const gap = rest.startsWith(' ') ? '' : ' ';
  return { text: text.slice(0, at.from) + insert + gap + rest, caret: at.from + insert.length + 1 };
}

/** Whether Slack would take a text for a slash command; a path such as `/var/log` after a blank is not one. @param {string} text */
export function slashName(text) {
  return /^\/[a-z0-9][\w-]*(?=\s|$)/i.exec(text)?.[0].toLowerCase();
}
