import type { Post } from '../domain/post.ts';
import type { Instant } from '../domain/time.ts';
import type { Json, OutboxPost } from '../storage/store.ts';

const PRIORITY: Readonly<Record<Post['kind'], number>> = {
  evidence: 0,
  report: 0,
  'offer-answered': 0,
  offer: 1,
  nudge: 1,
  'nudge-dm': 1,
  draft: 1,
  card: 2,
  update: 2,
  phase: 2,
  'update-edit': 2,
  settle: 2,
  hypothesis: 2,
  judge: 1,
  triage: 2,
  guard: 2,
  record: 2,
  'guard-check': 2,
  'triage-card': 1,
  suggest: 2,
  'suggestion-card': 2,
  'own-suggestions': 2,
  'conclusion-late': 1,
  'look-again': 1,
  'form-again': 1,
  'action-due': 2,
  'actions-due': 2,
  'action-settle': 2,
  'actions-unnamed': 2,
  'actions-orphaned': 2,
  'to-test': 2,
  distil: 2,
  distilled: 2,
  'catch-up': 2,
  'postmortem-files': 2,
  postmortem: 2,
  'postmortem-refused': 2,
  kept: 2,
  announcement: 2,
  announced: 2,
  'channel-lost': 1,
  'channel-shared': 1,
  sleep: 2,
  'sleep-edit': 2,
  furnish: 3,
  'card-edit': 3,
};

/** A post as a row: the key makes it once. */
export function row(key: string, post: Post, notBefore?: Instant): OutboxPost {
  const incident = 'incident' in post ? post.incident : 'items' in post ? post.items[0]?.incident : undefined;
  return {
    key,
    post: post as unknown as Json,
    priority: PRIORITY[post.kind],
    ...(incident !== undefined && { incident }),
    ...(notBefore !== undefined && { notBefore }),
  };
}

/** What the channel heard at `seq`, as it reads since `version`. */
export function updateEdit(id: string, incident: number, seq: number, version: number): OutboxPost {
  return row(`${id}/update-${seq}@${version}`, { kind: 'update-edit', incident, seq, version });
}
