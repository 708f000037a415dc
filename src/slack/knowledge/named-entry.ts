import { RuleViolation } from '../../domain/errors.ts';
import type { Shelved } from '../../domain/knowledge/shelf.ts';
import { entryNamed } from '../../flows/knowledge/recall.ts';
import type { Asked } from '../call.ts';

/** The entry of a key that somebody sees: their own, else their team's, else what ships. */
export async function namedEntry({ bot, request }: Asked, typed: string): Promise<Shelved> {
  const key = typed.trim();
  const one = key === '' ? undefined : await entryNamed(bot.world, request.team, request.by, key);
  if (one) return one;
  throw new RuleViolation(
    'unknown-entry',
    `Nothing is known under that key. \`recall ${key || 'checkout'}\` shows what is.`,
    [{ label: 'Recall', command: `recall ${key}` }],
  );
}
