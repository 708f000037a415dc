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

/**
 * The searches for some words, the strictest first, each with a column `place` to order by; whoever has enough stops. This is the one
 * place where the engines' trigram indexes differ: FTS5 matches phrases of three letters and more, PostgreSQL arrays of trigrams.
 */
export function searchStatements(
  { engine }: Pick<Session, 'engine'>,
  team: string,
  shelves: readonly string[],
  words: readonly string[],
  limit: number,
): readonly RawBuilder<FoundRow>[] {
  const said = words.map((word) => searchable(word).trim());
  const long = [...new Set(said)].filter((word) => [...word].length >= 3).slice(0, WORDS);
  if (long.length === 0) return [];
  const visible = sql`k.team = ${encodeKey(team)} and k.shelf in (${sql.join(shelves.map(encodeKey))}) and k.gone_at is null`;
  const columns = sql`k.shelf, k.id, k.kind, k.entry, k.uses, k.used_on, k.n`;
  const parts = partsOf(long);
  const tries: readonly { readonly texts: readonly string[]; readonly join: 'and' | 'or' }[] = [
    { texts: long, join: 'and' },
    ...(long.length > 1 ? [{ texts: long, join: 'or' } as const] : []),
    { texts: parts, join: 'or' },
  ];
  if (engine.name === 'postgres')
    return tries.map(
      ({ texts, join }) =>
        sql<FoundRow>`select ${columns}, ${inPlace(texts)} as place from steady_knowledge k
          where ${visible} and (${holding(texts, join)}) order by place, k.n limit ${limit}`,
    );
  return tries.map(
    ({ texts, join }) =>
      sql<FoundRow>`select ${columns}, s.rank as place from steady_knowledge_search s
        join steady_knowledge k on k.n = s.rowid
        where s.search match ${texts.map(phrase).join(` ${join.toUpperCase()} `)} and ${visible}
        order by place, k.n limit ${limit}`,
  );
}

/** Small letters, one blank between words, and nothing that an engine refuses. */
export function searchable(text: string): string {
  return encodeText(text.toLowerCase().normalize('NFKC'))
    .replace(/\\(?:\\|0|u[0-9a-f]{4})|\s+/g, ' ')
    .slice(0, 20_000);
}

/** https://www.sqlite.org/fts5.html#fts5_strings */
function phrase(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** The more of the texts, the smaller. */
function inPlace(texts: readonly string[]): RawBuilder<number> {
  return sql<number>`-(select count(*) from unnest(${sql.val([...texts])}::text[]) said where position(said in k.search) > 0)`;
}

function holding(texts: readonly string[], join: 'and' | 'or'): RawBuilder<boolean> {
  return sql.join<boolean>(
    texts.map((text) => sql`k.trigrams @> ${sql.val(slices(text, 3))}::text[]`),
    sql.raw(` ${join} `),
  );
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
