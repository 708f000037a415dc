import type { App } from '@slack/bolt';
import type { Bot } from '../bot.ts';
import { COMMANDS } from '../command-table.ts';
import type { HomeTabs } from '../home-tabs.ts';
import { listenForActions } from './actions.ts';
import { listenForMentions } from './mentions.ts';
import { listenForPlaces } from './places.ts';
import { listenForShortcuts } from './shortcuts.ts';
import { listenForSlash } from './slash.ts';
import { listenForTimeline } from './timeline.ts';
import { listenForViews } from './views.ts';

/** Everything Steady listens for; the manifest subscribes to exactly this. */
export function register(app: App, bot: Bot): HomeTabs {
  listenForMentions(app, bot, COMMANDS);
  listenForSlash(app, bot, COMMANDS);
  listenForActions(app, bot, COMMANDS);
  listenForViews(app, bot, COMMANDS);
  listenForShortcuts(app, bot);
  listenForTimeline(app, bot);
  return listenForPlaces(app, bot);
}
