import { type RawBuilder, type Selectable, sql } from 'kysely';
import { encodeKey, encodeText } from './codec.ts';
import type { KnowledgeTableRow } from './schema.ts';
import type { Session } from './session.ts';

export type FoundRow = Selectable<Omit<KnowledgeTableRow, 'search' | 'team' | 'gone_at'>> & {
  readonly place: number;
  readonly n: number;
};

/** More words than this say nothing more. */
const WORDS = 8;
/** Parts of words that are looked for at a time. */
const PARTS = 24;

/** What is looked for of a word: one of these texts. */
export type Term = readonly string[];

/** One search: what an entry must hold, in its heading (key and tags) or anywhere. */
interface Search {
  readonly terms: readonly Term[];
  readonly join: 'and' | 'or';
  readonly where: 'head' | 'search';
  /** The best of all first, which weighs every one that is found; the newest first where absent. */
  readonly weighed?: true;
}

/** The words to be searched for: those long enough for an index of three letters. */
export function searchedWords(words: readonly string[]): readonly string[] {
  const said = words.map((word) => searchable(word).trim());
  return [...new Set(said)].filter((word) => [...word].length >= 3).slice(0, WORDS);
}

/** Which of the words stand anywhere, in a column each: `w0`, `w1`, … 1 or true. */
export function whichExist(
  { engine }: Pick<Session, 'engine'>,
  words: readonly string[],
): RawBuilder<Readonly<Record<string, unknown>>> {
  const columns = words.map((word, index) => {
    const found =
      engine.name === 'postgres'
        ? sql`select 1 from steady_knowledge k where ${holdingOne('search', [word])}`
        : sql`select 1 from steady_knowledge_search s where s.search match ${phrase(word)}`;
    return sql`exists(${found}) as ${sql.ref(`w${index}`)}`;
  });
  return sql`select ${sql.join(columns)}`;
}

/** What is looked for of a word that stands nowhere: its halves, of which one typo leaves one whole. */
export function nearly(word: string): Term {
  const letters = [...word];
  const half = Math.ceil(letters.length / 2);
  if (letters.length < 6) return slices(word, 3);
  return [letters.slice(0, half).join(''), letters.slice(half).join('')];
}

/**
 * The searches for some terms, the strictest first, each with a column `place` to order by; whoever has enough stops. Only the last,
 * for what nothing else found, weighs all that it finds: the others stop at `limit`, the newest first, however many there are. This is
 * the one place where the engines' trigram indexes differ: FTS5 matches phrases of three letters and more, PostgreSQL arrays of trigrams.
 */
export function searchStatements(
  { engine }: Pick<Session, 'engine'>,
  team: string,
  shelves: readonly string[],
  terms: readonly Term[],
  limit: number,
): readonly { readonly statement: RawBuilder<FoundRow>; readonly last: boolean }[] {
  if (terms.length === 0) return [];
  const visible = sql`k.team = ${encodeKey(team)} and k.shelf in (${sql.join(shelves.map(encodeKey))}) and k.gone_at is null`;
  const columns = sql`k.shelf, k.id, k.kind, k.entry, k.uses, k.used_on, k.n`;
  const parts = partsOf(terms.flat());
  const several = terms.length > 1;
  const searches: readonly Search[] = [
    { terms, join: 'and', where: 'head' },
    { terms, join: 'and', where: 'search' },
    ...(several ? ([{ terms, join: 'or', where: 'head' }] as const) : []),
    ...(several ? ([{ terms, join: 'or', where: 'search' }] as const) : []),
    { terms: parts.map((part) => [part]), join: 'or', where: 'search', weighed: true },
  ];
  return searches.map((search) => {
    const { weighed = false } = search;
    const index = sql.table(search.where === 'head' ? 'steady_knowledge_heads' : 'steady_knowledge_search');
    const statement =
      engine.name === 'postgres'
        ? sql<FoundRow>`select ${columns}, ${weighed ? inPlace(search.terms.flat()) : sql`-k.n`} as place
            from steady_knowledge k where ${visible} and (${holding(search)}) order by place, k.n limit ${limit}`
        : sql<FoundRow>`select ${columns}, ${weighed ? sql`s.rank` : sql`-s.rowid`} as place
            from ${index} s join steady_knowledge k on k.n = s.rowid
            where s.${sql.ref(search.where)} match ${matching(search)} and ${visible}
            order by ${weighed ? sql`s.rank` : sql`s.rowid desc`} limit ${limit}`;
    return { statement, last: weighed };
  });
}

/** Small letters, one blank between words, and nothing that an engine refuses. */
export function searchable(text: string): string {
  return encodeText(text.toLowerCase().normalize('NFKC'))
    .replace(/\\(?:\\|0|u[0-9a-f]{4})|\s+/g, ' ')
    .slice(0, 20_000);
}

/** https://www.sqlite.org/fts5.html#full_text_query_syntax */
function matching({ terms, join }: Search): string {
  return terms.map((texts) => `(${texts.map(phrase).join(' OR ')})`).join(` ${join.toUpperCase()} `);
}

/** https://www.sqlite.org/fts5.html#fts5_strings */
function phrase(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** The more of the texts, the smaller. */
function inPlace(texts: readonly string[]): RawBuilder<number> {
  return sql<number>`-(select count(*) from unnest(${sql.val([...texts])}::text[]) said where position(said in k.search) > 0)`;
}

function holding({ terms, join, where }: Search): RawBuilder<boolean> {
  return sql.join<boolean>(
    terms.map((texts) => holdingOne(where, texts)),
    sql.raw(` ${join} `),
  );
}

function holdingOne(where: Search['where'], texts: Term): RawBuilder<boolean> {
  const column = sql.ref(where === 'head' ? 'k.head_trigrams' : 'k.trigrams');
  const each = texts.map((text) => sql`${column} @> ${sql.val(slices(text, 3))}::text[]`);
  return sql`(${sql.join<boolean>(each, sql.raw(' or '))})`;
}

/**
 * Parts of words that a typo leaves whole: every four letters in a row, of short words every three. Of many, evenly from all.
 */
function partsOf(words: readonly string[]): readonly string[] {
  const parts = words.flatMap((word) => slices(word, [...word].length < 6 ? 3 : 4));
  const each = Math.ceil(parts.length / PARTS);
  return [...new Set(parts.filter((_, at) => at % each === 0))];
}

function slices(text: string, length: number): string[] {
  const letters = [...text];
  return letters.slice(length - 1).map((_, at) => letters.slice(at, at + length).join(''));
}
