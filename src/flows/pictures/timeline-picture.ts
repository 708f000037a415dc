import type { Moment, TimelinePicture } from '../../charts/picture.ts';
import { sayEvidence } from '../../domain/draft-update.ts';
import {
  type Incident,
  incidentId,
  isOpen,
  lasted,
  type PersonId,
  type Recorded,
} from '../../domain/incident.ts';
import { marksOf } from '../../domain/marks.ts';
import { type Instant, sayDuration } from '../../domain/time.ts';
import type { UpdateFields } from '../../domain/update.ts';

/** More than this is no picture any more. */
const MOMENTS = 40;
/** What goes first where there are more: phases stay, then what people said and found, newest first. */
const RANK: Readonly<Record<Moment['kind'], number>> = {
  impact: 0,
  declared: 0,
  mitigated: 0,
  resolved: 0,
  reopened: 0,
  change: 1,
  hypothesis: 1,
  update: 2,
  evidence: 3,
  marked: 4,
  said: 5,
};

/** The incident from its beginning to now, each moment at the time it is about. */
export function timelinePicture(
  incident: Incident,
  name: (person: PersonId) => string,
  now: Instant,
): TimelinePicture {
  const changes = marksOf(incident).filter(({ kind }) => kind === 'change');
  const all: Moment[] = [
    ...(incident.impactSince === undefined
      ? []
      : [{ at: incident.impactSince, kind: 'impact', head: 'Impact begins', text: '' } as const]),
    ...incident.timeline.flatMap((one) => momentOf(incident, one, name)),
    ...incident.entries.map(({ at, text, author }): Moment => {
      const change = changes.some((one) => one.at === at && text.startsWith(one.label.replace(/…$/, '')));
      return { at, kind: change ? 'change' : 'marked', head: name(author), text };
    }),
  ];
  const kept = all
    .toSorted((a, b) => RANK[a.kind] - RANK[b.kind] || b.at - a.at)
    .slice(0, MOMENTS)
    .toSorted((a, b) => a.at - b.at);
  const left = all.length - kept.length;
  const state = isOpen(incident)
    ? `${incident.phase}, ${sayDuration(lasted(incident, now))}`
    : incident.phase;
  return {
    kind: 'timeline',
    title: `${incidentId(incident.number)} ${incident.severity} · ${state} · ${incident.title}`,
    from: kept[0]?.at ?? incident.declaredAt,
    moments: kept,
    warnings: [],
    notes: [
      'Times are UTC.',
      ...(left > 0
        ? [`${left.toLocaleString('en')} smaller moments are left out; \`timeline\` lists all.`]
        : []),
    ],
  };
}

function momentOf(
  incident: Incident,
  { seq, at, event }: Recorded,
  name: (person: PersonId) => string,
): readonly Moment[] {
  const by = name(event.by);
  switch (event.type) {
    case 'declared':
      return [{ at, kind: 'declared', head: `${event.severity} declared by ${by}`, text: event.title }];
    case 'mitigated':
    case 'resolved': {
      // Its time may have been corrected since.
      const known = event.type === 'mitigated' ? incident.mitigatedAt : incident.resolvedAt;
      const head = event.type === 'mitigated' ? `Mitigated by ${by}` : `Resolved by ${by}`;
      return [{ at: known ?? event.effectiveAt, kind: event.type, head, text: event.text ?? '' }];
    }
    case 'reopened':
      return [{ at, kind: 'reopened', head: `Reopened by ${by}`, text: event.reason ?? '' }];
    case 'cancelled':
      return [{ at, kind: 'resolved', head: `Cancelled by ${by}`, text: event.reason }];
    case 'severity-changed':
      return [{ at, kind: 'said', head: `${event.severity}, was ${event.was}`, text: '' }];
    case 'updated': {
      const record = incident.updates.find((one) => one.seq === seq);
      const author = name(event.author ?? event.by);
      return [
        { at, kind: 'update', head: `Update by ${author}`, text: sayFields(record?.fields ?? event.fields) },
      ];
    }
    case 'evidence-recorded': {
      const { id, source, askedAt } = event.evidence;
      return [
        { at: askedAt, kind: 'evidence', head: `${id} · ${source}`, text: sayEvidence(event.evidence) },
      ];
    }
    case 'hypothesis-stated':
      return [{ at, kind: 'hypothesis', head: `${event.hypothesis} by ${by}`, text: event.statement }];
    case 'hypothesis-judged': {
      const statement = incident.hypotheses.find((one) => one.id === event.hypothesis)?.statement ?? '';
      return [
        { at, kind: 'hypothesis', head: `${event.hypothesis} ${event.state} by ${by}`, text: statement },
      ];
    }
    case 'noted':
      return [{ at, kind: 'said', head: `Note by ${by}`, text: event.text }];
    default:
      return [];
  }
}

function sayFields({ impact, known, doing }: UpdateFields): string {
  return [
    impact,
    known === undefined ? undefined : `We know: ${known}`,
    doing === undefined ? undefined : `Doing: ${doing}`,
  ]
    .filter((one) => one !== undefined)
    .join(' · ');
}

/** The same in words, for those who do not see it. */
export function sayTimeline({ title, moments }: TimelinePicture): string {
  const say = ({ at, head, text }: Moment) =>
    `${new Date(at).toISOString().slice(11, 16)} ${head}${text === '' ? '' : `: ${text.slice(0, 100)}`}.`;
  return [`Timeline of ${title}, in UTC.`, ...moments.map(say)].join(' ').slice(0, 900).toWellFormed();
}
