import type { App } from '@slack/bolt';
import { isOpen } from '../../domain/incident.ts';
import { act } from '../../flows/act.ts';
import { findIncident } from '../../flows/incident-of.ts';
import type { Bot } from '../bot.ts';
import { type HomeTabs, homeTabs } from '../home-tabs.ts';

/** Channels and the home tab: who joins, where Steady can no longer speak, what each person sees at home. */
export function listenForPlaces(app: App, bot: Bot): HomeTabs {
  const homes = homeTabs(bot);

  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab !== 'home') return;
    await homes.opened(bodyTeam(body), event.user);
  });

  app.event('member_joined_channel', async ({ event }) => {
    bot.directory.changed({ person: event.user, channel: event.channel });
    const here = await bot.world.store.inChannel(event.team, event.channel);
    if (!here?.open) return;
    if (event.user === bot.rules.botUserId)
      await act(bot.world, here.ref, { type: 'regain-channel' }, { by: 'steady' });
    else await act(bot.world, here.ref, { type: 'join', person: event.user }, { by: event.user });
    await bot.sent();
  });

  for (const archived of ['channel_archive', 'group_archive'] as const) {
    app.event(archived, async ({ event, body }) =>
      lost(bot, bodyTeam(body), event.channel, 'the channel was archived'),
    );
  }
  for (const left of ['channel_left', 'group_left'] as const) {
    app.event(left, async ({ event, body }) =>
      lost(bot, bodyTeam(body), event.channel, 'Steady was removed from the channel'),
    );
  }
  for (const back of ['channel_unarchive', 'group_unarchive'] as const) {
    app.event(back, async ({ event, body }) => {
      const here = await bot.world.store.inChannel(bodyTeam(body), event.channel);
      if (here?.open) await act(bot.world, here.ref, { type: 'regain-channel' }, { by: 'steady' });
    });
  }
  app.event('tokens_revoked', async ({ event }) => {
    if ((event.tokens.bot ?? []).includes(bot.rules.botUserId)) bot.lost('the bot token was revoked');
  });
  app.event('app_uninstalled', async () => bot.lost('the app was removed from the workspace'));
  app.event('channel_shared', async ({ event, body }) => {
    const here = await bot.world.store.inChannel(bodyTeam(body), event.channel);
    if (here?.open && !bot.rules.sharedChannels.includes(event.channel))
      await act(bot.world, here.ref, { type: 'share-channel' }, { by: 'steady' });
  });
  return homes;
}

function bodyTeam(body: { readonly team_id?: string }): string {
  return body.team_id ?? '';
}

async function lost(bot: Bot, team: string, channel: string, why: string): Promise<void> {
  const here = await bot.world.store.inChannel(team, channel);
  const incident = here && (await findIncident(bot.world.store, here.ref));
  if (incident && isOpen(incident))
    await act(bot.world, incident, { type: 'lose-channel', why }, { by: 'steady' });
}
