import type { Instant, Window } from '../../../domain/time.ts';
import { labelOf } from '../labels.ts';
import { type Matcher, matchesAll } from '../promql/matcher.ts';
import { parsePromql } from '../promql/parse.ts';
import { QueryError } from '../promql/query-error.ts';
import { type CallTree, merged, scaled } from './call-tree.ts';
import { ConnectError } from './connect-error.ts';
import { encodeLevels } from './encode-levels.ts';
import { type ProfileSource, TYPES } from './profile-source.ts';

/** What the sandbox's Pyroscope answers from. */
export interface ProfileAnswerSource {
  readonly sources: () => readonly ProfileSource[];
  readonly now: () => Instant;
}

type Message = Readonly<Record<string, unknown>>;

/** Nodes sent where nobody says how many. */
const NODES = 8_192;
const LONGEST = 86_400_000;
const LOOK_BACK = 7 * LONGEST;

/** The answer of one method of the querier. Throws ConnectError. */
export function profileAnswer(method: string, message: Message, source: ProfileAnswerSource): object {
  switch (method) {
    case 'ProfileTypes':
      return {
        profileTypes: running(message, source).length > 0 ? TYPES.map(({ id }) => profileType(id)) : [],
      };
    case 'LabelNames':
      return { names: namesOf(running(message, source)) };
    case 'LabelValues':
      return { names: valuesOf(running(message, source), String(message.name ?? '')) };
    case 'SelectMergeStacktraces':
      return { flamegraph: graph(message, merge(message, source)) };
    case 'Diff': {
      const [left, right] = [messageOf(message.left), messageOf(message.right)];
      return { flamegraph: graph(right, merge(right, source), merge(left, source)) };
    }
    default:
      throw new ConnectError('unimplemented', `the sandbox does not play ${method}`);
  }
}

/** The profile that a message asks for: everything of its type that its selector meets, as one tree. */
export function merge(message: Message, source: ProfileAnswerSource): CallTree {
  const type = TYPES.find(({ id }) => id === message.profileTypeID);
  if (!type)
    throw new ConnectError(
      'invalid_argument',
      `profile-type selection: unknown profile type ${JSON.stringify(message.profileTypeID ?? '')}`,
    );
  const window = windowOf(message, source);
  const trees = chosen([String(message.labelSelector ?? '{}')], source).flatMap(
    (one) => one.cpu(window) ?? [],
  );
  return scaled(merged(trees, 'total'), 1 / type.nanoseconds);
}

function graph(message: Message, tree: CallTree, earlier?: CallTree): object {
  const { names, levels, nodes } = encodeLevels(tree, earlier);
  if (nodes > Number(message.maxNodes || NODES))
    throw new ConnectError('invalid_argument', `the sandbox sends whole profiles, of up to ${NODES} nodes`);
  const total = levels[0]?.values.at(-3) ?? '0';
  const leftTicks = levels[0]?.values[1] ?? '0';
  return { names, levels, total, maxSelf: '0', ...(earlier && { leftTicks, rightTicks: total }) };
}

/** The pods that ran in a window and meet the matchers. */
function running(message: Message, source: ProfileAnswerSource): readonly ProfileSource[] {
  const selectors = Array.isArray(message.matchers) ? message.matchers.map(String) : [];
  const window =
    message.start === undefined
      ? { from: source.now() - 3_600_000, to: source.now() }
      : windowOf(message, source);
  return chosen(selectors, source).filter((one) => one.cpu(window) !== undefined);
}

function chosen(selectors: readonly string[], source: ProfileAnswerSource): readonly ProfileSource[] {
  const all = selectors.map(matchersOf);
  return source.sources().filter(({ labels }) => all.every((matchers) => matchesAll(labels, matchers)));
}

/** A selector is read as PromQL's, with a name put in front of it. */
function matchersOf(selector: string): readonly Matcher[] {
  try {
    const read = parsePromql(`x${selector}`);
    if (read.kind === 'vector') return read.matchers.filter(({ name }) => name !== '__name__');
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const words = error.message
      .replace(/^.*?(?=\d+:\d+: )/, '')
      .replace(/^1:(\d+):/, (_all, at) => `1:${Number(at) - 1}:`);
    throw new ConnectError('invalid_argument', words);
  }
  throw new ConnectError('invalid_argument', '1:1: parse error: only label matchers are allowed here');
}

/** A `from` older than the look-back is moved, as the real one does it, without a word. */
function windowOf(message: Message, { now }: ProfileAnswerSource): Window {
  const [from, to] = [Number(message.start), Number(message.end)];
  if (!(from < to)) throw new ConnectError('invalid_argument', 'end must be after start');
  if (to - from > LONGEST)
    throw new ConnectError(
      'invalid_argument',
      `the query time range exceeds the limit (max_query_length, actual: ${(to - from) / 3_600_000}h, limit: 24h)`,
    );
  return { from: Math.max(from, now() - LOOK_BACK), to: Math.min(to, now()) };
}

function messageOf(value: unknown): Message {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function profileType(id: string): object {
  const [name, sampleType, sampleUnit, periodType, periodUnit] = id.split(':');
  return { ID: id, name, sampleType, sampleUnit, periodType, periodUnit };
}

function namesOf(sources: readonly ProfileSource[]): readonly string[] {
  return [...new Set(sources.flatMap(({ labels }) => labels.map(([name]) => name)))].sort();
}

function valuesOf(sources: readonly ProfileSource[], name: string): readonly string[] {
  return [...new Set(sources.map(({ labels }) => labelOf(labels, name)))].filter((one) => one !== '').sort();
}
