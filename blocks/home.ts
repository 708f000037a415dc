import { ACTIONS, CALLBACKS, encodeRef } from './action-ids.ts';
import { type ActionOf, actionBlocks } from './action-item.ts';
import { actions, button } from './controls.ts';
import { some } from './fit.ts';
import { type IncidentSummary, incidentLine } from './incident-line.ts';
import type { Block, Reading, View } from './message.ts';
import { lines, section, small } from './rich.ts';
import { code, sayMoment } from './text.ts';
import { type Waiting, waitingBlocks } from './waiting.ts';
import { welcomeBlocks } from './welcome.ts';

export interface HomeFacts {
  /** What the reader may see, the most urgent promise first. */
  readonly open: readonly IncidentSummary[];
  /** What the reader must still act on. */
  readonly waiting: readonly Waiting[];
  /** Open action items of the reader, the earliest date first. */
  readonly actions?: readonly ActionOf[];
  /** Numbers of the open incidents that the reader leads. */
  readonly led: readonly number[];
  readonly reading: Reading;
}

/** Slack takes 100 blocks a view; these keep far below it, and below 250 kB. */
const INCIDENTS_SHOWN = 20;
const WAITING_SHOWN = 12;
const ACTIONS_SHOWN = 8;

/** The home tab: what waits for the reader, then the open incidents and when each speaks next, theirs first. */
export function homeView({ open, waiting, actions: items = [], led, reading }: HomeFacts): View {
  const mine = open.filter((one) => led.includes(one.number));
  const others = open.filter((one) => !led.includes(one.number));
  const shown = [...mine, ...others].slice(0, INCIDENTS_SHOWN);
  const heading = open.length === 0 ? 'No open incidents' : some(open.length, 'open incident');
  const blocks: Block[] = [
    ...waitingPart(waiting, reading),
    { type: 'header', text: { type: 'plain_text', text: heading, emoji: false } },
    ...shown.flatMap((one) => incidentBlocks(one, led, reading)),
    ...rest(open.length - shown.length, 'incident', 'list'),
    ...(open.length === 0 ? welcomeBlocks() : [actions(button(ACTIONS.openDeclare, 'Declare an incident'))]),
    ...actionsPart(items, reading),
    small(`As of ${sayMoment(reading.now, reading)}`),
  ];
  return { type: 'home', callback_id: CALLBACKS.home, blocks };
}

function waitingPart(waiting: readonly Waiting[], reading: Reading): Block[] {
  if (waiting.length === 0) return [];
  return [
    { type: 'header', text: { type: 'plain_text', text: 'Waiting for you', emoji: false } },
    ...waiting.slice(0, WAITING_SHOWN).flatMap((one) => waitingBlocks(one, reading)),
    ...rest(waiting.length - WAITING_SHOWN, 'thing', 'status'),
    { type: 'divider' },
  ];
}

function actionsPart(items: readonly ActionOf[], reading: Reading): Block[] {
  if (items.length === 0) return [];
  return [
    { type: 'divider' },
    { type: 'header', text: { type: 'plain_text', text: 'Your action items', emoji: false } },
    ...items
      .slice(0, ACTIONS_SHOWN)
      .flatMap((one) => actionBlocks(one, ['done', 'next-week', 'drop', 'hand'], reading)),
    ...rest(items.length - ACTIONS_SHOWN, 'action item', 'actions mine'),
  ];
}

function incidentBlocks(one: IncidentSummary, led: readonly number[], reading: Reading): Block[] {
  const leads = led.includes(one.number);
  return [
    lines([section(...incidentLine(one, reading, true), leads ? ' · you lead' : '')]),
    ...(leads
      ? [actions(button(ACTIONS.postUpdate, 'Post update', encodeRef({ incident: one.number })))]
      : []),
  ];
}

function rest(n: number, what: string, command: string): Block[] {
  return n > 0 ? [lines([section(`${some(n, what)} more: `, code(command), ' shows them all.')])] : [];
}
