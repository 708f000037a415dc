import { claims } from '../../src/domain/claim.ts';
import type { Incident, IncidentEvent, MessageRef, Recorded } from '../../src/domain/incident.ts';
import { mitigationSays, saysNow } from '../../src/domain/investigation/posted-claims.ts';
import { safeUrl } from '../text.ts';
import { rowTime } from '../timeline/timeline-row.ts';
import { type Part, told } from '../timeline/told.ts';
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
  const now = standingOf(incident);
  return incident.timeline
    .flatMap((one) => (LEFT_OUT.has(one.event.type) ? [] : now(one)))
    .toSorted((a, b) => rowTime(a) - rowTime(b) || a.seq - b.seq)
    .map((one) => ({
      seq: one.seq,
      time: [time(rowTime(one), writing)],
      what: what(one, writing),
      link: linkFor(one, writing),
    }));
}

/** Each event with the words that it has by now; none for what is not said any more, or was only said to one person. */
function standingOf(incident: Incident): (recorded: Recorded) => readonly Recorded[] {
  const key = ({ channel, ts }: MessageRef) => `${channel}/${ts}`;
  const marked = new Map(incident.entries.map((one) => [key(one.message), one.text]));
  const updates = new Map(incident.updates.map((one) => [one.seq, one.fields]));
  const claimed = new Map(incident.claims.map((one) => [one.seq, one.text]));
  return (recorded) => {
    const { event, seq } = recorded;
    const reads = (changed: IncidentEvent) => [{ ...recorded, event: changed }];
    switch (event.type) {
      case 'nudged':
        return event.rung === 'draft' ? [] : [recorded];
      case 'updated':
        return reads({ ...event, fields: updates.get(seq) ?? event.fields });
      case 'claimed':
        return reads({ ...event, text: claimed.get(seq) ?? event.text });
      case 'mitigated':
        return reads({ ...event, text: mitigationSays(incident, seq, event.text) });
      case 'resolved': {
        const text = saysNow(incident, seq, event.text);
        return text === undefined ? [recorded] : reads({ ...event, text });
      }
      case 'entry-added': {
        const text = marked.get(key(event.message));
        // One that was marked again is one entry.
        marked.delete(key(event.message));
        return text === undefined ? [] : reads({ ...event, text });
      }
      default:
        return [recorded];
    }
  };
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
