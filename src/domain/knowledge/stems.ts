/** A word of a text, and what it has in common with its other forms. */
export interface Stem {
  readonly stem: string;
  /** As it was written. */
  readonly word: string;
}

/** What is said of every incident, so that it tells none from another. */
const EVERYWHERE: ReadonlySet<string> = new Set(
  `a about above affected after again alert alerts all almost also always an and any are around as at back be because been before being
  below between both but by came can check comes could critical customer customers did do does due during each either every few fire fires
  firing first for from full get gets getting goes going got group had has have having help her here high higher his how https http i if
  in incident incidents into is issue issues it its itself just keep keeps kind known last later less like likely live look looks lot low made make many may me
  might minute minutes more most much must my name need never new next no none not nothing now of off old on once one ones only or org other others our out over own part
  people per please prod production problem problems reports return returning returns right run running runs s same saw say see seem seems seen several she should show
  shows since so some something soon still such summary t take takes than that the their them then there these they thing things this those though time times to
  today too two under until up urgent use used user users using very via wait was we were what when where whether which while who why will with within without work working
  works would year yes yesterday yet you your warning service services severity status system systems app application page pages team host instance instances job namespace cluster env environment
  region value values threshold exceeded current description runbook dashboard www com io net p1 p2 p3 p4 sev1 sev2 sev3`.split(
    /\s+/,
  ),
);

/** How things fail in general: two incidents that share nothing else are not alike. */
const SYMPTOMS: readonly (readonly [symptom: string, written: RegExp])[] = [
  ['error', /^(?:5\d\ds?|5xxs?|errors?|errored|erroring|exceptions?)$/],
  ['latency', /^(?:latency|latencies|slow|slower|slowly|slowness|p9[059]|p50)$/],
  [
    'failure',
    /^(?:fail|fails|failed|failing|failures?|down|outage|unavailable|broken|breaks|degraded|unreachable|dead|wrong|incorrect)$/,
  ],
];
const SYMPTOM: ReadonlySet<string> = new Set(SYMPTOMS.map(([symptom]) => symptom));

/** Whether a stem says only that something fails or is slow. */
export function isSymptom(stem: string): boolean {
  return SYMPTOM.has(stem);
}

/**
 * The words of a text that say something, in order; `HighPoolUsage` and `connection-pool` are several. `known` remembers words from
 * one text to the next, where many are read.
 */
export function stemsOf(text: string, known?: Map<string, readonly Stem[]>): readonly Stem[] {
  return text
    .normalize('NFKC')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replace(/'s\b/g, '')
    .split(/[^\p{L}\p{N}.]+/u)
    .flatMap((token) => {
      const before = known?.get(token);
      if (before) return before;
      const stems = stemsIn(token);
      known?.set(token, stems);
      return stems;
    });
}

function stemsIn(token: string): readonly Stem[] {
  const word = token.replace(/^\.+|\.+$/g, '');
  // A version says that there are versions; any other number says nothing to somebody else.
  if (/^v?\d+(?:\.\d+)+$|^v\d+$/.test(word)) return [{ stem: 'version', word }];
  return word.split('.').flatMap((part) => stemOf(part));
}

function stemOf(word: string): readonly Stem[] {
  const symptom = SYMPTOMS.find(([, written]) => written.test(word))?.[0];
  if (symptom !== undefined) return [{ stem: symptom, word }];
  if (word.length < 2 || EVERYWHERE.has(word) || (/^\d+\p{L}?$/u.test(word) && word !== '429')) return [];
  return [{ stem: shortened(word), word }];
}

const ENDINGS = ['ations', 'ation', 'ments', 'ment', 'ions', 'ion', 'ings', 'ing', 'ed', 'es', 's', 'e'];

/** English endings taken off, as far as four letters stay: `exhausted` and `exhaustion` are one word. */
function shortened(word: string): string {
  if (/ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  for (const ending of ENDINGS)
    if (word.endsWith(ending) && word.length - ending.length >= 4 && !/ss$/.test(word))
      return word.slice(0, -ending.length);
  return word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}
