import type { ComposeContext, Inline, Style } from './context.ts';
import { emojiAt } from './emoji.ts';
import { linkAt } from './links.ts';

const MARKS: Readonly<Record<string, Style>> = {
  '*': { bold: true },
  _: { italic: true },
  '~': { strike: true },
};

/** Reads one stretch of typed text into the elements that Slack's composer makes of it. */
export function readInline(text: string, context: ComposeContext, style: Style = {}): readonly Inline[] {
  const found: Inline[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain !== '') found.push(styled({ type: 'text', text: plain }, style));
    plain = '';
  };
  const add = (elements: readonly Inline[]): void => {
    flush();
    found.push(...elements);
  };
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at);
    const span = char === '`' ? codeAt(text, at) : undefined;
    if (span !== undefined) {
      add([styled({ type: 'text', text: span }, { ...style, code: true })]);
      at += span.length + 2;
      continue;
    }
    const inner = markAt(text, at);
    const mark = MARKS[char];
    if (inner !== undefined && mark !== undefined) {
      add(readInline(inner, context, { ...style, ...mark }));
      at += inner.length + 2;
      continue;
    }
    const mention = mentionAt(text, at, context);
    if (mention !== undefined) {
      add([styled(mention.element, style)]);
      at += mention.length;
      continue;
    }
    const link = linkAt(text, at);
    if (link !== undefined) {
      const { length, ...rest } = link;
      add([styled({ type: 'link', ...rest }, style)]);
      at += length;
      continue;
    }
    const emoji = emojiAt(text, at);
    if (emoji !== undefined) {
      const { length, ...rest } = emoji;
      add([styled({ type: 'emoji', ...rest }, style)]);
      at += length;
      continue;
    }
    plain += context.smartQuotes ? curly(text, at) : char;
    at += 1;
  }
  flush();
  return found;
}

function styled(element: Inline, style: Style): Inline {
  return Object.keys(style).length === 0 ? element : { ...element, style };
}

/** The inside of `…` that begins here. */
function codeAt(text: string, at: number): string | undefined {
  const end = text.indexOf('`', at + 1);
  const inside = end < 0 ? '' : text.slice(at + 1, end);
  return inside.trim() === '' || inside.includes('\n') ? undefined : inside;
}

/** The inside of *…*, _…_ or ~…~ that begins here: no blank at its edges, no letter outside them. */
function markAt(text: string, at: number): string | undefined {
  const mark = text.charAt(at);
  if (MARKS[mark] === undefined) return undefined;
  if (at > 0 && !/[\s([{"'“‘*_~>]/.test(text.charAt(at - 1))) return undefined;
  const first = text.charAt(at + 1);
  if (first === mark || /^\s?$/.test(first)) return undefined;
  const newline = text.indexOf('\n', at);
  const last = newline < 0 ? text.length : newline;
  for (let end = text.indexOf(mark, at + 2); end > 0 && end < last; end = text.indexOf(mark, end + 1))
    if (/\S/.test(text.charAt(end - 1)) && !/[\p{L}\p{N}_]/u.test(text.charAt(end + 1)))
      return text.slice(at + 1, end);
  return undefined;
}

/** `@Lea`, `@here`, `@oncall`, `#checkout`: names that exist, the longest first. */
function mentionAt(
  text: string,
  at: number,
  context: ComposeContext,
): { readonly element: Inline; readonly length: number } | undefined {
  const sign = text.charAt(at);
  if (sign !== '@' && sign !== '#') return undefined;
  if (at > 0 && /[\p{L}\p{N}_]/u.test(text.charAt(at - 1))) return undefined;
  const candidates: { readonly name: string; readonly element: Inline }[] =
    sign === '#'
      ? context.channels.map(({ id, name }) => ({ name, element: { type: 'channel', channel_id: id } }))
      : [
          ...context.people.flatMap(({ id, names }) =>
            names.map((name) => ({ name, element: { type: 'user', user_id: id } as const })),
          ),
          ...context.usergroups.map(({ id, handle }) => ({
            name: handle,
            element: { type: 'usergroup', usergroup_id: id } as const,
          })),
          ...['here', 'channel', 'everyone'].map((range) => ({
            name: range,
            element: { type: 'broadcast', range } as const,
          })),
        ];
  candidates.sort((one, other) => other.name.length - one.name.length);
  const rest = text.slice(at + 1);
  const found = candidates.find(
    ({ name }) =>
      rest.slice(0, name.length).toLowerCase() === name.toLowerCase() &&
      !/[\p{L}\p{N}_-]/u.test(rest.charAt(name.length)),
  );
  return found === undefined ? undefined : { element: found.element, length: found.name.length + 1 };
}

/** A straight quote opens after a blank or a bracket and closes otherwise. */
function curly(text: string, at: number): string {
  const char = text.charAt(at);
  if (char !== '"' && char !== "'") return char;
  const opens = at === 0 || /[\s([{\-—“‘"'=]/.test(text.charAt(at - 1));
  if (char === '"') return opens ? '“' : '”';
  return opens ? '‘' : '’';
}
