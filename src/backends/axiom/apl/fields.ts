import type { Apl, Pipeline, Stage } from './read-apl.ts';
import type { Token } from './tokens.ts';

/** Words of expressions that name no field. */
const WORDS =
  /^!?(?:and|or|not|by|asc|desc|nulls|first|last|with|on|of|to|typeof|true|false|null|between|in~?|regex|matches|contains(?:_cs)?|has(?:_cs|_any|_any_cs|_all)?|hasprefix(?:_cs)?|hassuffix(?:_cs)?|startswith(?:_cs)?|endswith(?:_cs)?)$/i;
/** Fields that every event has and no schema lists. */
const SYSTEM = /^(?:_rowId|_cursor|_source|\*)$/;
/** Operators whose words are fields, functions and constants alone; behind any other the fields are no longer known. */
const PLAIN: ReadonlySet<string> = new Set([
  ...['where', 'filter', 'extend', 'project', 'project-away', 'project-keep', 'project-reorder', 'distinct'],
  ...['summarize', 'order', 'sort', 'top', 'take', 'limit', 'count', 'sample'],
]);
const MOST = 50;

/** One place where a field is named. */
export interface FieldUse {
  /** As a schema writes it: `service.name`; of a path into a map the map. */
  readonly name: string;
  readonly quoted: boolean;
  readonly at: number;
  readonly end: number;
}

/** The fields of its source that a pipeline names, as long as it is certain that they are the source's own. */
export function fieldUses({ stages }: Pipeline, { lets }: Pick<Apl, 'lets'>): readonly FieldUse[] {
  const made = new Set<string>();
  const uses: FieldUse[] = [];
  for (const stage of stages) {
    if (!PLAIN.has(stage.operator)) break;
    const found = namesIn(stage);
    for (const use of found.uses)
      if (!made.has(use.name) && !lets.has(use.name) && !SYSTEM.test(use.name)) uses.push(use);
    for (const name of found.made) made.add(name);
    if (stage.operator === 'summarize' || stage.operator === 'count') break;
  }
  return uses;
}

/** Their names, each once. */
export function fieldNames(pipeline: Pipeline, apl: Pick<Apl, 'lets'>): readonly string[] {
  return [...new Set(fieldUses(pipeline, apl).map((use) => use.name))].slice(0, MOST);
}

function namesIn({ tokens }: Stage): { readonly uses: FieldUse[]; readonly made: string[] } {
  const uses: FieldUse[] = [];
  const made: string[] = [];
  for (let index = 0; index < tokens.length; ) {
    const primary = primaryAt(tokens, index);
    if (!primary) {
      index++;
      continue;
    }
    const next = tokens[index + primary.length]?.text;
    if (next === '=') made.push(primary.use.name);
    else if (next !== '(' && !(WORDS.test(primary.use.name) && !primary.use.quoted)) uses.push(primary.use);
    index += primary.length;
  }
  return { uses, made };
}

/** A name with its path, if one begins here: `a.b`, `['a.b']['c']`. */
function primaryAt(tokens: readonly Token[], index: number) {
  const [one, two, three] = tokens.slice(index, index + 3);
  const quoted = one?.text === '[' && two?.value !== undefined && three?.text === ']';
  if (!one || (!quoted && one.kind !== 'name')) return undefined;
  let end = index + (quoted ? 3 : 1);
  let name = quoted ? (two?.value ?? '') : one.text;
  let path = quoted;
  for (;;) {
    const [sign, key, closing] = tokens.slice(end, end + 3);
    const touches = sign?.at === tokens[end - 1]?.end;
    if (touches && sign?.text === '.' && key?.kind === 'name') {
      if (!path) name += `.${key.text}`;
      end += 2;
    } else if (touches && sign?.text === '[' && closing?.text === ']') {
      path = true;
      end += 3;
    } else break;
  }
  return {
    length: end - index,
    use: { name, quoted, at: one.at, end: tokens[end - 1]?.end ?? one.end },
  };
}
