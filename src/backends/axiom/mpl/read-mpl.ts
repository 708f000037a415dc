/** A metric that an MPL query reads. */
export interface MplSource {
  readonly dataset: string;
  readonly metric: string;
  /** Tags named by filters and groups behind it. */
  readonly tags: readonly string[];
  /** `[1h..]` behind it, where there is one: it decides instead of the window. */
  readonly range?: { readonly at: number; readonly end: number; readonly text: string };
}

interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'range' | 'sign';
  readonly text: string;
  readonly value: string;
  readonly at: number;
  readonly end: number;
}

const LONGEST = 20_000;
const TOKEN = new RegExp(
  [
    String.raw`(?<gap>\s+|//[^\n]*)`,
    String.raw`(?<quoted>\x60(?:[^\x60\\]|\\.)+\x60)`,
    String.raw`(?<text>"(?:[^"\\\n]|\\.)*"|#(?:s)?/(?:[^/\\\n]|\\.)*/)`,
    String.raw`(?<number>\d[\w.]*)`,
    String.raw`(?<range>\[[^\]\n]*\.\.[^\]\n]*\])`,
    String.raw`(?<name>[A-Za-z_$][\w$]*)`,
    String.raw`(?<sign>::|==|!=|<=|>=|[^\s"\x60])`,
  ].join('|'),
  'y',
);

const SOURCE = /^(?:\x60[^\x60]+\x60|[A-Za-z]\w*)\s*:(?!:)\s*(?:\x60|[A-Za-z])/;

/** Is it MPL? A query that begins with `dataset:metric`, in brackets or behind directives or not; no APL does. */
export function isMpl(query: string): boolean {
  const text = query
    .slice(0, LONGEST)
    .replace(/^(?:\s+|\/\/[^\n]*(?:\n|$)|(?:set|param)\s[^;]*;)+/, '')
    .replace(/^[(\s]+/, '');
  return SOURCE.test(text);
}

/**
 * What a query reads, or undefined where this cannot tell: then the server decides. Only sources, and the tags that filters and
 * groups name, are understood. https://axiom.co/docs/mpl/introduction
 */
export function readMpl(query: string): readonly MplSource[] | undefined {
  const tokens = tokensOf(query);
  if (!tokens) return undefined;
  const found: { source: Omit<MplSource, 'tags'>; tags: Set<string> }[] = [];
  let depth = 0;
  for (let index = 0; index < tokens.length; index++) {
    const [one, colon, two, after] = tokens.slice(index, index + 4);
    if (one?.text === '(') depth++;
    if (one?.text === ')' && --depth < 0) return undefined;
    if (one?.kind === 'name' && colon?.text === ':' && two?.kind === 'name') {
      const range = after?.kind === 'range' ? { at: after.at, end: after.end, text: after.text } : undefined;
      found.push({
        source: { dataset: one.value, metric: two.value, ...(range && { range }) },
        tags: new Set(),
      });
      index += range ? 3 : 2;
    } else if (one?.text === '|') for (const tag of tagsOf(tokens, index + 1)) found.at(-1)?.tags.add(tag);
  }
  if (depth !== 0 || found.length === 0) return undefined;
  return found.map(({ source, tags }) => ({ ...source, tags: [...tags].slice(0, 50) }));
}

/** The tags of one `| where …` or `| … by a, b …`; what is computed later has names of its own. */
function tagsOf(tokens: readonly Token[], from: number): readonly string[] {
  const rest = tokens.slice(from);
  const end = rest.findIndex((token) => token.text === '|');
  const stage = end === -1 ? rest : rest.slice(0, end);
  const [operator] = stage;
  if (operator?.value === 'where')
    return stage.flatMap((token, index) =>
      token.kind === 'name' && /^(?:[=!<>]=?|==|is)$/.test(stage[index + 1]?.text ?? '') ? [token.value] : [],
    );
  if (operator?.value !== 'group' && operator?.value !== 'bucket') return [];
  const by = stage.findIndex((token) => token.value === 'by');
  const tags: string[] = [];
  for (let index = by + 1; by !== -1 && stage[index]?.kind === 'name'; index += 2) {
    tags.push(stage[index]?.value ?? '');
    if (stage[index + 1]?.text !== ',') break;
  }
  return tags;
}

function tokensOf(query: string): readonly Token[] | undefined {
  if (query.length > LONGEST) return undefined;
  const tokens: Token[] = [];
  for (let at = 0; at < query.length; ) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(query)?.groups;
    if (!groups) return undefined;
    const end = TOKEN.lastIndex;
    const text = query.slice(at, end);
    if (groups.gap === undefined) {
      const kind =
        groups.quoted !== undefined || groups.name !== undefined
          ? 'name'
          : groups.text !== undefined
            ? 'text'
            : groups.number !== undefined
              ? 'number'
              : groups.range !== undefined
                ? 'range'
                : 'sign';
      const value = groups.quoted === undefined ? text : text.slice(1, -1).replace(/\\(.)/g, '$1');
      tokens.push({ kind, text, value, at, end });
    }
    at = end;
  }
  return tokens;
}

/** A name as MPL takes it. */
export function quoteMpl(name: string): string {
  return /^[A-Za-z]\w*$/.test(name) ? name : `\`${name.replace(/[\\`]/g, '\\$&')}\``;
}
