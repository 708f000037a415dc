import type { World } from '../ports.ts';
import { fillShelves } from './shelve.ts';
import { offerSleep } from './sleep-by-itself.ts';

/** Brings what everybody wrote meanwhile, tells what could not be read, and offers a sleep where there is too much of it. */
export async function learn(world: World, team: string): Promise<void> {
  for (const { shelf, why } of await fillShelves(world, team)) world.fault(new Error(why), shelf);
  await offerSleep(world, team);
}
