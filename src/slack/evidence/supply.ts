import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { Meta } from '../../../blocks/action-ids.ts';
import { INPUT_LIMIT } from '../../../blocks/modals/fields.ts';
import { type SupplyRead, supplyModal } from '../../../blocks/modals/supply.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { type Answer, answered, SUPPLIED } from '../../domain/evidence.ts';
import type { Incident } from '../../domain/incident.ts';
import { readPasted } from '../../domain/read-pasted.ts';
import { SECOND } from '../../domain/time.ts';
import { recordAnswer } from '../../flows/ask.ts';
import { findIncident } from '../../flows/incident-of.ts';
import { type Asked, askerOf } from '../call.ts';
import type { Said } from '../command-row.ts';
import { openSummaries } from '../forms/open-modal.ts';
import { SlackRefusal } from '../outbound/contract.ts';
import { textOfMessage } from '../words/message-text.ts';
import { refuseWhereShared } from './evidence-place.ts';

const compress = promisify(deflate);
/** Files of one message that are saved at a time. */
const FILES = 10;

/** The message that the shortcut was used on, as Slack sends it along. */
export interface Pasted {
  readonly text?: string;
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly unknown[];
  readonly files?: readonly { readonly id?: string; readonly name?: string }[];
}

/** *Save as evidence*: nothing is kept before the person has seen what, and who will read it. */
export async function openSupply(asked: Asked, message: Pasted): Promise<Said> {
  const { bot, request } = asked;
  const { channel, ts, trigger } = request;
  if (channel === undefined || ts === undefined || trigger === undefined)
    throw new TypeError('The shortcut needs its message');
  const here = await bot.world.store.inChannel(request.team, channel);
  const incident = here && (await findIncident(bot.world.store, here.ref));
  const open = incident ? [] : await openSummaries(asked);
  if (!incident && open.length === 0)
    throw new RuleViolation('no-open-incident', 'No incident is open. Declare one first, then save this.', [
      { label: 'Declare', command: 'declare' },
    ]);
  const files = (message.files ?? []).filter(({ id }) => id !== undefined).slice(0, FILES);
  const text = textOfMessage(message);
  if (text === '' && files.length === 0)
    throw new RuleViolation('nothing-to-save', 'There is no text in this message and no file.');
  const audience = incident?.channel === channel ? undefined : await audienceOf(asked, channel, incident);
  const meta: Meta = {
    channel,
    ts,
    ...(incident && { incident: incident.number }),
    ...(files.length > 0 && { source: files.map(({ id }) => id).join(' ') }),
  };
  const names = files.map(({ name }) => name ?? 'file').join(', ');
  const view = supplyModal(
    { text, ...(files.length > 0 && { file: names }), ...(audience !== undefined && { audience }) },
    open,
    meta,
  );
  await bot.door.openView(trigger, view);
  return { kind: 'modal' };
}

/** Who will read it, where the message stands in a private channel, a direct message, or one that Steady cannot see. */
async function audienceOf(
  { bot }: Asked,
  channel: string,
  incident: Incident | undefined,
): Promise<string | undefined> {
  const seen = await bot.looks.channel(channel);
  if (seen && !seen.private && !seen.dm) return undefined;
  const there = incident && (await bot.looks.channel(incident.channel));
  return there ? `#${there.name}` : 'the channel of the incident';
}

/**
 * Keeps it: redacted first, as rows where it certainly is a table, marked as supplied by whoever saved it. Each file of a message is
 * an evidence of its own; none is kept where one of them cannot be.
 */
export async function saveSupplied(
  asked: Asked,
  incident: Incident,
  meta: Meta,
  { text, how }: SupplyRead,
): Promise<Said> {
  const { bot, request } = asked;
  if (meta.channel === undefined || meta.ts === undefined) throw new TypeError('It needs its message');
  await refuseWhereShared(asked, incident);
  const files: readonly { readonly name: string; readonly text: string }[] = await Promise.all(
    (meta.source ?? '').split(' ').flatMap((id) => (id === '' ? [] : [fileOf(asked, id)])),
  );
  const at = { channel: meta.channel, ts: meta.ts };
  const seen = await bot.looks.message(at);
  const typed = { text: seen ? wholeOf(text, textOfMessage(seen)) : text, name: '' };
  const permalink = (await bot.looks.permalink(at)) ?? archiveLink(bot.rules.workspaceUrl, at);
  const about = { permalink, by: request.by, now: bot.world.clock.now(), ts: meta.ts };
  const thread =
    meta.channel === incident.channel
      ? { thread: { channel: meta.channel, ts: seen?.threadTs ?? meta.ts } }
      : {};
  const asker = askerOf(request);
  for (const [index, one] of (files.length > 0 ? files : [typed]).entries()) {
    const safe = bot.redactor.redactLeaves({ text: one.text, how: how ?? one.name }).value;
    const answer = await suppliedAnswer(safe, about);
    // Each is done once by itself, whatever a crash leaves undone.
    const key = index === 0 ? asker.key : `${asker.key}/${index}`;
    await recordAnswer(bot.world, incident, answer, {
      by: request.by,
      request: { ...asker, ...(key !== undefined && { key }) },
      ...thread,
    });
  }
  return { kind: 'posted' };
}

/** A modal holds 3,000 characters; where nothing of them was changed, the rest of the message is kept as well. */
function wholeOf(typed: string, said: string): string {
  const begins = typed.length >= INPUT_LIMIT - 100 && said.startsWith(typed.trimEnd());
  return begins ? said : typed;
}

async function suppliedAnswer(
  { text, how }: { readonly text: string; readonly how: string },
  about: { readonly permalink: string; readonly by: string; readonly now: number; readonly ts: string },
): Promise<Answer> {
  const written = Math.round(Number(about.ts) * SECOND);
  const bytes = Buffer.from(text);
  return answered({
    tool: SUPPLIED,
    deployment: 'person',
    source: 'Supplied',
    query: how || 'pasted',
    window: { from: written, to: written },
    askedAt: about.now,
    result: readPasted(text),
    completeness: { kind: 'complete' },
    cost: { took: 0, bytes: bytes.length },
    warnings: [],
    reproduction: { kind: 'supplied', permalink: about.permalink, by: about.by },
    snapshot: new Uint8Array(await compress(bytes)),
  });
}

async function fileOf({ bot }: Asked, id: string) {
  try {
    return await bot.looks.fileText(id);
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    const why = REFUSED[error.reason] ?? 'Slack does not let Steady read this file.';
    throw new RuleViolation('file-refused', `${why} Paste what matters of it, and save that message.`);
  }
}

const REFUSED: Readonly<Record<string, string>> = {
  file_elsewhere: 'This file is not kept by Slack, so it is not fetched.',
  file_no_text: 'This file is no text.',
  file_too_large: 'This file is longer than 1 MB.',
};

/** The address Slack itself gives a message; Slack does not tell it of places that Steady is not in. */
function archiveLink(
  workspace: string | undefined,
  at: { readonly channel: string; readonly ts: string },
): string {
  const base = workspace ?? 'https://slack.com/';
  return `${base.replace(/\/+$/, '')}/archives/${at.channel}/p${at.ts.replace('.', '')}`;
}
