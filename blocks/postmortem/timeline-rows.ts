import { claims } from '../../src/domain/claim.ts';
import type { Incident, IncidentEvent, Recorded } from '../../src/domain/incident.ts';
import { mitigationSays, saysNow } from '../../src/domain/investigation/posted-claims.ts';
import { safeUrl } from '../text.ts';
import { rowTime } from '../timeline-row.ts';
import { type Part, told } from '../told.ts';
import type { Pieces } from './document.ts';
import { claimed, evidenceLink, said, time, type Writing, who } from './say.ts';

/** What says nothing to whoever looks back: who read along, what only one person saw, and the postmortem itself. */
const LEFT_OUT: ReadonlySet<IncidentEvent['type']> = new Set([
  'joined',
  'guard-muted',
  'guard-unmuted',
  'update-fixed',
  'entry-edited',
  'entry-removed',
  'claim-verified',
  'postmortem-noted',
  'postmortem-edited',
  'postmortem-asked',
  'postmortem-written',
]);

/** Time, what happened, and where it can be read: every row has its link. */
export interface TimelineRow {
  readonly seq: number;
  readonly time: Pieces;
  readonly what: Pieces;
  readonly link: string | undefined;
}

/** The timeline as it reads now: messages that were taken back are gone, and what was corrected reads as it was corrected. */
export function timelineRows(writing: Writing): readonly TimelineRow[] {
  const { incident } = writing;
  return incident.timeline
    .filter((one) => shown(incident, one))
    .map((one) => standing(incident, one))
    .toSorted((a, b) => rowTime(a) - rowTime(b) || a.seq - b.seq)
    .map((one) => ({
      seq: one.seq,
      time: [time(rowTime(one), writing)],
      what: what(one, writing),
      link: linkFor(one, writing),
    }));
}

function shown(incident: Incident, { event, seq }: Recorded): boolean {
  if (LEFT_OUT.has(event.type)) return false;
  if (event.type === 'nudged') return event.rung !== 'draft';
  if (event.type !== 'entry-added') return true;
  const { channel, ts } = event.message;
  const first = incident.timeline.find(
    (one) =>
      one.event.type === 'entry-added' &&
      one.event.message.channel === channel &&
      one.event.message.ts === ts,
  );
  return (
    first?.seq === seq &&
    incident.entries.some((one) => one.message.channel === channel && one.message.ts === ts)
  );
}

/** The event with the words that it has by now. */
function standing(incident: Incident, recorded: Recorded): Recorded {
  const { event, seq } = recorded;
  if (event.type === 'updated') {
    const fields = incident.updates.find((one) => one.seq === seq)?.fields;
    return fields ? { ...recorded, event: { ...event, fields } } : recorded;
  }
  if (event.type === 'claimed') {
    const text = incident.claims.find((one) => one.seq === seq)?.text;
    return text === undefined ? recorded : { ...recorded, event: { ...event, text } };
  }
  if (event.type === 'mitigated')
    return { ...recorded, event: { ...event, text: mitigationSays(incident, seq, event.text) } };
  if (event.type === 'resolved' && event.text !== undefined)
    return { ...recorded, event: { ...event, text: saysNow(incident, seq, event.text) ?? event.text } };
  if (event.type !== 'entry-added') return recorded;
  const entry = incident.entries.find(
    ({ message }) => message.channel === event.message.channel && message.ts === event.message.ts,
  );
  return entry ? { ...recorded, event: { ...event, text: entry.text } } : recorded;
}

function what(recorded: Recorded, writing: Writing): Pieces {
  const { says, parts = [] } = told(recorded, writing.reading);
  const query = recorded.event.type === 'evidence-recorded';
  const ours = (typeof says === 'string' ? [says] : says).map((one) =>
    typeof one === 'string' ? withoutSigns(one) : time(one, writing),
  );
  return [
    `${who(recorded.event.by, writing)} `,
    { strong: ours.join('') },
    ...parts.flatMap((part, index) => [
      index === 0 ? ': ' : ' · ',
      ...(part.label === undefined ? [] : [`${part.label}: `]),
      ...(query ? [{ code: part.text }] : words(part, writing)),
    ]),
  ];
}

function words(part: Part, writing: Writing): Pieces {
  return part.claim === true
    ? claimed(claims(part.text, writing.incident.evidence), writing)
    : said(part.label === 'Review' ? withoutSigns(part.text) : part.text, writing);
}

/** Names in a document have no sign before them. */
function withoutSigns(text: string): string {
  return text.replace(/(?<![\w.])@(?=\w)/g, '');
}

/** The query of an evidence, the marked message, the message that asked for it, what Steady posted of it; else the card. */
function linkFor({ seq, event }: Recorded, writing: Writing): string | undefined {
  const { reading } = writing;
  const query = event.type === 'evidence-recorded' ? evidenceLink(event.evidence, writing) : undefined;
  const marked = event.type === 'entry-added' ? event.message : undefined;
  const from = marked ?? event.via;
  return query ?? safeUrl(from?.permalink ?? (from && reading.permalink?.(from))) ?? writing.linkOf(seq);
}
