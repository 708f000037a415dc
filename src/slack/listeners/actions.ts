import type { App, BlockAction } from '@slack/bolt';
import {
  ACTIONS,
  actionKind,
  CALLBACKS,
  CARD_MORE,
  decodeMeta,
  decodeRef,
  type Ref,
} from '../../../blocks/action-ids.ts';
import { doneLine } from '../../../blocks/done.ts';
import type { Submitted } from '../../../blocks/modals/fields.ts';
import { decodeSnooze } from '../../../blocks/snooze-choice.ts';
import { statusMessage } from '../../../blocks/status.ts';
import { timelineMessage } from '../../../blocks/timeline/timeline.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { type Incident, incidentId } from '../../domain/incident.ts';
import { parseDuration } from '../../domain/time.ts';
import { act, draftKey } from '../../flows/act.ts';
import { findIncident } from '../../flows/incident-of.ts';
import { answer, guarded } from '../answer.ts';
import type { Bot } from '../bot.ts';
import { type Asked, askerOf, readingOf } from '../call.ts';
import type { CommandRow, Said } from '../command-row.ts';
import { fillPostmortem, writePostmortem } from '../commands/postmortem.ts';
import { openResolve, withWords } from '../forms/open-closing.ts';
import { openDeclare, openHandOff, openMitigate, openUpdate } from '../forms/open-modal.ts';
import { linkedReading } from '../linked-reading.ts';
import { postUpdate } from '../post-update.ts';
import type { Request } from '../request.ts';
import { askToClickAgain, askWhetherStillMeant, isStale } from '../stale.ts';
import { maySee, mustBeThere } from '../target.ts';
import { bodyOf, waitingFor } from '../waiting.ts';
import { actionItemClick, isActionItemClick } from './action-item-clicks.ts';
import { askedAt } from './asked-at.ts';
import { evidenceClick } from './evidence-clicks.ts';
import { investigationClick } from './investigation-clicks.ts';
import { formClick } from './kept-forms.ts';
import { suggestionClick } from './suggestion-clicks.ts';
import { takeForm } from './views.ts';

type Element = BlockAction['actions'][number];

/** Every button and menu. Values are hints: the incident is read anew, and who may do it is checked as for a typed command. */
export function listenForActions(app: App, bot: Bot, table: readonly CommandRow[]): void {
  app.action(/.*/, async ({ body, action, ack, context }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const element = action as Element;
    const kind = actionKind(element.action_id);
    const request = requestOf(bot, body as BlockAction, element, askedAt(bot, context));
    if (kind === undefined || kind === ACTIONS.openEvidence) return;
    const value = chosenValue(element);
    if (request.resumed && isStale(bot, request))
      return kind === ACTIONS.say && value !== undefined
        ? askWhetherStillMeant(bot, request, value)
        : askToClickAgain(bot, request);
    if (kind === ACTIONS.say) {
      await answer({ bot, request }, value ?? '', table);
      return;
    }
    const view = 'view' in body ? body.view : undefined;
    await guarded({ bot, request }, undefined, () =>
      kind === ACTIONS.editLessons && view
        ? changeWords({ bot, request }, view)
        : clicked({ bot, request }, kind, value, table),
    );
  });
}

function requestOf(
  bot: Bot,
  body: BlockAction,
  element: Element,
  asked: Pick<Request, 'at' | 'resumed'>,
): Request {
  const channel = body.channel?.id ?? (body.container.channel_id as string | undefined);
  // A private message can be clicked on, but nothing can hang on it.
  const whispered = body.container.is_ephemeral === true;
  const ts = whispered ? undefined : (body.message?.ts ?? (body.container.message_ts as string | undefined));
  const thread =
    (body.message?.thread_ts as string | undefined) ?? (body.container.thread_ts as string | undefined);
  return {
    kind: 'click',
    key: `click/${body.user.id}/${element.action_ts}`,
    team: body.team?.id ?? bot.rules.team,
    byTeam: body.user.team_id ?? body.team?.id ?? bot.rules.team,
    by: body.user.id,
    direct: channel?.startsWith('D') ?? false,
    ...asked,
    trigger: body.trigger_id,
    ...(channel !== undefined && { channel }),
    ...(ts !== undefined && { ts }),
    ...(thread !== undefined && { thread }),
    ...(body.response_url !== undefined && { responseUrl: body.response_url }),
  };
}

function chosenValue(element: Element): string | undefined {
  if ('selected_option' in element && element.selected_option) return element.selected_option.value;
  return 'value' in element && typeof element.value === 'string' ? element.value : undefined;
}

/** In the closing form: the same form, with the words of what is kept. */
async function changeWords(asked: Asked, view: NonNullable<BlockAction['view']>): Promise<Said> {
  const meta = decodeMeta(view.private_metadata);
  const incident = await incidentOf(asked, { incident: meta.incident ?? 0 });
  const values = view.state.values as unknown as Submitted;
  const alone = view.callback_id === CALLBACKS.distil;
  await asked.bot.door.updateView(
    view.id,
    await withWords(asked, incident, { meta, values, alone }),
    view.hash,
  );
  return { kind: 'modal' };
}

async function clicked(
  asked: Asked,
  kind: string,
  value: string | undefined,
  table: readonly CommandRow[],
): Promise<Said> {
  const { bot } = asked;
  if (kind === ACTIONS.formAgain || kind === ACTIONS.formDiscard)
    return formClick(asked, kind, value ?? '', takeForm, table);
  if (kind === ACTIONS.openDeclare) return openDeclare(asked, {});
  if (kind === ACTIONS.snooze) return snoozed(asked, value);
  const ref = decodeRef(value);
  if (!ref) throw stale();
  if (isActionItemClick(kind)) return actionItemClick(asked, kind, ref);
  const incident = await incidentOf(asked, ref);
  switch (kind) {
    case ACTIONS.postUpdate:
      return openUpdate(asked, incident);
    case ACTIONS.mitigate:
      return openMitigate(asked, incident);
    case ACTIONS.reopen:
      await act(bot.world, incident, { type: 'reopen' }, askerOf(asked.request));
      return { kind: 'posted' };
    case ACTIONS.cardMore:
      return more(asked, incident, ref.rest);
    case ACTIONS.postDraft:
    case ACTIONS.editDraft:
    case ACTIONS.discardDraft:
      return draft(asked, kind, incident, ref);
    case ACTIONS.noChange:
      await act(bot.world, incident, { type: 'no-change', ...promised(ref) }, askerOf(asked.request));
      return { kind: 'posted' };
    case ACTIONS.handOff:
      return openHandOff(asked, incident);
    case ACTIONS.acceptOffer:
    case ACTIONS.declineOffer: {
      const type = kind === ACTIONS.acceptOffer ? 'accept-offer' : 'decline-offer';
      await act(bot.world, incident, { type, seq: ref.second ?? 0 }, askerOf(asked.request));
      return { kind: 'posted' };
    }
    case ACTIONS.fixUpdate:
      return openUpdate(asked, incident, { fixing: ref.second ?? 0 });
    case ACTIONS.fillPostmortem:
      return fillPostmortem(asked, incident);
    case ACTIONS.writePostmortem:
      return writePostmortem(asked, incident);
    case ACTIONS.pickIncident:
      return {
        kind: 'private',
        message: statusMessage(incident, await waitingFor(asked), await readingOf(asked, incident)),
      };
    default: {
      const said =
        evidenceClick(asked, kind, incident, ref) ??
        investigationClick(asked, kind, incident, ref) ??
        suggestionClick(asked, kind, incident, ref, table);
      if (!said) throw stale();
      return said;
    }
  }
}

function stale(): RuleViolation {
  return new RuleViolation('stale-button', 'That button is from before. `status` shows where things stand.', [
    { label: 'Status', command: 'status' },
  ]);
}

async function incidentOf(asked: Asked, ref: Ref): Promise<Incident> {
  const incident = await findIncident(asked.bot.world.store, {
    team: asked.request.team,
    number: ref.incident,
  });
  if (!incident || !(await maySee(asked, incident))) throw stale();
  await mustBeThere(asked, incident);
  return incident;
}

function promised(ref: Ref): { promise?: number } {
  return ref.second === undefined ? {} : { promise: ref.second };
}

async function snoozed(asked: Asked, value: string | undefined): Promise<Said> {
  const choice = decodeSnooze(value);
  const length = parseDuration(choice?.length ?? '');
  if (!choice || length === undefined) throw stale();
  const incident = await incidentOf(asked, { incident: choice.incident });
  // What asked for the update shrinks to who put it off, until when and why: that is the answer.
  await act(
    asked.bot.world,
    incident,
    { type: 'snooze', for: length, reason: choice.reason, promise: choice.promise },
    askerOf(asked.request),
  );
  return { kind: 'posted' };
}

async function more(asked: Asked, incident: Incident, word: string | undefined): Promise<Said> {
  switch (word) {
    case CARD_MORE.resolve:
      return openResolve(asked, incident);
    case CARD_MORE.handOff:
      return openHandOff(asked, incident);
    case CARD_MORE.timeline:
      return { kind: 'private', message: timelineMessage(incident, await linkedReading(asked, incident)) };
    case CARD_MORE.status:
      return {
        kind: 'private',
        message: statusMessage(incident, await waitingFor(asked), await readingOf(asked, incident)),
      };
    default:
      throw stale();
  }
}

/** *Post as is*, *Edit*, *Discard* on a stored draft. One that was settled meanwhile says so. */
async function draft(asked: Asked, kind: string, incident: Incident, ref: Ref): Promise<Said> {
  const { bot, request } = asked;
  const key = ref.rest ?? draftKey(incident.number, ref.second ?? 0);
  const stored = await bot.world.store.draft(request.team, key);
  if (!stored)
    throw new RuleViolation(
      'draft-gone',
      `That draft is settled: ${incidentId(incident.number)} has moved on. \`status\` shows where it stands.`,
      [{ label: 'Status', command: `status ${incidentId(incident.number)}` }],
    );
  const body = bodyOf(stored);
  if (body.why !== undefined && stored.person !== request.by)
    throw new RuleViolation('draft-not-yours', 'That draft is somebody else’s.');
  if (kind === ACTIONS.discardDraft) {
    await bot.world.store.settleDraft(request.team, key);
    return {
      kind: 'private',
      message: doneLine(incident, 'the draft is thrown away.', await readingOf(asked, incident)),
    };
  }
  if (kind === ACTIONS.editDraft) return openUpdate(asked, incident, { draft: key, fields: body.fields });
  const { impact, known, doing } = body.fields;
  if (!impact && !known && !doing) return openUpdate(asked, incident, { draft: key });
  const promise = body.why === undefined ? { promise: body.promise } : {};
  return postUpdate(asked, incident, body.fields, { ...promise, settles: key });
}
