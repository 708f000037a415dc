import type { Entry } from './entry.ts';

/** A block of code in a body. */
export interface Snippet {
  /** As the fence names it, small letters: `promql`; empty where it names none. */
  readonly language: string;
  readonly code: string;
}

/** A body in order: what is said, and what is code. */
export type BodyPart =
  | { readonly kind: 'prose'; readonly text: string }
  | ({ readonly kind: 'code' } & Snippet);

const FENCED = /^ {0,3}(```+|~~~+)[ \t]*([\w-]*)[^\n]*\n([\s\S]*?)\n? {0,3}\1[ \t]*$/gm;

export function partsOf({ body }: Pick<Entry, 'body'>): readonly BodyPart[] {
  const parts: BodyPart[] = [];
  let from = 0;
  const say = (text: string) => {
    if (text.trim() !== '') parts.push({ kind: 'prose', text: text.replace(/^\n+|\s+$/g, '') });
  };
  for (const { index, 0: whole, 2: language = '', 3: code = '' } of body.matchAll(FENCED)) {
    say(body.slice(from, index));
    if (code.trim() !== '') parts.push({ kind: 'code', language: language.toLowerCase(), code: code.trim() });
    from = index + whole.length;
  }
  say(body.slice(from));
  return parts;
}

/** The blocks of code of a body, in order. */
export function snippetsOf(entry: Pick<Entry, 'body'>): readonly Snippet[] {
  return partsOf(entry).filter((part) => part.kind === 'code');
}

/** A heading in bold, as patterns and incidents have them: what follows belongs to it until the next. */
const HEADED = /^\*\*([^*\n]+)\*\*/;
const RULED_OUT = /^rule[sd]? (?:it |this )?out/i;

/**
 * What a body says in sentences: no code, and not what it says would rule it out, because something that speaks against it makes
 * nothing like it.
 */
export function proseOf(entry: Pick<Entry, 'body'>): string {
  let out = false;
  return partsOf(entry)
    .flatMap((part) => (part.kind === 'prose' ? part.text.split('\n') : []))
    .filter((line) => {
      const heading = HEADED.exec(line.trim())?.[1];
      if (heading !== undefined) out = RULED_OUT.test(heading);
      return !out;
    })
    .join('\n');
}
