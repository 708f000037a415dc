import { doneLine } from '../../../blocks/done.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { incidentId, parseIncidentId } from '../../domain/incident.ts';
import { editsIn, readFoot } from '../../domain/postmortem/read-back.ts';
import { act } from '../../flows/act.ts';
import { findIncident } from '../../flows/incident-of.ts';
import { type Asked, askerOf, readingOf } from '../call.ts';
import type { Said } from '../command-row.ts';
import { refuseWhereShared } from '../evidence/evidence-place.ts';
import { SlackRefusal } from '../outbound/contract.ts';
import { maySee, mustBeThere } from '../target.ts';
import { blameHints } from './blame-hints.ts';

/** A file of a message. */
export interface GivenFile {
  readonly id: string;
  readonly name: string;
}

/** The markdown files among them. */
export function postmortemFiles(files: readonly GivenFile[] = []): readonly GivenFile[] {
  return files.filter(({ name }) => /\.(?:md|markdown|txt)$/i.test(name)).slice(0, 1);
}

/** Keeps what people edited in a postmortem that they give back, section by section, and has it written again with that. */
export async function takeEdits(asked: Asked, { id }: GivenFile): Promise<Said> {
  const { bot, request } = asked;
  const text = await textOf(asked, id);
  const foot = readFoot(text);
  const number = foot && parseIncidentId(foot.incident);
  const found =
    number === undefined ? undefined : await findIncident(bot.world.store, { team: request.team, number });
  if (!foot || !found || !(await maySee(asked, found)))
    throw new RuleViolation(
      'no-postmortem-file',
      'This is no postmortem of an incident that you can see: its last line says which it is, and is needed. `postmortem INC-42` makes one to edit.',
    );
  await mustBeThere(asked, found);
  await refuseWhereShared(asked, found);
  const written = found.postmortem.written.find((one) => one.revision === foot.revision);
  if (!written)
    throw new RuleViolation(
      'no-such-revision',
      `${incidentId(found.number)} has no postmortem revision ${foot.revision}. \`postmortem ${incidentId(found.number)}\` makes a new one to edit.`,
    );
  const { value: sections } = bot.redactor.redactLeaves(editsIn(text, written.document));
  const reading = await readingOf(asked, found);
  if (sections.length === 0) {
    const line = `nothing in this file differs from revision ${foot.revision}.`;
    return { kind: 'thread', message: doneLine(found, line, reading) };
  }
  const { after } = await act(
    bot.world,
    found,
    [{ type: 'edit-postmortem', seen: written.document.version, sections }, { type: 'write-postmortem' }],
    askerOf(request),
  );
  const titles = sections.map(({ title }) => title.replace(/[`*@]/g, '')).join(', ');
  const line = `kept what was edited: ${titles.slice(0, 600)}. Revision ${after.postmortem.asked} comes under the status card.`;
  const also = blameHints(sections.map((one) => one.text ?? ''));
  return { kind: 'thread', message: doneLine(after, line, reading), ...(also && { also }) };
}

async function textOf({ bot }: Asked, id: string): Promise<string> {
  try {
    return (await bot.looks.fileText(id)).text;
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    const why =
      error.reason === 'file_too_large'
        ? 'This file is longer than 1 MB.'
        : 'Slack does not let Steady read this file.';
    throw new RuleViolation(
      'file-refused',
      `${why} What matters of it can be said with \`postmortem lessons …\`.`,
    );
  }
}
