import { RedactionFailed } from '../../domain/errors.ts';
import type { Redactor } from '../../safety/redactor.ts';
import { type AllowedBroadcasts, neutraliseBroadcasts, stripDangerous } from '../../safety/text.ts';
import { mapChildren } from './map-children.ts';

export interface Cleaner {
  /** Harmless to show, without secrets, calling nobody it must not. Undefined where it could not be checked: send the notice. */
  payload<T>(value: T): T | undefined;
  /** The same for text that Slack parses: topics, titles. */
  text(text: string): string | undefined;
  /** The same for text that is shown as it stands: files. */
  literal(text: string): string | undefined;
}

/** In this order: what is invisible could hide a secret, and what is redacted must not call anybody either. */
export function createCleaner(redactor: Redactor, allowed: AllowedBroadcasts = {}): Cleaner {
  const unlessUnchecked = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (error instanceof RedactionFailed) return undefined;
      throw error;
    }
  };
  return {
    payload: <T>(value: T) =>
      unlessUnchecked(() => calm(redactor.redactLeaves(strip(value)).value, allowed, true, 'text') as T),
    text: (text) =>
      unlessUnchecked(() => neutraliseBroadcasts(redactor.redact(stripDangerous(text)).text, allowed)),
    literal: (text) => unlessUnchecked(() => redactor.redact(stripDangerous(text)).text),
  };
}

function strip(value: unknown): unknown {
  if (typeof value === 'string') return stripDangerous(value);
  return mapChildren(value, strip);
}

/** Keys whose strings Slack parses as markup, where they do not stand in rich or plain text. */
const PARSED: ReadonlySet<string> = new Set(['text', 'fields', 'elements', 'fallback', 'pretext', 'title']);

/**
 * Rich text and plain text are literal to Slack, so they stay as they are: a query shows exactly what was sent. What calls
 * many people there is an element of its own, and becomes words.
 */
function calm(value: unknown, allowed: AllowedBroadcasts, parsed: boolean, key: string): unknown {
  if (typeof value === 'string')
    return parsed && PARSED.has(key) ? neutraliseBroadcasts(value, allowed) : value;
  if (Array.isArray(value)) return mapChildren(value, (one) => calm(one, allowed, parsed, key));
  if (value === null || typeof value !== 'object') return value;
  const { type } = value as { type?: unknown };
  const words = callToMany(value as Readonly<Record<string, unknown>>, allowed);
  if (words !== undefined) return { type: 'text', text: words };
  const literal = type === 'plain_text' || type === 'rich_text';
  return mapChildren(value, (one, name) => calm(one, allowed, parsed && !literal, name));
}

function callToMany(
  element: Readonly<Record<string, unknown>>,
  allowed: AllowedBroadcasts,
): string | undefined {
  const { type, range, usergroup_id: group } = element;
  if (type === 'broadcast' && typeof range === 'string') {
    const free = (range === 'here' || range === 'channel' || range === 'everyone') && allowed[range] === true;
    return free ? undefined : `\uff20${range}`;
  }
  if (type === 'usergroup' && typeof group === 'string')
    return allowed.groups?.includes(group) ? undefined : `\uff20${group}`;
  return undefined;
}
