import type { Instant } from '../time.ts';
import type { Knowledge } from './consolidate.ts';
import { dayOf, type Entry, type Kind, summaryOf, TYPE_OF } from './entry.ts';
import { freeKey } from './merge-files.ts';
import { entriesOf } from './read-file.ts';

/** An entry that quotes what was written in a period. */
export interface Distilled {
  readonly kind: Kind;
  readonly entry: Entry;
  /** How many entries it quotes. */
  readonly quotes: number;
}

/**
 * What is distilled into which file. The names are those that existing teams' bases have.
 * https://github.com/axiomhq/skills/blob/main/skills/sre/scripts/sleep
 */
const SETS: readonly { readonly kind: Kind; readonly from: readonly Kind[]; readonly stem: string }[] = [
  { kind: 'incidents', from: ['incidents'], stem: 'sleep-cycle-incidents' },
  { kind: 'facts', from: ['facts', 'integrations'], stem: 'sleep-cycle-facts' },
  { kind: 'patterns', from: ['patterns'], stem: 'sleep-cycle-patterns' },
  { kind: 'queries', from: ['queries'], stem: 'sleep-cycle-query-pack' },
];
const OF_A_SET = new RegExp(
  `^(${SETS.map(({ stem }) => stem).join('|')})-\\d{4}-\\d{2}-\\d{2}(?:-v\\d{1,4})?$`,
);

/** A set of Steady's: it names all that it covers. One that people wrote covers whatever is older. */
const OURS = /^What was written (?:since|until) \d{4}-\d{2}-\d{2}, quoted\.$/m;

/** Entries that are quoted with a sentence; the keys of all others follow. */
const SENTENCES = 40;
const SENTENCE_LENGTH = 240;
const LINKS = 3;

/** An entry that only quotes others: nothing to be quoted again, and found after what it quotes. */
export function isDistilled({ key }: Pick<Entry, 'key'>): boolean {
  return OF_A_SET.test(key);
}

/**
 * The set of entries for the period since the last one: for each file what was written since, by key, with its first sentence and
 * links, and not a word besides. Where nothing is new there is none. A second one of a day supersedes the first and quotes what that
 * one did. `archived` tells what earlier sets quoted that are not in the base any more.
 */
export function distil(knowledge: Knowledge, archived: Knowledge, now: Instant): readonly Distilled[] {
  return SETS.flatMap(({ kind, from, stem }) => {
    const here = [knowledge[kind]].flatMap((file) => (file ? entriesOf(file) : []));
    const gone = [archived[kind]].flatMap((file) => (file ? entriesOf(file) : []));
    const earlier = [...here, ...gone].filter((one) => OF_A_SET.exec(one.key)?.[1] === stem);
    const today = `${stem}-${dayOf(now)}`;
    const ofToday = here.filter((one) => earlier.includes(one) && one.key.startsWith(today));
    const quoted = quotedBy(earlier);
    const carried = quotedBy(ofToday);
    const all = newest(from.flatMap((one) => (knowledge[one] ? entriesOf(knowledge[one]) : [])));
    const covered = Math.max(
      ...earlier.filter(({ body }) => !OURS.test(body)).map(({ at }) => at),
      Number.NEGATIVE_INFINITY,
    );
    // What is dated later than now by mistake is quoted once.
    const isNew = (one: Entry) =>
      one.at <= now && one.at > (quoted.get(nameOf(one)) ?? Number.NEGATIVE_INFINITY);
    const isNews = (one: Entry) => one.at > covered && (isNew(one) || !quoted.has(nameOf(one)));
    if (!all.some(isNews)) return [];
    const chosen = all.filter((one) => isNews(one) || carried.has(nameOf(one))).sort(byWorth);
    const since = earlier.filter((one) => !ofToday.includes(one)).sort((a, b) => b.at - a.at)[0];
    const taken = earlier.some((one) => one.key === today);
    const last = ofToday.sort((a, b) => b.at - a.at)[0];
    const entry: Entry = {
      at: Math.floor(now / 1_000) * 1_000,
      key: taken ? freeKey(today, earlier) : today,
      type: TYPE_OF[kind],
      tags: ['sleep-cycle'],
      used: 0,
      lastUsed: dayOf(now),
      pinned: false,
      body: bodyOf(chosen, since?.at, now, last?.key),
    };
    return [{ kind, entry, quotes: chosen.length }];
  });
}

function bodyOf(
  chosen: readonly Entry[],
  since: Instant | undefined,
  now: Instant,
  superseded: string | undefined,
): string {
  const rest = chosen.slice(SENTENCES).map((one) => `\`${nameOf(one)}\``);
  return [
    `What was written ${since === undefined ? `until ${dayOf(now)}` : `since ${dayOf(since)}`}, quoted.`,
    ...(superseded === undefined ? [] : ['', `Supersedes \`${superseded}\`.`]),
    '',
    ...chosen.slice(0, SENTENCES).map(quote),
    ...(rest.length === 0 ? [] : [`- and ${rest.join(', ')}`]),
  ].join('\n');
}

function quote(one: Entry): string {
  const sentence = firstSentence(one);
  const links = linksIn(one.body).filter((link) => !sentence.includes(link));
  const said = [sentence, ...links.slice(0, LINKS)].filter((part) => part !== '').join(' ');
  return `- \`${nameOf(one)}\`${said === '' ? '' : `: ${said}`}`;
}

/** What a set quotes, with the time of the newest that does. */
function quotedBy(sets: readonly Entry[]): ReadonlyMap<string, Instant> {
  const found = new Map<string, Instant>();
  for (const { at, body } of sets)
    for (const [, name = ''] of body.matchAll(/`([^`\n]{1,300})`/g))
      found.set(name, Math.max(at, found.get(name) ?? Number.NEGATIVE_INFINITY));
  return found;
}

/** Of several versions of one thing the newest; no set, and nothing that is not to be used any more. */
function newest(all: readonly Entry[]): readonly Entry[] {
  const byName = new Map<string, Entry>();
  for (const one of all) {
    if (isDistilled(one) || one.status === 'deprecated') continue;
    const known = byName.get(nameOf(one));
    if (!known || one.at >= known.at) byName.set(nameOf(one), one);
  }
  return [...byName.values()];
}

/** What helped most comes first, then what is new. */
function byWorth(a: Entry, b: Entry): number {
  return Number(b.pinned) - Number(a.pinned) || b.used - a.used || b.at - a.at || (a.key < b.key ? -1 : 1);
}

/** A key between backticks. */
function nameOf({ key }: Pick<Entry, 'key'>): string {
  return key.replaceAll('`', "'").slice(0, 300).toWellFormed();
}

/** Without what would begin a comment, or be taken for a key. */
function firstSentence(one: Entry): string {
  const line = summaryOf(one)
    .replaceAll('`', "'")
    .replace(/<!--|-->/g, ' ')
    .trim();
  const sentence = /^.{1,400}?[.!?](?=\s|$)/s.exec(line)?.[0] ?? line;
  return sentence.length <= SENTENCE_LENGTH
    ? sentence
    : `${sentence.slice(0, SENTENCE_LENGTH).toWellFormed().trimEnd()}…`;
}

function linksIn(text: string): readonly string[] {
  return [
    ...new Set(
      [...text.matchAll(/https?:\/\/[^\s<>"'`)\]]+/g)].map(([link]) => link.replace(/[.,;:!?]+$/, '')),
    ),
  ];
}
