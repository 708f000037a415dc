import type { Window } from '../../domain/time.ts';
import { type Matcher, readLogql } from '../loki/logql.ts';

/** What is asked of Pyroscope: one merged profile, or two compared. */
export interface ProfileQuestion {
  /** As typed: an id, or a short name of one. */
  readonly type: string;
  /** `{service_name="checkout"}`, exactly as it is sent. */
  readonly selector: string;
  /** Undefined where the selector could not be parsed here. */
  readonly matchers: readonly Matcher[] | undefined;
  /** Where the selector begins in what was typed, counted from 0. */
  readonly at: number;
  /** The earlier stretch of time that is compared with; absent where nothing is. */
  readonly earlier?: Window;
}

export interface Misread {
  readonly why: string;
  readonly nextStep: string;
}

/** The type that is meant where none is named. */
const USUAL = 'cpu';
const DIFF = /^\s*diff\b\s*/i;
const EARLIER = /\s+vs\s+(\S+?)\.\.(\S+)\s*$/i;

/**
 * Reads a question: `<profile type>{<labels>}`, where a short name of a type (`cpu`, `alloc_space`) will do and selectors are as
 * in Prometheus; and `diff <profile type>{<labels>} vs <from>..<to>`, which compares the window asked about with an earlier one.
 */
export function readQuestion(text: string): ProfileQuestion | Misread {
  const diff = DIFF.exec(text);
  if (!diff) return profileOf(text, 0);
  const earlier = EARLIER.exec(text);
  const window = earlier && windowOf(earlier[1] ?? '', earlier[2] ?? '');
  if (!earlier || !window)
    return {
      why: 'A comparison needs the earlier time that it compares with.',
      nextStep:
        'Write it as in `profile diff checkout vs 13:30-13:40`; in full, `diff cpu{service_name="checkout"} vs 2026-11-23T13:30:00Z..2026-11-23T13:40:00Z`.',
    };
  return { ...profileOf(text.slice(diff[0].length, earlier.index), diff[0].length), earlier: window };
}

function profileOf(text: string, offset: number): ProfileQuestion {
  const brace = text.indexOf('{');
  const selector = brace === -1 ? '{}' : text.slice(brace).trimEnd();
  const type = (brace === -1 ? text : text.slice(0, brace)).trim();
  return {
    type: type === '' ? USUAL : type,
    selector,
    matchers: /^[\w:.-]*$/.test(type) ? matchersOf(selector) : undefined,
    at: offset + Math.max(brace, 0),
  };
}

function matchersOf(selector: string): readonly Matcher[] | undefined {
  if (/^\{\s*\}$/.test(selector)) return [];
  const [only, ...others] = readLogql(selector)?.selectors ?? [];
  return others.length === 0 && selector.startsWith('{') && selector.endsWith('}') ? only : undefined;
}

function windowOf(from: string, to: string): Window | undefined {
  const window = { from: Date.parse(from), to: Date.parse(to) };
  return window.from < window.to ? window : undefined;
}

/** The question in full, as it stands on a card. */
export function writeQuestion(
  { selector, earlier }: Pick<ProfileQuestion, 'selector' | 'earlier'>,
  type: string,
): string {
  const profile = `${type}${selector === '{}' ? '' : selector}`;
  return earlier ? `diff ${profile} vs ${time(earlier.from)}..${time(earlier.to)}` : profile;
}

function time(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** The service of a selector that names nothing else; undefined for any other. */
export function onlyService({ matchers }: Pick<ProfileQuestion, 'matchers'>): string | undefined {
  const [only, ...others] = matchers ?? [];
  return others.length === 0 && only?.label === 'service_name' && only.op === '=' ? only.value : undefined;
}
