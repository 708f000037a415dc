import type { Json } from '../model.ts';
import type { ComposeContext, Inline } from './context.ts';
import { readInline } from './inline.ts';
import { escapeText, renderInline } from './render-text.ts';

/** What Slack's desktop client sends for a typed message. */
export interface Composed {
  readonly text: string;
  readonly blocks: readonly Json[];
}

interface Part {
  readonly element: Json;
  readonly text: string;
}

/**
 * Rewrites typed text as Slack's desktop client does: rich_text beside a `text` with entities, links found by themselves,
 * names as mentions, emoji as `:name:`, curly quotes outside code.
 */
export function composeText(typed: string, context: ComposeContext): Composed {
  const parts = typed
    .replaceAll('\r\n', '\n')
    .split(/(```\s*[^\s`][\s\S]*?```)/)
    .flatMap((piece, index) => (index % 2 === 1 ? [preformatted(piece)] : lines(piece, context)));
  return {
    text: parts.map((part) => part.text).join('\n'),
    blocks: [{ type: 'rich_text', elements: parts.map((part) => part.element) }],
  };
}

function preformatted(piece: string): Part {
  const code = piece.slice(3, -3).replace(/^\n|\n$/g, '');
  return {
    element: { type: 'rich_text_preformatted', elements: [{ type: 'text', text: code }] },
    text: `\`\`\`${escapeText(code)}\`\`\``,
  };
}

type Kind = 'section' | 'quote' | 'bullet' | 'ordered';

const STARTS: readonly (readonly [Kind, RegExp])[] = [
  ['quote', /^>\s?/],
  ['bullet', /^ *[-*•]\s+/],
  ['ordered', /^ *\d{1,3}[.)]\s+/],
];

/** Consecutive lines of one kind make one element. */
function lines(piece: string, context: ComposeContext): readonly Part[] {
  const trimmed = piece.replace(/^\n+|\n+$/g, '');
  if (trimmed.trim() === '') return [];
  const groups: { readonly kind: Kind; readonly lines: string[]; readonly start: number }[] = [];
  for (const line of trimmed.split('\n')) {
    const [kind, pattern] = STARTS.find(([, start]) => start.test(line)) ?? (['section', /^/] as const);
    const last = groups.at(-1);
    const bare = line.replace(pattern, '');
    if (last?.kind === kind) last.lines.push(bare);
    else groups.push({ kind, lines: [bare], start: Number(/^ *(\d+)/.exec(line)?.[1] ?? 1) });
  }
  return groups.map((group) => part(group.kind, group.lines, group.start, context));
}

function part(kind: Kind, content: readonly string[], start: number, context: ComposeContext): Part {
  if (kind === 'bullet' || kind === 'ordered') {
    const items = content.map((line) => readInline(line, context));
    const offset = kind === 'ordered' && start > 1 ? { offset: start - 1 } : {};
    return {
      element: {
        type: 'rich_text_list',
        style: kind,
        indent: 0,
        border: 0,
        ...offset,
        elements: items.map(section),
      },
      text: items
        .map(
          (item, index) => `${kind === 'bullet' ? '•' : `${start + index}.`} ${renderInline(item, context)}`,
        )
        .join('\n'),
    };
  }
  const elements = readInline(content.join('\n'), context);
  const text = renderInline(elements, context);
  if (kind === 'section') return { element: section(elements), text };
  return {
    element: { type: 'rich_text_quote', elements },
    text: text
      .split('\n')
      .map((line) => `&gt; ${line}`)
      .join('\n'),
  };
}

function section(elements: readonly Inline[]): Json {
  return { type: 'rich_text_section', elements };
}
