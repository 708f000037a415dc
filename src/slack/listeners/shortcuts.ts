import type { App, MessageShortcut } from '@slack/bolt';
import { RuleViolation } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import { readUpdate } from '../../domain/update.ts';
import { findIncident } from '../../flows/incident-of.ts';
import { safeUrl } from '../../safety/text.ts';
import { guarded } from '../answer.ts';
import type { Bot } from '../bot.ts';
import { openSupply } from '../evidence/supply.ts';
import { openHypothesis } from '../forms/open-investigation.ts';
import { openDeclare, openEntry, openUpdate } from '../forms/open-modal.ts';
import { openRemember } from '../knowledge/remember-this.ts';
import type { Request } from '../request.ts';
import { linkInMessage, textOfMessage } from '../words/message-text.ts';
import { plainNames } from '../words/plain-names.ts';
import { askedAt } from './asked-at.ts';

/** Names of the shortcuts in the manifest. */
export const SHORTCUTS = Object.freeze({
  declare: 'declare',
  declareFromMessage: 'declare_from_message',
  addToTimeline: 'add_to_timeline',
  postAsUpdate: 'post_as_update',
  saveAsEvidence: 'save_as_evidence',
  stateAsHypothesis: 'state_as_hypothesis',
  rememberThis: 'remember_this',
});

export function listenForShortcuts(app: App, bot: Bot): void {
  app.shortcut({ type: 'shortcut', callback_id: SHORTCUTS.declare }, async ({ shortcut, ack, context }) => {
    await ack();
    const team = shortcut.team?.id ?? bot.rules.team;
    const request: Request = {
      kind: 'shortcut',
      key: `shortcut/${shortcut.trigger_id}`,
      team,
      byTeam: shortcut.user.team_id ?? team,
      by: shortcut.user.id,
      direct: false,
      ...askedAt(bot, context),
      trigger: shortcut.trigger_id,
    };
    await guarded({ bot, request }, undefined, () => openDeclare({ bot, request }, {}));
  });

  app.shortcut(
    { type: 'message_action', callback_id: SHORTCUTS.declareFromMessage },
    async ({ shortcut, ack, context }) => {
      await ack();
      const request = requestOf(bot, shortcut, askedAt(bot, context));
      const link = linkInMessage(shortcut.message);
      const usable = link !== undefined && safeUrl(link) !== undefined;
      await guarded({ bot, request }, undefined, async () => {
        const text = await plainNames({ bot, request }, textOfMessage(shortcut.message));
        const title = text.split('\n')[0]?.trim().slice(0, 200).toWellFormed();
        const draft = { ...(title && { title }), ...(usable && { link }) };
        return openDeclare({ bot, request }, draft, { source: 'alert' });
      });
    },
  );

  app.shortcut(
    { type: 'message_action', callback_id: SHORTCUTS.addToTimeline },
    async ({ shortcut, ack, context }) => {
      await ack();
      const request = requestOf(bot, shortcut, askedAt(bot, context));
      await guarded({ bot, request }, undefined, async () =>
        openEntry({ bot, request }, await plainNames({ bot, request }, textOfMessage(shortcut.message))),
      );
    },
  );

  listenForHypotheses(app, bot);

  app.shortcut(
    { type: 'message_action', callback_id: SHORTCUTS.rememberThis },
    async ({ shortcut, ack, context }) => {
      await ack();
      const request = requestOf(bot, shortcut, askedAt(bot, context));
      await guarded({ bot, request }, undefined, () => openRemember({ bot, request }, shortcut.message));
    },
  );

  app.shortcut(
    { type: 'message_action', callback_id: SHORTCUTS.saveAsEvidence },
    async ({ shortcut, ack, context }) => {
      await ack();
      const request = requestOf(bot, shortcut, askedAt(bot, context));
      await guarded({ bot, request }, undefined, () => openSupply({ bot, request }, shortcut.message));
    },
  );

  app.shortcut(
    { type: 'message_action', callback_id: SHORTCUTS.postAsUpdate },
    async ({ shortcut, ack, context }) => {
      await ack();
      const request = requestOf(bot, shortcut, askedAt(bot, context));
      await guarded({ bot, request }, undefined, async () => {
        const incident = await openHere(bot, request, 'update');
        const author = shortcut.message.user;
        const mine = author === undefined || author === request.by;
        return openUpdate({ bot, request }, incident, {
          fields: readUpdate(await plainNames({ bot, request }, textOfMessage(shortcut.message))),
          ...(!mine && { source: `author:${author}` }),
        });
      });
    },
  );
}

function listenForHypotheses(app: App, bot: Bot): void {
  app.shortcut(
    { type: 'message_action', callback_id: SHORTCUTS.stateAsHypothesis },
    async ({ shortcut, ack, context }) => {
      await ack();
      const request = requestOf(bot, shortcut, askedAt(bot, context));
      await guarded({ bot, request }, undefined, async () => {
        const incident = await openHere(bot, request, 'explain');
        const statement = await plainNames({ bot, request }, textOfMessage(shortcut.message));
        return openHypothesis({ bot, request }, incident, { statement: statement.split('\n')[0] ?? '' });
      });
    },
  );
}

/** The incident that is open where the message was said. */
async function openHere({ world }: Bot, request: Request, what: string): Promise<Incident> {
  const here =
    request.channel === undefined ? undefined : await world.store.inChannel(request.team, request.channel);
  const incident = here?.open ? await findIncident(world.store, here.ref) : undefined;
  if (incident) return incident;
  throw new RuleViolation(
    'no-incident-here',
    `No incident is open in this channel, so there is nothing to ${what}. \`declare P2 checkout is slow here\` starts one.`,
  );
}

function requestOf(bot: Bot, shortcut: MessageShortcut, asked: Pick<Request, 'at' | 'resumed'>): Request {
  const team = shortcut.team?.id ?? bot.rules.team;
  const thread = shortcut.message.thread_ts;
  return {
    kind: 'shortcut',
    key: `shortcut/${shortcut.trigger_id}`,
    team,
    byTeam: shortcut.user.team_id ?? team,
    by: shortcut.user.id,
    channel: shortcut.channel.id,
    direct: shortcut.channel.id.startsWith('D'),
    ts: shortcut.message_ts,
    ...asked,
    trigger: shortcut.trigger_id,
    responseUrl: shortcut.response_url,
    ...(typeof thread === 'string' && { thread }),
  };
}
