import { type Token, tokensOf } from './tokens.ts';

/** A table that a query reads. */
export interface Source {
  /** The dataset's name; with `*` a pattern of names. */
  readonly name: string;
  /** Written as `['…']`. */
  readonly quoted: boolean;
  readonly at: number;
  readonly end: number;
}

/** One `| operator …`. */
export interface Stage {
  /** Lower case: `where`, `project-away`. */
  readonly operator: string;
  /** What follows the operator. */
  readonly tokens: readonly Token[];
  readonly at: number;
  readonly end: number;
}

export interface Pipeline {
  readonly sources: readonly Source[];
  readonly stages: readonly Stage[];
}

export interface Apl {
  readonly query: string;
  readonly tokens: readonly Token[];
  /** Every pipeline of the query, subqueries after what holds them; the last statement's is `main`. */
  readonly pipelines: readonly Pipeline[];
  readonly main: Pipeline;
  /** Names that `let` gives to tables, values and parameters. */
  readonly lets: ReadonlySet<string>;
}

/** The query is more than this reader understands; it is not necessarily wrong. */
class Beyond extends Error {}

const OPENING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** Sources that name no dataset. */
const MADE_UP: ReadonlySet<string> = new Set(['externaldata', 'datatable', 'print', 'range']);

/**
 * What a query reads and does, or undefined where this cannot tell: then the server decides. Statements, pipelines, subqueries and
 * sources are understood; expressions stay tokens, which is all that matching and hints need. https://axiom.co/docs/apl/introduction
 */
export function readApl(query: string): Apl | undefined {
  const tokens = tokensOf(query);
  if (!tokens || tokens.length === 0 || !balanced(tokens)) return undefined;
  const lets = new Set<string>();
  const pipelines: Pipeline[] = [];
  let main: Pipeline | undefined;
  try {
    for (const statement of split(tokens, ';')) {
      const [first] = statement;
      if (!first) continue;
      if (isName(first, 'let')) readLet(statement, lets, pipelines);
      else if (!isName(first, 'set')) {
        if (main) return undefined;
        main = readPipeline(statement, lets, pipelines);
      }
    }
  } catch (error) {
    if (error instanceof Beyond) return undefined;
    throw error;
  }
  return main && { query, tokens, pipelines, main, lets };
}

/** `let name = table | value | (parameters) { body }`. */
function readLet(statement: readonly Token[], lets: Set<string>, pipelines: Pipeline[]): void {
  const [, name, equals, ...rest] = statement;
  const [head, second] = rest;
  if (name?.kind !== 'name' || equals?.text !== '=' || !head) throw new Beyond();
  const body = rest.findIndex((token) => token.text === '{');
  if (body !== -1) {
    for (const token of rest.slice(0, body)) if (token.kind === 'name') lets.add(token.text);
    for (const part of split(rest.slice(body + 1, -1), ';')) {
      if (part[0] && isName(part[0], 'let')) readLet(part, lets, pipelines);
      else if (isTable(part)) readPipeline(part, lets, pipelines);
      else subqueries(part, lets, pipelines);
    }
  } else if (isTable(rest) || (head.kind === 'name' && !second && !/^(?:true|false|null)$/.test(head.text)))
    readPipeline(rest, lets, pipelines);
  else subqueries(rest, lets, pipelines);
  lets.add(name.text);
}

function isTable(tokens: readonly Token[]): boolean {
  const [head] = tokens;
  return split(tokens, '|').length > 1 || head?.text === '[' || isName(head, 'union');
}

function readPipeline(tokens: readonly Token[], lets: ReadonlySet<string>, all: Pipeline[]): Pipeline {
  const [head = [], ...rest] = split(tokens, '|');
  const place = all.length;
  const sources: Source[] = [];
  const stages = rest.map(stageOf);
  if (isName(head[0], 'search')) stages.unshift(stageOf(head));
  const pipeline = { sources, stages };
  all.push(pipeline);
  sources.push(...sourcesOf(head, lets, all));
  for (const { operator, tokens: words } of stages) {
    if (operator === 'union') for (const one of unionOf(words, lets, all)) sources.push(one);
    else if (operator === 'join' || operator === 'lookup') {
      const right = withoutParameters(words);
      const length =
        right[0]?.text === '[' || right[0]?.text === '(' ? groupLength(right) : nameLength(right);
      sources.push(...sourcesOf(right.slice(0, length), lets, all));
      subqueries(right.slice(length), lets, all);
    } else subqueries(words, lets, all);
  }
  return all[place] ?? pipeline;
}

function stageOf(tokens: readonly Token[]): Stage {
  const [first] = tokens;
  const last = tokens.at(-1);
  if (first?.kind !== 'name' || !last) throw new Beyond();
  const length = nameLength(tokens, false);
  const operator = tokens
    .slice(0, length)
    .map((token) => token.text)
    .join('')
    .toLowerCase();
  return { operator, tokens: tokens.slice(length), at: first.at, end: last.end };
}

/** What stands where a table does. */
function sourcesOf(tokens: readonly Token[], lets: ReadonlySet<string>, all: Pipeline[]): Source[] {
  const [first, second, third] = tokens;
  if (!first) throw new Beyond();
  if (first.text === '(' && groupLength(tokens) === tokens.length) {
    readPipeline(tokens.slice(1, -1), lets, all);
    return [];
  }
  if (first.text === '[' && second?.value !== undefined && third?.text === ']' && tokens.length === 3)
    return [{ name: second.value, quoted: true, at: first.at, end: third.end }];
  if (isName(first, 'union')) return unionOf(tokens.slice(1), lets, all);
  if (isName(first, 'search')) return searchedIn(tokens, lets, all);
  if (first.kind === 'name' && MADE_UP.has(first.text)) return [];
  if (lets.has(first.text)) return [];
  const length = nameLength(tokens);
  const last = tokens[length - 1];
  if (length !== tokens.length || !last) throw new Beyond();
  const name = tokens.map((token) => token.text).join('');
  return [{ name, quoted: false, at: first.at, end: last.end }];
}

/** `search in (a, b*) "…"`; without `in` every dataset is read. */
function searchedIn(tokens: readonly Token[], lets: ReadonlySet<string>, all: Pipeline[]): Source[] {
  const at = tokens.findIndex((token) => isName(token, 'in'));
  const list = tokens.slice(at + 1);
  if (at === -1 || at > 5 || list[0]?.text !== '(') return [];
  return split(list.slice(1, groupLength(list) - 1), ',').flatMap((one) => sourcesOf(one, lets, all));
}

function unionOf(tokens: readonly Token[], lets: ReadonlySet<string>, all: Pipeline[]): Source[] {
  return split(withoutParameters(tokens), ',').flatMap((one) => sourcesOf(one, lets, all));
}

/** Without `kind=inner`, `withsource=x` and the like at the beginning. */
function withoutParameters(tokens: readonly Token[]): readonly Token[] {
  let rest = tokens;
  while (rest[0]?.kind === 'name' && rest[1]?.text === '=') rest = rest.slice(3);
  return rest;
}

/** Pipelines in brackets, anywhere inside an expression: `x in ((…) | …)`. */
function subqueries(tokens: readonly Token[], lets: ReadonlySet<string>, all: Pipeline[]): void {
  for (let at = 0; at < tokens.length; at++) {
    if (!OPENING[tokens[at]?.text ?? '']) continue;
    const length = groupLength(tokens.slice(at));
    const inside = tokens.slice(at + 1, at + length - 1);
    if (split(inside, '|').length > 1) readPipeline(inside, lets, all);
    else subqueries(inside, lets, all);
    at += length - 1;
  }
}

/** Splits at a sign that stands in no bracket. */
export function split(tokens: readonly Token[], sign: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'sign' && OPENING[token.text]) depth++;
    else if (token.kind === 'sign' && /^[)\]}]$/.test(token.text)) depth--;
    if (depth === 0 && token.kind === 'sign' && token.text === sign) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** How many tokens the bracket that begins them takes, both ends included. */
function groupLength(tokens: readonly Token[]): number {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'sign') continue;
    if (OPENING[token.text]) depth++;
    else if (/^[)\]}]$/.test(token.text) && --depth === 0) return index + 1;
  }
  return tokens.length;
}

/** How many tokens make one name without blanks: `k8s-logs`, `github*`. */
function nameLength(tokens: readonly Token[], wild = true): number {
  let end = tokens[0]?.at ?? 0;
  let length = 0;
  for (const token of tokens) {
    const part = token.kind === 'name' || token.kind === 'number' || /^[.-]$/.test(token.text);
    if (token.at !== end || !(part || (wild && token.text === '*'))) break;
    end = token.end;
    length++;
  }
  return length;
}

function balanced(tokens: readonly Token[]): boolean {
  const open: string[] = [];
  for (const { kind, text } of tokens) {
    if (kind !== 'sign') continue;
    const closing = OPENING[text];
    if (closing) open.push(closing);
    else if (/^[)\]}]$/.test(text) && open.pop() !== text) return false;
  }
  return open.length === 0;
}

function isName(token: Token | undefined, text: string): boolean {
  return token?.kind === 'name' && token.text.toLowerCase() === text;
}
