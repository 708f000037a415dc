import { createHash } from 'node:crypto';

const EVENT_TYPE = 'steady_post';

/** Any app in the workspace can read a message's metadata, so it says nothing: what does not look opaque is hashed. */
export function opaqueKey(key: string): string {
  if (/^[\w-]{16,64}$/.test(key)) return key;
  return createHash('sha256').update(key).digest('base64url').slice(0, 24);
}

export function metadataOf(key: string): {
  readonly event_type: string;
  readonly event_payload: { readonly key: string };
} {
  return { event_type: EVENT_TYPE, event_payload: { key: opaqueKey(key) } };
}

export function carriesKey(metadata: unknown, key: string): boolean {
  if (metadata === null || typeof metadata !== 'object') return false;
  const { event_type: type, event_payload: payload } = metadata as Record<string, unknown>;
  if (type !== EVENT_TYPE || payload === null || typeof payload !== 'object') return false;
  return (payload as { key?: unknown }).key === opaqueKey(key);
}
