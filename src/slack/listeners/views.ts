import type { App, SlackViewAction } from '@slack/bolt';
import { CALLBACKS, decodeMeta, INPUTS, type Meta } from '../../../blocks/action-ids.ts';
import { readCorrectEntry } from '../../../blocks/modals/correct-entry.ts';
import { readDeclare } from '../../../blocks/modals/declare.ts';
import { readEntry } from '../../../blocks/modals/entry.ts';
import type { Submitted } from '../../../blocks/modals/fields.ts';
import { readHandoff } from '../../../blocks/modals/handoff.ts';
import { readMitigate } from '../../../blocks/modals/mitigate.ts';
import { readRemember } from '../../../blocks/modals/remember.ts';
import { readSupply } from '../../../blocks/modals/supply.ts';
import { readUpdateModal } from '../../../blocks/modals/update.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { type Incident, incidentId, type MessageRef } from '../../domain/incident.ts';
import { act } from '../../flows/act.ts';
import { findIncident } from '../../flows/incident-of.ts';
import { safeUrl } from '../../safety/text.ts';
import type { Json } from '../../storage/store.ts';
import { guarded } from '../answer.ts';
import type { Bot } from '../bot.ts';
import { type Asked, askerOf } from '../call.ts';
import { phaseHeard } from '../claim-hints.ts';
import type { CommandRow, Said } from '../command-row.ts';
import { begin } from '../commands/declare.ts';
import { offer } from '../commands/people.ts';
import { filledPostmortem } from '../commands/postmortem.ts';
import { saveSupplied } from '../evidence/supply.ts';
import { putAway } from '../forms/closing-form.ts';
import { correctEntry } from '../knowledge/correct-entry.ts';
import { namedEntry } from '../knowledge/named-entry.ts';
import { rememberThis } from '../knowledge/remember-this.ts';
import { postUpdate } from '../post-update.ts';
import type { Request } from '../request.ts';
import { isStale } from '../stale.ts';
import { maySee, mustBeThere } from '../target.ts';
import { actionDropSubmit, actionHandSubmit } from './action-item-clicks.ts';
import { askedAt } from './asked-at.ts';
import { investigationSubmit, wrongClosing, wrongInvestigation } from './investigation-submits.ts';
import { askAboutForm, type Form } from './kept-forms.ts';
import { add } from './timeline.ts';

const POSTED: Said = { kind: 'posted' };

/** Modals: acknowledged at once; what cannot be right is said under its input, the rest is decided on the newest state. */
export function listenForViews(app: App, bot: Bot, table: readonly CommandRow[]): void {
  app.view({ type: 'view_submission', callback_id: /.*/ }, async ({ ack, body, view, context }) => {
    const values = view.state.values as unknown as Submitted;
    const meta = decodeMeta(view.private_metadata);
    const request = { ...requestOf(bot, body, meta), ...askedAt(bot, context) };
    const errors =
      wrongInputs(view.callback_id, values) ??
      (await wrongFor({ bot, request }, view.callback_id, values, meta));
    if (errors) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    await ack();
    const form: Form = { title: view.title.text, callback: view.callback_id, values, meta };
    if (request.resumed && isStale(bot, request)) return askAboutForm({ bot, request }, form);
    await guarded({ bot, request }, undefined, () => takeForm({ bot, request }, form, table));
  });

  listenForPutAway(app, bot);
  app.view({ type: 'view_closed', callback_id: CALLBACKS.update }, async ({ ack, body, view }) => {
    await ack();
    const meta = decodeMeta(view.private_metadata);
    const { fields } = readUpdateModal((view.state?.values ?? {}) as unknown as Submitted);
    if (meta.incident === undefined || meta.seq !== undefined || Object.keys(fields).length === 0) return;
    const request = requestOf(bot, body, meta);
    const key = meta.draft ?? `${incidentId(meta.incident)}/promise-${meta.promise ?? 0}/draft`;
    const { value: safe } = bot.redactor.redactLeaves(fields);
    const body_ = { fields: safe, promise: meta.promise ?? 0 } as unknown as Json;
    await bot.world.store.saveDraft({
      team: request.team,
      key,
      person: request.by,
      incident: meta.incident,
      kind: 'update',
      body: body_,
      at: await bot.world.store.now(),
    });
  });
}

/** The closing form that somebody put away begins with the same again. */
function listenForPutAway(app: App, bot: Bot): void {
  for (const callback_id of CLOSING)
    app.view({ type: 'view_closed', callback_id }, async ({ ack, body, view }) => {
      await ack();
      const meta = decodeMeta(view.private_metadata);
      const asked = { bot, request: requestOf(bot, body, meta) };
      const values = (view.state?.values ?? {}) as unknown as Submitted;
      if (Object.keys(values).length === 0) return;
      try {
        await putAway(asked, await incidentOf(asked, meta), values, meta);
      } catch (error) {
        // Somebody who may not see it any more has nothing to come back to.
        if (!(error instanceof RuleViolation)) throw error;
      }
    });
}

function requestOf(bot: Bot, body: SlackViewAction, meta: Meta): Request {
  const team = body.team?.id ?? bot.rules.team;
  return {
    kind: 'submit',
    key: `submit/${body.view.id}/${body.view.hash}`,
    team,
    byTeam: body.user.team_id ?? team,
    by: body.user.id,
    direct: meta.channel?.startsWith('D') ?? false,
    at: bot.world.clock.now(),
    ...(meta.channel !== undefined && { channel: meta.channel }),
  };
}

/** Problems that show under an input; everything else is decided after the modal has closed. */
function wrongInputs(callback: string, values: Submitted): Record<string, string> | undefined {
  if (callback === CALLBACKS.update) {
    const { impact, known, doing } = readUpdateModal(values).fields;
    if (!impact && !known && !doing)
      return { [INPUTS.impact]: 'Say at least one of these. Nothing new? Close this and choose No change.' };
  }
  if (callback === CALLBACKS.declare) {
    const { title, link, channel } = readDeclare(values);
    if (title.trim() === '') return { [INPUTS.title]: 'What is happening? A few words are enough.' };
    if (link !== undefined && safeUrl(link) === undefined)
      return { [INPUTS.link]: 'An address that begins with http:// or https://, without a password in it.' };
    if (channel === undefined) return { [INPUTS.channel]: 'In which channel?' };
  }
  if (callback === CALLBACKS.handOff && readHandoff(values).to === undefined)
    return { [INPUTS.person]: 'To whom?' };
  return wrongInvestigation(callback, values);
}

const CLOSING: readonly string[] = [CALLBACKS.resolve, CALLBACKS.interim, CALLBACKS.distil];

/** What only the incident shows to be wrong. Where it cannot be read, that is said once the form has closed. */
async function wrongFor(
  asked: Asked,
  callback: string,
  values: Submitted,
  meta: Meta,
): Promise<Record<string, string> | undefined> {
  if (!CLOSING.includes(callback)) return undefined;
  try {
    return wrongClosing(await incidentOf(asked, meta), callback, values, meta.about);
  } catch (error) {
    if (error instanceof RuleViolation) return undefined;
    throw error;
  }
}

/** What a form says, decided on the newest state. */
export async function takeForm(
  asked: Asked,
  { callback, values, meta }: Form,
  table: readonly CommandRow[],
): Promise<Said> {
  const { bot, request } = asked;
  const asker = askerOf(request);
  switch (callback) {
    case CALLBACKS.declare: {
      const { title, severity, channel, ...more } = readDeclare(values);
      if (channel === undefined) throw new RuleViolation('channel-needed', 'In which channel?');
      const alert = await alertOf(asked, meta);
      return begin(asked, { ...more, title, severity: severity ?? 'P2', channel, ...(alert && { alert }) });
    }
    case CALLBACKS.update: {
      const incident = await incidentOf(asked, meta);
      const { fields, next } = readUpdateModal(values);
      if (meta.seq !== undefined) {
        const { value: safe } = bot.redactor.redactLeaves(fields);
        await act(bot.world, incident, { type: 'fix-update', seq: meta.seq, fields: safe }, asker);
        return POSTED;
      }
      const author = meta.source?.startsWith('author:') ? meta.source.slice('author:'.length) : undefined;
      return postUpdate(asked, incident, fields, {
        ...(next !== undefined && { next }),
        ...(author !== undefined && { author }),
        ...(meta.draft !== undefined && { settles: meta.draft }),
      });
    }
    case CALLBACKS.mitigate: {
      const command = { type: 'mitigate', ...readMitigate(values) } as const;
      const { after, events } = await act(bot.world, await incidentOf(asked, meta), command, asker);
      return phaseHeard(asked, after, events[0]);
    }
    case CALLBACKS.handOff: {
      const { role, to } = readHandoff(values);
      if (to === undefined) throw new RuleViolation('person-needed', 'To whom? `handoff @name`.');
      return offer(asked, await incidentOf(asked, meta), role, to);
    }
    case CALLBACKS.supply: {
      const read = readSupply(values);
      const chosen = read.incident === undefined ? meta : { ...meta, incident: read.incident };
      return saveSupplied(asked, await incidentOf(asked, chosen), meta, read);
    }
    case CALLBACKS.entry: {
      const { text, incident } = readEntry(values);
      const found = await incidentOf(asked, incident === undefined ? meta : { ...meta, incident });
      if (meta.channel === undefined || meta.ts === undefined)
        throw new TypeError('An entry needs its message');
      await add(
        bot,
        request.team,
        { channel: meta.channel, ts: meta.ts },
        request.by,
        'shortcut',
        text,
        found,
      );
      return POSTED;
    }
    case CALLBACKS.remember: {
      const { text, kind } = readRemember(values);
      return rememberThis(asked, kind, text, meta);
    }
    case CALLBACKS.correctEntry:
      return correctEntry(asked, await namedEntry(asked, meta.about ?? ''), readCorrectEntry(values));
    case CALLBACKS.postmortem:
      return filledPostmortem(asked, await incidentOf(asked, meta), values, meta);
    case CALLBACKS.actionHand:
      return actionHandSubmit(asked, meta, values);
    case CALLBACKS.actionDrop:
      return actionDropSubmit(asked, meta, values);
    case CALLBACKS.resolve:
    case CALLBACKS.interim:
    case CALLBACKS.distil:
    case CALLBACKS.judge:
    case CALLBACKS.correction:
    case CALLBACKS.bugfix:
    case CALLBACKS.hypothesis:
    case CALLBACKS.test:
    case CALLBACKS.attach:
      return investigationSubmit(asked, callback, await incidentOf(asked, meta), { values, meta, table });
    default:
      throw new TypeError(`No such modal: ${callback}`);
  }
}

async function incidentOf(asked: Asked, meta: Meta): Promise<Incident> {
  const { bot, request } = asked;
  const incident =
    meta.incident === undefined
      ? undefined
      : await findIncident(bot.world.store, { team: request.team, number: meta.incident });
  if (!incident || !(await maySee(asked, incident)))
    throw new RuleViolation(
      'no-such-incident',
      'That incident is not there any more. `list` shows the open ones.',
      [{ label: 'List', command: 'list' }],
    );
  await mustBeThere(asked, incident);
  return incident;
}

/** The alert that a declare began with, linked; only where it was said in a channel that everyone there can read. */
async function alertOf({ bot }: Asked, meta: Meta): Promise<MessageRef | undefined> {
  if (meta.source !== 'alert' || meta.channel === undefined || meta.ts === undefined) return undefined;
  const permalink = await bot.looks.permalink({ channel: meta.channel, ts: meta.ts });
  return { channel: meta.channel, ts: meta.ts, ...(permalink !== undefined && { permalink }) };
}
