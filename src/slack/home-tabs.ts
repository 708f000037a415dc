import { homeView } from '../../blocks/home.ts';
import { type Duration, type Instant, MINUTE } from '../domain/time.ts';
import { ownedActions } from '../flows/owned-actions.ts';
import type { Bot } from './bot.ts';
import { readingOf } from './call.ts';
import { openSummaries } from './forms/open-modal.ts';
import { peopleOf } from './reading.ts';
import type { Request } from './request.ts';
import { waitingFor } from './waiting.ts';

/** For how long after it was opened a home tab follows changes. */
const FOLLOWS: Duration = 10 * MINUTE;

export interface HomeTabs {
  opened(team: string, person: string): Promise<void>;
  /** Brings the tabs that were opened a short while ago up to date, where something changed. */
  refresh(): Promise<void>;
}

interface Following {
  readonly team: string;
  readonly person: string;
  readonly until: Instant;
  /** What the tab shows, to tell a change from the passing of time. */
  shown: string;
}

/** Home tabs have no live counters: they are published when opened, and on change for a while after. */
export function homeTabs(bot: Bot): HomeTabs {
  const following = new Map<string, Following>();

  async function bring(tab: Following): Promise<void> {
    const { team, person } = tab;
    const at = bot.world.clock.now();
    const request: Request = {
      kind: 'click',
      key: `home/${person}`,
      team,
      byTeam: team,
      by: person,
      direct: true,
      at,
    };
    const asked = { bot, request };
    const open = await openSummaries(asked, 50);
    const waiting = await waitingFor(asked);
    const actions = await ownedActions(bot.world.store, team, person);
    const items = actions.map(({ incident, item }) => [incident.number, item]);
    const now = JSON.stringify([open, waiting, items]);
    if (now === tab.shown) return;
    const leads = [...open.map((one) => one.lead), ...actions.flatMap(({ incident }) => peopleOf(incident))];
    const led = open.filter((one) => one.lead === person).map((one) => one.number);
    await bot.door.publishHome(
      person,
      homeView({ open, waiting, actions, led, reading: await readingOf(asked, undefined, leads) }),
    );
    tab.shown = now;
  }

  return {
    opened: async (team, person) => {
      const tab: Following = { team, person, until: bot.world.clock.now() + FOLLOWS, shown: '' };
      following.set(`${team}/${person}`, tab);
      await bring(tab);
    },
    refresh: async () => {
      for (const [key, tab] of following) {
        if (tab.until < bot.world.clock.now()) following.delete(key);
        else await bring(tab).catch((error: unknown) => bot.world.fault(error, key));
      }
    },
  };
}
