import type { RichTextSection } from '@slack/types';
import { linkOf } from '../src/domain/evidence-note.ts';
import { incidentId, type Recorded } from '../src/domain/incident.ts';
import type { UpdateFields } from '../src/domain/update.ts';
import { brief, shorten } from './fit.ts';
import type { Reading } from './message.ts';
import { section } from './rich.ts';
import { clean, code, type Inline, link, moment, nameOf, plain, sayMoment, words } from './text.ts';

/** Characters of one row's words; the whole text goes into the file of the timeline. */
export const ROW_SHOWN = 400;

/** What one event says, in words of ours and of people; empty for events that are not told (nudges aside, all are). */
export function told(
  recorded: Recorded,
  reading: Reading,
): { readonly says: string; readonly quoted?: string; readonly url?: string } {
  const { event } = recorded;
  const who = (id: string) => nameOf(id, reading);
  switch (event.type) {
    case 'declared':
      return { says: `declared ${event.severity}`, quoted: event.title };
    case 'updated':
      return { says: 'update', quoted: fieldsText(event.fields) };
    case 'update-fixed':
      return { says: 'corrected an update', quoted: fieldsText(event.fields) };
    case 'no-change':
      return { says: 'no change' };
    case 'mitigated':
      return { says: `mitigated at ${sayMoment(event.effectiveAt, reading)}`, ...quote(event.text) };
    case 'resolved':
      return { says: `resolved at ${sayMoment(event.effectiveAt, reading)}`, ...quote(event.text) };
    case 'time-corrected':
      return {
        says: `${event.of} at ${sayMoment(event.effectiveAt, reading)}, before: ${sayMoment(event.was, reading)}`,
      };
    case 'reopened':
      return { says: 'reopened', ...quote(event.reason) };
    case 'cancelled':
      return { says: 'cancelled, a false alarm', quoted: event.reason };
    case 'merged':
      return { says: `merged into ${incidentId(event.into)}` };
    case 'absorbed':
      return { says: `${incidentId(event.number)} was merged into this`, quoted: event.title };
    case 'severity-changed':
      return { says: `severity ${event.was} → ${event.severity}` };
    case 'lead-changed':
      return { says: `lead ${who(event.was)} → ${who(event.lead)}, ${event.how}` };
    case 'role-given':
      return {
        says: `${event.role} is ${who(event.person)}${event.was === undefined ? '' : `, before: ${who(event.was)}`}`,
      };
    case 'handoff-offered':
      return { says: `offered ${event.role} to ${who(event.to)}` };
    case 'handoff-declined':
      return { says: `declined ${event.role}` };
    case 'snoozed':
      return { says: `snoozed until ${sayMoment(event.dueAt, reading)}`, quoted: event.reason };
    case 'noted':
      return { says: 'note', quoted: event.text };
    case 'retitled':
      return { says: 'new title', quoted: event.title };
    case 'service-set':
      return { says: 'service', quoted: event.service };
    case 'linked':
      return { says: 'dashboard', url: event.link };
    case 'impact-start-set':
      return {
        says: `impact since ${sayMoment(event.effectiveAt, reading)}${event.was === undefined ? '' : `, before: ${sayMoment(event.was, reading)}`}`,
      };
    case 'entry-added':
      return {
        says: `${who(event.author)} said`,
        quoted: event.text,
        ...address(event.message.permalink ?? reading.permalink?.(event.message)),
      };
    case 'entry-edited':
      return {
        says: 'edited a marked message',
        quoted: event.text,
        ...address(event.message.permalink ?? reading.permalink?.(event.message)),
      };
    case 'entry-removed':
      return {
        says: event.why === 'deleted' ? 'deleted a marked message' : 'took a mark back',
        ...address(event.message.permalink ?? reading.permalink?.(event.message)),
      };
    case 'evidence-recorded':
      return {
        says: `${event.evidence.id} ${brief(event.evidence.source, 80)}`,
        quoted: event.evidence.query,
        ...address(linkOf(event.evidence)),
      };
    case 'nudged':
      return { says: `asked ${event.asked.map(who).join(', ')} (${event.rung})` };
    case 'unreachable':
      return { says: `${who(event.person)} cannot be reached`, quoted: event.why };
    case 'joined':
      return { says: `${who(event.person)} joined` };
    case 'channel-lost':
      return { says: 'Steady cannot post in the channel', quoted: event.why };
    case 'channel-back':
      return { says: 'Steady is back in the channel' };
    case 'channel-shared':
      return { says: 'the channel is shared with another company' };
  }
}

/** When the row happened: a marked message has its own time. */
export function rowTime({ at, event }: Recorded): number {
  return event.type === 'entry-added' ? event.writtenAt : at;
}

/** One row: time, who, what, link. */
export function timelineRow(recorded: Recorded, reading: Reading): RichTextSection {
  const { says, quoted, url } = told(recorded, reading);
  const via = url ?? recorded.event.via?.permalink;
  const text: Inline[] =
    quoted === undefined
      ? []
      : recorded.event.type === 'evidence-recorded'
        ? [plain(': '), code(shorten(quoted, ROW_SHOWN))]
        : [plain(': '), ...words(shorten(quoted, ROW_SHOWN), reading)];
  return section(
    moment(rowTime(recorded), reading),
    plain(`  ${nameOf(recorded.event.by, reading)}  `),
    plain(says, { bold: true }),
    ...text,
    ...(via === undefined ? [] : [' ', link(via, 'link')]),
  );
}

/** The same as one line of plain text, whole. */
export function timelineText(recorded: Recorded, reading: Reading): string {
  const { says, quoted, url } = told(recorded, reading);
  const time = new Date(rowTime(recorded)).toISOString();
  const tail = quoted === undefined ? '' : `: ${clean(quoted).replaceAll('\n', '\n    ')}`;
  return `${time}  ${nameOf(recorded.event.by, reading)}  ${clean(says)}${tail}${url === undefined ? '' : `  ${clean(url)}`}`;
}

export function fieldsText(fields: UpdateFields): string {
  return [
    ...(fields.impact === undefined ? [] : [`Impact: ${fields.impact}`]),
    ...(fields.known === undefined ? [] : [`What we know: ${fields.known}`]),
    ...(fields.doing === undefined ? [] : [`Doing: ${fields.doing}`]),
  ].join(' · ');
}

function quote(text: string | undefined): { quoted?: string } {
  return text === undefined ? {} : { quoted: text };
}

function address(url: string | undefined): { url?: string } {
  return url === undefined ? {} : { url };
}
