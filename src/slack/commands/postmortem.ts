import type { Meta } from '../../../blocks/action-ids.ts';
import { doneLine } from '../../../blocks/done.ts';
import type { Submitted } from '../../../blocks/modals/fields.ts';
import { postmortemModal, readPostmortem } from '../../../blocks/modals/postmortem.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { type Incident, incidentId } from '../../domain/incident.ts';
import { PARTS, type PartName, partNamed } from '../../domain/postmortem/parts.ts';
import { act } from '../../flows/act.ts';
import { type Asked, askerOf, readingOf } from '../call.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { refuseWhereShared } from '../evidence/evidence-place.ts';
import { metaOf, openModal } from '../forms/open-modal.ts';
import { blameHints, wordsShown } from '../postmortem/blame-hints.ts';
import { postmortemFiles, takeEdits } from '../postmortem/take-edits.ts';
import { targetOf } from '../target.ts';

/** Looking back at an incident, in any phase of it. */
export const POSTMORTEM: readonly CommandRow[] = [
  {
    name: 'postmortem',
    also: ['post-mortem', 'post mortem', 'retro', 'retrospective'],
    group: 'incident',
    usage: 'postmortem | postmortem factors|well|badly|lessons|observability <one sentence>',
    summary:
      'Write it from the timeline: canvas, markdown, HTML, JSON. Say what only people can; give an edited file back with it.',
    examples: ['postmortem', 'postmortem INC-42', 'postmortem lessons a panel of 429s by upstream'],
    options: [],
    target: 'any',
    run: async (call) => {
      const file = await attached(call);
      if (file && call.text === '') return takeEdits(call, file);
      const incident = await targetOf(call);
      const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(call.text) ?? [];
      if (word === '') return writePostmortem(call, incident);
      if (/^fill$/i.test(word)) return fillPostmortem(call, incident);
      const part = partNamed(word.replace(/:$/, ''));
      if (part) return note(call, incident, part.name, rest);
      throw new RuleViolation(
        'no-such-part',
        `A postmortem takes words on ${PARTS.map(({ name }) => `\`${name}\``).join(', ')}: \`postmortem lessons <one sentence>\`. Everything else is the timeline's.`,
        [{ label: 'Write the postmortem', command: `postmortem ${incidentId(incident.number)}` }],
      );
    },
  },
];

/** A markdown file of the message that asked. */
async function attached({ bot, request }: Call) {
  const { channel, ts, kind } = request;
  if (channel === undefined || ts === undefined || (kind !== 'mention' && kind !== 'dm')) return undefined;
  return postmortemFiles((await bot.looks.message({ channel, ts }))?.files)[0];
}

/** Asks for a new revision; its files, its canvas and its message follow by themselves. */
export async function writePostmortem(asked: Asked, incident: Incident): Promise<Said> {
  await refuseWhereShared(asked, incident);
  const { bot, request } = asked;
  const { after } = await act(bot.world, incident, { type: 'write-postmortem' }, askerOf(request));
  const again = after.postmortem.asked > 1 ? ' again' : '';
  const line = `the postmortem is being written${again}; it comes under the status card, with its files.`;
  const message = doneLine(after, line, await readingOf(asked, after));
  const also = blameHints(wordsShown(after));
  if (request.kind !== 'click') return { kind: 'thread', message, ...(also && { also }) };
  return also ? { kind: 'private', message: { ...message, more: [also] } } : { kind: 'private', message };
}

async function note(asked: Asked, incident: Incident, part: PartName, text: string): Promise<Said> {
  const { bot, request } = asked;
  const { after } = await act(bot.world, incident, { type: 'note-postmortem', part, text }, askerOf(request));
  const line = `kept under *${partNamed(part)?.title}*; \`postmortem\` writes it out.`;
  const also = blameHints([text]);
  return {
    kind: 'thread',
    message: doneLine(after, line, await readingOf(asked, after)),
    ...(also && { also }),
  };
}

/** The form for what only people can say. */
export function fillPostmortem(asked: Asked, incident: Incident): Promise<Said> {
  if (asked.request.trigger !== undefined) return openModal(asked, postmortemModal(incident, metaOf(asked)));
  throw new RuleViolation('needs-click', 'Slack opens a form only from a click:', [
    { label: 'Fill in the postmortem', command: `postmortem ${incidentId(incident.number)} fill` },
  ]);
}

/** What the form held: kept, and written out where a postmortem is out already. */
export async function filledPostmortem(
  asked: Asked,
  incident: Incident,
  values: Submitted,
  meta: Meta,
): Promise<Said> {
  const { bot, request } = asked;
  const parts = readPostmortem(values, meta, incident);
  const { after, events } = await act(
    bot.world,
    incident,
    { type: 'fill-postmortem', parts },
    askerOf(request),
  );
  const line =
    events.length === 0
      ? 'nothing was changed in the form.'
      : 'kept. *Regenerate* or `postmortem` writes it out.';
  const message = doneLine(after, line, await readingOf(asked, after));
  const also = blameHints(parts.map(({ text }) => text));
  return { kind: 'private', message: also ? { ...message, more: [also] } : message };
}
