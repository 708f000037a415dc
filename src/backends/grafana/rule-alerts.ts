import type { Instant } from '../../domain/time.ts';
import type { Matcher, Selection } from '../alertmanager/matchers.ts';
import type { PlacedAlert } from '../alertmanager/rows.ts';
import type { RuleAlert } from './decode.ts';

/** What a rule says of an alert, in Alertmanager's words and the two that it has no word for. */
const STATES: readonly (readonly [RegExp, string])[] = [
  [/^(?:firing|alerting)\b/i, 'active'],
  [/^pending\b/i, 'pending'],
  [/^no ?data\b/i, 'no data'],
  [/^error\b/i, 'error'],
];

/**
 * An alert of a rule as Alertmanager would hold it; undefined where it is of no concern (normal, recovering).
 * `now` stands for a start that is not told.
 */
export function asAlert(
  { labels, annotations, state, activeAt }: RuleAlert,
  now: Instant,
): PlacedAlert | undefined {
  const said = STATES.find(([pattern]) => pattern.test(state))?.[1];
  if (said === undefined) return undefined;
  const since = Date.parse(activeAt ?? '');
  return {
    labels,
    annotations: annotations ?? {},
    fingerprint: sameness(labels),
    startsAt: new Date(Number.isNaN(since) ? now : since).toISOString(),
    status: { state: said, silencedBy: [], inhibitedBy: [] },
  };
}

/** Equal for the alert of a rule and the same alert in an Alertmanager, which adds nothing but private labels. */
export function sameness(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([name]) => !/^__.*__$/.test(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Whether labels meet all matchers; undefined where a pattern is more than this reads. */
export function meets(
  labels: Readonly<Record<string, string>>,
  { matchers }: Selection,
): boolean | undefined {
  let all: boolean | undefined = true;
  for (const one of matchers) {
    const met = meetsOne(Object.hasOwn(labels, one.label) ? (labels[one.label] ?? '') : '', one);
    if (met === false) return false;
    if (met === undefined) all = undefined;
  }
  return all;
}

function meetsOne(value: string, { op, value: wanted }: Matcher): boolean | undefined {
  if (op === '=' || op === '!=') return (value === wanted) === (op === '=');
  // Only words, `.*` at their ends and `|`: running people's patterns here could stall the process.
  if (!/^(?:(?:\.\*)?[\w /:-]*(?:\.\*)?)(?:\|(?:\.\*)?[\w /:-]*(?:\.\*)?)*$/.test(wanted)) return undefined;
  return wanted.split('|').some((part) => fits(value, part)) === (op === '=~');
}

function fits(value: string, part: string): boolean {
  const [open, closed] = [part.startsWith('.*'), part.endsWith('.*')];
  const word = part.replaceAll('.*', '');
  if (open && closed) return value.includes(word);
  if (open) return value.endsWith(word);
  return closed ? value.startsWith(word) : value === word;
}
