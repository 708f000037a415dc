import type { Bot } from '../bot.ts';
import type { Request } from '../request.ts';

/** When something was asked, and whether a process died over it, as the intake hands it on. */
export function askedAt(
  { world }: Pick<Bot, 'world'>,
  context: { readonly retryReason?: string; readonly [name: string]: unknown },
): Pick<Request, 'at' | 'resumed'> {
  if (context.retryReason !== 'resumed') return { at: world.clock.now() };
  const { recordedAt } = context;
  return { at: typeof recordedAt === 'number' ? recordedAt : world.clock.now(), resumed: true };
}
