/** One `key:value` of a search. */
export interface Term {
  readonly key: string;
  /** Without its quotes; the several of a list `[a, b]` each by itself. */
  readonly values: readonly string[];
  readonly negated: boolean;
  /** Where it begins and ends in the search, counted from 0. */
  readonly from: number;
  readonly to: number;
}

/** Characters; a longer search is left to the server. */
const LONGEST = 8_000;

const QUOTED = '"(?:[^"\\\\]|\\\\.)*"';
const TERM = new RegExp(
  `(?<not>!?)(?<key>[A-Za-z_][\\w.-]*(?:\\[[^\\]\\s]*\\]|\\([^()]*\\))?):(?<value>${QUOTED}|\\[[^\\]]*\\]|[^\\s()"]+)`,
  'y',
);
const OTHER = new RegExp(`${QUOTED}|[^\\s()"]+`, 'y');

/**
 * The terms of a search as Sentry takes it, or undefined where this cannot tell: then the server decides. Free text, `AND`,
 * `OR` and brackets are passed over. https://docs.sentry.io/concepts/search/
 */
export function readSearch(search: string): readonly Term[] | undefined {
  if (search.length > LONGEST) return undefined;
  const terms: Term[] = [];
  let open = 0;
  for (let at = 0; at < search.length; ) {
    const sign = search[at] ?? '';
    if (/\s/.test(sign)) at++;
    else if (sign === '(' || sign === ')') {
      open += sign === '(' ? 1 : -1;
      if (open < 0) return undefined;
      at++;
    } else {
      TERM.lastIndex = at;
      const groups = TERM.exec(search)?.groups;
      OTHER.lastIndex = at;
      if (groups) {
        const { not, key = '', value = '' } = groups;
        terms.push({ key, values: valuesOf(value), negated: not === '!', from: at, to: TERM.lastIndex });
        at = TERM.lastIndex;
      } else if (OTHER.test(search)) at = OTHER.lastIndex;
      else return undefined;
    }
  }
  return open === 0 ? terms : undefined;
}

function valuesOf(value: string): readonly string[] {
  if (!value.startsWith('[')) return [unquoted(value)];
  return [...value.slice(1, -1).matchAll(new RegExp(`${QUOTED}|[^\\s,"]+`, 'g'))].map(([one]) =>
    unquoted(one),
  );
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}

/** The search for events of one issue: by number or by short id. */
export function issueSearch(issue: string): string {
  return `${/^\d+$/.test(issue) ? 'issue.id' : 'issue'}:${issue}`;
}
