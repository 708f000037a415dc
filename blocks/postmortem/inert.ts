import { codeLines } from '../../src/domain/postmortem/code-lines.ts';
import { clean } from '../text.ts';

/** A full-width sign looks the same and means nothing to any tool; no invisible character is put into anyone's text. */
const SIGN = { '@': '\uff20', '#': '\uff03' } as const;

/** `@name` and `#123` as words: no site that shows the file pings anybody or links anything. */
export function withoutPings(text: string): string {
  return text.replace(/(?<![\w.+-])@(?=[\w{-])/g, SIGN['@']).replace(/#(?=\d)/g, SIGN['#']);
}

const SPECIAL = /[\\`*_{}[\]<>|~]|!(?=\[)|&(?=#?\w+;)/g;

/** People's words as literal markdown on one line. */
export function markdownText(text: string): string {
  return withoutPings(clean(text))
    .replace(/\s+/g, ' ')
    .replace(SPECIAL, (char) => (char === '&' ? '&amp;' : `\\${char}`));
}

/** What would begin a list, a heading or a rule does so only at the beginning of a line. */
export function lineStart(markdown: string): string {
  return markdown.replace(/^(\s*)(#{1,6}|[-+=]+|\d{1,9}[.)])(?=\s|$)/, (_all, blank: string, mark: string) =>
    /\d/.test(mark) ? `${blank}${mark.slice(0, -1)}\\${mark.slice(-1)}` : `${blank}\\${mark}`,
  );
}

const LINK_SCHEME = /\]\((?!\s*<?(?:https?:\/\/|mailto:|#))/gi;

/**
 * Markdown that a person wrote, kept as it is but for what acts on its reader or breaks the document: raw HTML, images, pings,
 * addresses that are none, a heading of a whole section, a block of code that never ends. Doing it again changes nothing.
 */
export function inertMarkdown(text: string): string {
  const { lines, open } = codeLines(clean(text));
  const inert = lines.map(({ line, code }) => (code ? line : inertLine(line)));
  return [...inert, ...(open === undefined ? [] : [open])].join('\n');
}

function inertLine(line: string): string {
  return line
    .replace(/^## /, '### ')
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : inertProse(part)))
    .join('');
}

function inertProse(text: string): string {
  return withoutPings(text)
    .replace(/!(?=\[)/g, '!\\')
    .replace(/<(?!https?:\/\/[^\s<>]+>)/g, '&lt;')
    .replace(LINK_SCHEME, (found) => found.replace('](', ']\\('));
}
