import { givenUpMessage } from '../../../blocks/given-up.ts';
import type { PersonId } from '../../domain/incident.ts';
import type { Unfinished } from '../../storage/store.ts';
import type { Bot } from '../bot.ts';
import { readingFor } from '../reading.ts';

/** What a person did on purpose and waits for; the rest is Slack's news, which nobody asked for. */
const ASKED: ReadonlySet<string> = new Set(['mention', 'dm', 'click', 'submit', 'slash', 'shortcut']);

/** Tells whoever asked that it is not tried again. */
export async function tellGivenUp(
  { door, directory, world }: Pick<Bot, 'door' | 'directory' | 'world'>,
  { team, key, kind, body, at, tries }: Unfinished,
): Promise<void> {
  const asker = ASKED.has(kind) ? askerIn(body as unknown as Asked) : undefined;
  if (asker === undefined) return;
  const zone = await directory.zone(team, asker);
  const reading = await readingFor({ directory, world }, team, [asker], zone);
  const message = givenUpMessage({ at, tries, reference: key.slice(-12) }, reading);
  await door.dm(asker, message, { key: `given-up/${key}`, priority: 1 });
}

/** Slack names people in three ways: of commands, of clicks and windows, of events. */
interface Asked {
  readonly user_id?: unknown;
  readonly user?: { readonly id?: unknown };
  readonly event?: { readonly user?: unknown };
}

function askerIn({ user_id: typed, user, event }: Asked): PersonId | undefined {
  return [typed, user?.id, event?.user].find((one) => typeof one === 'string');
}
