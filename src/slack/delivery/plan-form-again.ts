import { formAgainMessage } from '../../../blocks/form-again.ts';
import type { Post } from '../../domain/post.ts';
import type { Office, Plan } from './plan.ts';

/** Asks for what is still kept. */
export async function planFormAgain(
  { world }: Office,
  team: string,
  { to, draft }: Extract<Post, { kind: 'form-again' }>,
): Promise<Plan> {
  const kept = await world.store.draft(team, draft);
  if (!kept) return { do: 'drop', why: 'it is settled' };
  const { title = 'form' } = kept.body as { readonly title?: string };
  return { do: 'post', to: { dm: to }, message: formAgainMessage(title, draft) };
}
