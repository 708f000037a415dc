import { readSearch, type Term } from './search.ts';

/** https://docs.sentry.io/api/events/list-an-organizations-issues/ */
export const ISSUE_SORTS = ['date', 'freq', 'inbox', 'new', 'recommended', 'trends', 'user'] as const;
export type IssueSort = (typeof ISSUE_SORTS)[number];

/** A search of Sentry's, with what is needed to point into it. */
export interface Search {
  /** Exactly what is sent as `query`. */
  readonly text: string;
  /** Undefined where it could not be parsed here. */
  readonly terms: readonly Term[] | undefined;
  /** Where the text begins in what was typed, counted from 0; undefined where options were taken out of it. */
  readonly at: number | undefined;
}

/** What is asked of Sentry: the adapter's own small language, whose first word is a verb. */
export type SentryQuestion =
  | { readonly verb: 'issues'; readonly search: Search; readonly sort: IssueSort }
  | { readonly verb: 'new'; readonly search: Search }
  | { readonly verb: 'issue'; readonly issue: string }
  | { readonly verb: 'releases'; readonly part: string }
  | { readonly verb: 'tags'; readonly issue: string; readonly key: string }
  | {
      readonly verb: 'events';
      readonly search: Search;
      readonly fields: readonly string[];
      readonly sort: string;
    };

/** Why a text is no question, with how one is written. */
export interface Misread {
  readonly why: string;
  readonly nextStep: string;
}

/** What an event is shown by where the question says no `fields:`. https://docs.sentry.io/concepts/search/searchable-properties/ */
export const EVENT_FIELDS: readonly string[] = [
  'timestamp',
  'title',
  'issue',
  'project',
  'environment',
  'release',
  'level',
  'transaction',
  'id',
];

/** What Sentry itself looks for where nothing is searched for. */
const UNRESOLVED = { text: 'is:unresolved', terms: readSearch('is:unresolved') };
const MOST_FIELDS = 20;
const VERB = /^\s*(issues?|new|releases?|tags?|events?)(?![\w:.-])\s*/i;
const SHORT_ID = /^[A-Z0-9][A-Z0-9_]*(?:-[A-Z0-9_]+)*-[0-9A-Z]+$/;
const ISSUE_LINK = /^<?https?:\/\/[^\s/]+(?:\/[^\s?#]*)?\/issues\/([\w-]+)[^\s]*$/;

/**
 * Reads a question. Verbs: `issues [search] [sort:freq]`, `new [search]`, `issue <id, SHORT-ID or link>`, `releases [part of
 * a version]`, `tags <issue> <key>`, `events [search] [fields:a,count()] [sort:-a]`. Without a verb an issue's id is that issue and
 * everything else a search for issues.
 */
export function readQuestion(text: string): SentryQuestion | Misread {
  const found = VERB.exec(text);
  const verb = found?.[1]?.toLowerCase();
  const at = found?.[0].length ?? 0;
  const rest = text.slice(at).trimEnd();
  switch (verb) {
    case undefined:
      return SHORT_ID.test(text.trim()) || /^\d{3,20}$/.test(text.trim())
        ? { verb: 'issue', issue: text.trim() }
        : issuesOf(text, 0);
    case 'issues':
      return issuesOf(rest, at);
    case 'new':
      return { verb: 'new', search: { text: rest, terms: readSearch(rest), at } };
    case 'issue':
      return issueOf(rest);
    case 'release':
    case 'releases':
      return { verb: 'releases', part: rest };
    case 'tag':
    case 'tags':
      return tagsOf(rest);
    default:
      return eventsOf(rest, at);
  }
}

function issueOf(rest: string): SentryQuestion | Misread {
  const issue = idOf(rest);
  return issue === undefined
    ? {
        why: 'Which issue?',
        nextStep: 'Write its id as in `sentry issue CHECKOUT-4F`; `sentry issues` lists them.',
      }
    : { verb: 'issue', issue };
}

function tagsOf(rest: string): SentryQuestion | Misread {
  const [first = '', key, ...more] = rest.split(/\s+/);
  const issue = idOf(first);
  return issue === undefined || key === undefined || more.length > 0
    ? {
        why: 'Tags of which issue, and which one?',
        nextStep:
          'Write both, as in `sentry tags CHECKOUT-4F region`; `discover sentry tags` lists the keys.',
      }
    : { verb: 'tags', issue, key };
}

/** True for an issue's number and for its short id; the slug of a project is in small letters and no number. */
export function isIssue(text: string): boolean {
  return /^\d{1,20}$/.test(text) || SHORT_ID.test(text);
}

function idOf(text: string): string | undefined {
  const id = ISSUE_LINK.exec(text)?.[1] ?? text;
  if (/^\d{1,20}$/.test(id)) return id;
  return SHORT_ID.test(id.toUpperCase()) ? id.toUpperCase() : undefined;
}

function issuesOf(text: string, at: number): SentryQuestion | Misread {
  const { search, taken } = without(text, at, ['sort']);
  const sort = taken.get('sort') ?? 'date';
  const known = ISSUE_SORTS.find((one) => one === sort);
  if (known === undefined)
    return {
      why: `Issues have no order \`${plainCode(sort)}\`.`,
      nextStep: `Write one of ${codes(ISSUE_SORTS)}.`,
    };
  return { verb: 'issues', search: search.text === '' ? { ...search, ...UNRESOLVED } : search, sort: known };
}

function eventsOf(text: string, at: number): SentryQuestion | Misread {
  const { search, taken } = without(text, at, ['fields', 'sort']);
  const fields = taken.has('fields') ? splitFields(taken.get('fields') ?? '') : EVENT_FIELDS;
  if (fields.length === 0 || fields.length > MOST_FIELDS)
    return {
      why: `Events are shown by 1 to ${MOST_FIELDS} fields.`,
      nextStep: 'Write them with commas, as in `fields:release,count()`.',
    };
  const [first = ''] = fields;
  const usual = fields.find((one) => one === 'timestamp' || one === 'count()') ?? first;
  const sort = taken.get('sort') ?? `-${usual}`;
  if (!fields.includes(sort.replace(/^-/, '')))
    return {
      why: `Events can be ordered only by a field that is shown, and \`${plainCode(sort)}\` is not.`,
      nextStep: `Write \`sort:\` with one of ${codes(fields)}, or name the field in \`fields:\`.`,
    };
  return { verb: 'events', search, fields, sort };
}

/** The search without the options that are the adapter's own, and their values. */
function without(
  text: string,
  at: number,
  names: readonly string[],
): { readonly search: Search; readonly taken: ReadonlyMap<string, string> } {
  const taken = new Map<string, string>();
  const read = readSearch(text);
  const own = (read ?? []).filter(({ key, negated }) => !negated && names.includes(key));
  if (own.length === 0) return { search: { text, terms: read, at }, taken };
  let left = '';
  let from = 0;
  for (const term of own) {
    taken.set(term.key, text.slice(term.from + term.key.length + 1, endOf(text, term.to)));
    left += text.slice(from, term.from);
    from = endOf(text, term.to);
  }
  const rest = (left + text.slice(from)).replace(/\s{2,}/g, ' ').trim();
  // Options at the end leave the places of what is before them.
  return {
    search: { text: rest, terms: readSearch(rest), at: text.startsWith(rest) ? at : undefined },
    taken,
  };
}

/** A value of fields goes on over the brackets of its functions: `count(),p95(transaction.duration)`. */
function endOf(text: string, from: number): number {
  const more = /^(?:\([^()]*\)[^\s()]*)+/.exec(text.slice(from));
  return from + (more?.[0].length ?? 0);
}

function splitFields(text: string): readonly string[] {
  return [...text.matchAll(/(?:[^,()]|\([^()]*\))+/g)].map(([one]) => one.trim()).filter((one) => one !== '');
}

function codes(names: readonly string[]): string {
  return names.map((one) => `\`${plainCode(one)}\``).join(', ');
}

function plainCode(text: string): string {
  return text.slice(0, 60).replaceAll('`', "'");
}
