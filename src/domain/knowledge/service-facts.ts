import { parseServiceLevel, type ServiceLevel } from '../postmortem/service-level.ts';
import { proseOf } from './body-parts.ts';
import { current, type Shelved } from './shelf.ts';
import type { EntryRef } from './suggestion.ts';

/** What a fact may say of a service, one line each: `dashboard: https://…`. */
export const FACT_FIELDS = ['dataset', 'dashboard', 'repository', 'owner', 'channel', 'slo'] as const;
export type FactField = (typeof FACT_FIELDS)[number];

/** One thing that is known of a service, and the entry that says so. */
export interface ServiceFact {
  readonly value: string;
  readonly from: EntryRef;
}

export type ServiceFacts = Readonly<Partial<Record<FactField, ServiceFact>>>;

/** Longer values are sentences, not names or addresses. */
const LONGEST = 500;
const LINE = /^\s*(?:[-*•]\s+)?[`*]{0,2}(\w+)[`*]{0,2}\s*:[`*]{0,2}\s*(\S.*?)\s*$/;
const ALSO: Readonly<Record<string, FactField>> = {
  repo: 'repository',
  dashboards: 'dashboard',
  team: 'owner',
};

/**
 * What is known of a service: lines of the facts that are about it. A fact is about a service that its line `service:` names, else
 * that its key or a tag is. The nearest tier says it, of one tier the newest; in a fact the first line of a name.
 */
export function serviceFactsOf(shelved: readonly Shelved[], service: string): ServiceFacts {
  const wanted = service.trim().toLowerCase();
  const facts: Partial<Record<FactField, ServiceFact>> = {};
  if (wanted === '') return facts;
  for (const one of about(shelved, wanted)) {
    const { shelf, id, entry } = one;
    for (const [field, value] of linesOf(one))
      facts[field] ??= { value, from: { shelf, id, key: entry.key } };
  }
  return facts;
}

/** Services that some fact tells a dataset, a dashboard or the like of. */
export function servicesKnown(shelved: readonly Shelved[]): readonly string[] {
  const named = current(shelved).flatMap((one) => {
    if (one.kind !== 'facts' || linesOf(one).length === 0) return [];
    return [serviceLine(one) ?? one.entry.key];
  });
  return [...new Map(named.map((name) => [name.toLowerCase(), name])).values()];
}

/** The service level that a fact promises, `slo: 99.9% over 30d`; undefined where none can be read. */
export function serviceLevelOf({ slo }: ServiceFacts): ServiceLevel | undefined {
  return (
    slo &&
    parseServiceLevel(
      slo.value.replace(/\s*(?:\bover\b|\bin\b|\bper\b)\s*/i, '/').replace(/(\d)\s+([dw])\b/i, '$1$2'),
    )
  );
}

/** The person that a fact names as owner, where it names one by id: `<@U123>`, `@U123`. */
export function ownerOf({ owner }: ServiceFacts): string | undefined {
  return owner && /(?:^|[^\w])@?([UW][A-Z0-9]{5,30})\b/.exec(owner.value)?.[1];
}

/** Nearest tier first, of one tier the newest. */
function about(shelved: readonly Shelved[], wanted: string): readonly Shelved[] {
  const tier = ({ shelf }: Shelved) => (shelf.startsWith('personal/') ? 0 : shelf.startsWith('org/') ? 1 : 2);
  // Each shelf by itself: what a nearer one does not say is still known from another.
  return [...Map.groupBy(shelved, ({ shelf }) => shelf).values()]
    .flatMap((shelf) => current(shelf))
    .filter((one) => one.kind === 'facts' && isAbout(one, wanted))
    .toSorted((a, b) => tier(a) - tier(b) || b.entry.at - a.entry.at);
}

function isAbout(one: Shelved, wanted: string): boolean {
  const said = serviceLine(one)?.toLowerCase();
  if (said !== undefined) return said === wanted;
  const { key, tags } = one.entry;
  return [key, ...tags].some((name) => name.trim().toLowerCase() === wanted);
}

function serviceLine({ entry }: Shelved): string | undefined {
  for (const line of proseOf(entry).split('\n')) {
    const [, name = '', value = ''] = LINE.exec(line) ?? [];
    if (name.toLowerCase() === 'service') return unwrapped(value);
  }
  return undefined;
}

function linesOf({ entry }: Pick<Shelved, 'entry'>): readonly (readonly [FactField, string])[] {
  return proseOf(entry)
    .split('\n')
    .flatMap((line) => {
      const [, written = '', raw = ''] = LINE.exec(line) ?? [];
      const name = written.toLowerCase();
      const field = ALSO[name] ?? FACT_FIELDS.find((one) => one === name);
      const value = unwrapped(raw);
      return field === undefined || value === '' || value.length > LONGEST ? [] : [[field, value] as const];
    });
}

/** Without the signs that people and Slack put around a value: backticks, quotes, `<https://…|label>`, `[label](https://…)`. */
function unwrapped(raw: string): string {
  const value = raw
    .trim()
    .replace(/^\[[^\]\n]*\]\((\S+)\)$/, '$1')
    .replace(/^<(https?:[^|>]+)(?:\|[^>]*)?>$/, '$1');
  return /^([`"'])(.+)\1$/.exec(value)?.[2]?.trim() ?? value;
}
