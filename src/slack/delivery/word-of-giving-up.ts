import { RedactionFailed } from '../../domain/errors.ts';
import type { Post } from '../../domain/post.ts';
import { row } from '../../flows/row.ts';
import type { OutboxPost, OutboxRow } from '../../storage/store.ts';

/** How often a postmortem that cannot be checked for secrets is tried: a check may break by itself, a text that is too long stays so. */
const CHECKS = 5;

/**
 * What is said where a post is given up though Slack never refused it; undefined while it is worth another try. A post that
 * nobody would hear of is never given up.
 */
export function wordOfGivingUp(
  { key, attempts }: OutboxRow,
  post: Post,
  error: unknown,
): OutboxPost | undefined {
  if (!(error instanceof RedactionFailed) || post.kind !== 'postmortem-files' || attempts + 1 < CHECKS)
    return undefined;
  const { incident, revision } = post;
  return row(`${key}/refused`, { kind: 'postmortem-refused', incident, revision });
}
