import type { Shelved } from '../../domain/knowledge/shelf.ts';
import { findIncident } from '../../flows/incident-of.ts';
import type { Asked } from '../call.ts';
import { maySee } from '../target.ts';

/** Of many, the newest are enough. */
const LOOKED_AT = 20;

/** The same of several entries, for whoever draws them. */
export async function usedInEach(
  asked: Asked,
  entries: readonly Shelved[],
): Promise<(one: Shelved) => readonly number[]> {
  const known = new Map(
    await Promise.all(entries.map(async (one) => [one, await usedInSeen(asked, one)] as const)),
  );
  return (one) => known.get(one) ?? [];
}

/** The incidents in which an entry was of use, as far as whoever asks may know of them. */
export async function usedInSeen(
  asked: Asked,
  { shelf, id }: Pick<Shelved, 'shelf' | 'id'>,
): Promise<readonly number[]> {
  const { bot, request } = asked;
  const { store } = bot.world;
  const numbers = (await store.usedIn(request.team, shelf, id)).slice(-LOOKED_AT);
  const seen = await Promise.all(
    numbers.map(async (number) => {
      const incident = await findIncident(store, { team: request.team, number });
      return incident && (await maySee(asked, incident)) ? [number] : [];
    }),
  );
  return seen.flat();
}
