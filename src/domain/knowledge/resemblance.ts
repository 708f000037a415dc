import { isSymptom, type Stem, stemsOf } from './stems.ts';

/** What an incident says of itself before anybody knows anything. */
export interface Situation {
  readonly title: string;
  readonly service?: string;
  /** The words of the alert that it was declared from. */
  readonly alert?: string;
}

/** Something that happened, or happens, of which a situation may be another case. */
export interface Recognisable {
  readonly kind: 'pattern' | 'incident';
  /** Its key or title. */
  readonly name: string;
  readonly tags: readonly string[];
  readonly service?: string;
  readonly prose: string;
}

/** Why one is like the other. */
export interface Resemblance {
  readonly score: number;
  readonly service?: string;
  /** Words in a row that both have, as the situation has them. */
  readonly phrases: readonly string[];
  /** Other words that both have, as the situation has them. */
  readonly words: readonly string[];
}

/** Words that were read already, with their stems. */
type Known = Map<string, readonly Stem[]>;

/** A word in the name or tags of more than so many tells none of them from another. */
const COMMON = 20;
const PROSE_READ = 4_000;

/**
 * The few that a situation truly resembles, best first. What is needed is chosen so that a coincidence is not enough, because one
 * false suggestion at night costs more trust than ten right ones earn: a phrase that both have; or two words of its name or tags;
 * or one such word and the same symptom. Of the same service, a pattern needs one such word, an incident any word or the same
 * symptom. A word in somebody's sentences alone, the service alone, or "errors" alone are nothing.
 */
export function resembling<One extends Recognisable>(
  situation: Situation,
  candidates: readonly One[],
  most = 3,
): readonly { readonly one: One; readonly like: Resemblance }[] {
  const known: Known = new Map();
  const common = commonIn(candidates, known);
  const found = candidates
    .flatMap((one) => {
      const like = resemblance(situation, one, { common, known });
      return like ? [{ one, like }] : [];
    })
    .sort((a, b) => b.like.score - a.like.score);
  const best = found[0]?.like.score ?? 0;
  // Half as like as the best is filling.
  return found.filter(({ like }) => like.score >= best / 2).slice(0, most);
}

/** One of them; undefined where they are not alike. */
function resemblance(
  situation: Situation,
  one: Recognisable,
  { common, known }: { readonly common: ReadonlySet<string>; readonly known: Known },
): Resemblance | undefined {
  const said = [situation.title, situation.alert ?? ''].map((text) => stemsOf(text, known));
  const service = sameService(situation, said.flat(), one);
  const serviceStems = new Set(
    stemsOf(`${situation.service ?? ''} ${service ?? ''}`).map(({ stem }) => stem),
  );
  const isTelling = (stem: string) => !isSymptom(stem) && !serviceStems.has(stem) && !common.has(stem);
  const names = [one.name, ...one.tags].map((text) => stemsOf(text, known).map(({ stem }) => stem));
  const prose = one.prose
    .slice(0, PROSE_READ)
    .split(/\n+|[.;:!?]\s/)
    .map((sentence) => stemsOf(sentence, known).map(({ stem }) => stem));
  const [inNames, inProse] = [new Set(names.flat()), new Set(prose.flat())];
  const quoted = quotedIn(one.prose, `${situation.title}\n${situation.alert ?? ''}`);
  const inQuote = new Set(quoted.flatMap((text) => stemsOf(text).map(({ stem }) => stem)));
  const phrases = said.flatMap((stems) =>
    phrasesIn(stems, [...names, ...prose], (stem) => isTelling(stem) && !inQuote.has(stem)),
  );
  const inPhrase = new Set([...inQuote, ...phrases.flat().map(({ stem }) => stem)]);
  const others = distinct(said.flat()).filter(({ stem }) => !inPhrase.has(stem));
  const named = others.filter(({ stem }) => isTelling(stem) && inNames.has(stem));
  const told = others.filter(({ stem }) => isTelling(stem) && !inNames.has(stem) && inProse.has(stem));
  const symptoms = others.filter(({ stem }) => isSymptom(stem) && (inNames.has(stem) || inProse.has(stem)));
  const words = [...named, ...told, ...symptoms];
  const enough =
    quoted.length > 0 ||
    phrases.length > 0 ||
    named.length >= 2 ||
    (named.length === 1 && (symptoms.some(({ stem }) => stem !== 'failure') || told.length >= 2)) ||
    (service !== undefined && (one.kind === 'incident' ? words : named).length > 0);
  if (!enough) return undefined;
  return {
    score:
      (service === undefined ? 0 : 3) +
      4 * (quoted.length + phrases.length) +
      2 * named.length +
      told.length +
      symptoms.length,
    ...(service !== undefined && { service }),
    phrases: [...quoted, ...phrases.map((phrase) => phrase.map(({ word }) => word).join(' '))],
    words: words.map(({ word }) => word),
  };
}

/** The service of both: named, or in the title of the one and the name or tags of the other. */
function sameService({ service }: Situation, said: readonly Stem[], one: Recognisable): string | undefined {
  const small = (text: string) => text.trim().toLowerCase();
  const its = new Set([one.service ?? '', ...one.tags].map(small).filter((text) => text !== ''));
  if (service !== undefined && its.has(small(service))) return service.trim();
  if (service !== undefined)
    return stemsOf(one.name).some(({ word }) => word === small(service)) ? service.trim() : undefined;
  return one.service !== undefined && said.some(({ word }) => word === small(one.service ?? ''))
    ? one.service.trim()
    : undefined;
}

/** What an entry quotes word by word, such as an error's text, and the situation says as well. */
function quotedIn(prose: string, said: string): readonly string[] {
  const small = said.toLowerCase();
  return [...prose.matchAll(/["“]([^"“”\n]{4,60})["”]/g)]
    .map(([, quote = '']) => quote)
    .filter((quote) => {
      const at = small.indexOf(quote.toLowerCase());
      return at >= 0 && !/[\p{L}\p{N}]/u.test(`${small[at - 1] ?? ''}${small[at + quote.length] ?? ''}`);
    });
}

/** The longest runs of telling words that stand in a row there as well. */
function phrasesIn(
  said: readonly Stem[],
  texts: readonly (readonly string[])[],
  isTelling: (stem: string) => boolean,
): readonly (readonly Stem[])[] {
  const found: Stem[][] = [];
  for (let from = 0; from + 1 < said.length; from++) {
    let to = from;
    while (
      to < said.length &&
      isTelling(said[to]?.stem ?? '') &&
      texts.some((text) => holds(text, said.slice(from, to + 1)))
    )
      to++;
    if (to - from >= 2) {
      found.push(said.slice(from, to));
      from = to - 1;
    }
  }
  return found;
}

function holds(text: readonly string[], phrase: readonly Stem[]): boolean {
  return text.some((_, at) => phrase.every(({ stem }, offset) => text[at + offset] === stem));
}

function distinct(stems: readonly Stem[]): readonly Stem[] {
  return [...new Map(stems.toReversed().map((one) => [one.stem, one])).values()].toReversed();
}

function commonIn(candidates: readonly Recognisable[], known: Known): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { name, tags } of candidates)
    for (const stem of new Set(stemsOf(`${name} ${tags.join(' ')}`, known).map((one) => one.stem)))
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > COMMON).map(([stem]) => stem));
}
