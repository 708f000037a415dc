import {
  type Incident,
  type IncidentEvent,
  incidentId,
  type PersonId,
  type Recorded,
} from '../domain/incident.ts';
import { openTests } from '../domain/investigation/interim.ts';
import type { OutboxPost } from '../storage/store.ts';
import { row } from './row.ts';

/** What the events of an end, or of a conclusion on the way, make Steady say. */
export function conclusionRows(
  after: Incident,
  { seq, event }: Pick<Recorded, 'seq' | 'event'>,
): OutboxPost[] {
  const id = incidentId(after.number);
  const incident = after.number;
  switch (event.type) {
    case 'resolved':
      return [
        row(`${id}/phase-${seq}`, { kind: 'phase', incident, seq }),
        row(`${id}/kept-${seq}`, { kind: 'kept', incident, to: after.lead }),
        ...(event.review?.kind === 'unreviewed'
          ? [
              row(
                `${id}/review-${seq}`,
                { kind: 'judge', incident, to: event.review.asked ?? after.lead },
                event.review.dueAt,
              ),
            ]
          : []),
        ...(after.distillation?.state === 'drafted'
          ? [row(`${id}/distil-${seq}`, { kind: 'distil', incident, seq })]
          : []),
      ];
    case 'distillation-drafted':
      return after.phase === 'resolved'
        ? [row(`${id}/distil-${seq}`, { kind: 'distil', incident, seq })]
        : [];
    case 'distilled':
      return [row(`${id}/distilled-${seq}`, { kind: 'distilled', incident, seq })];
    case 'resolution-proposed':
      return [
        row(`${id}/phase-${seq}`, { kind: 'phase', incident, seq }),
        row(`${id}/unanswered-${seq}`, { kind: 'conclusion-late', incident, proposal: seq }, event.answerBy),
      ];
    case 'judge-asked':
      return [
        ...(event.to === undefined
          ? []
          : [row(`${id}/judge-${seq}`, { kind: 'judge', incident, to: event.to })]),
        row(
          `${id}/unjudged-${seq}`,
          { kind: 'conclusion-late', incident, proposal: after.conclusion?.seq ?? 0 },
          event.judgeBy,
        ),
      ];
    case 'conclusion-returned':
      return saidElsewhere(event) ? [] : [row(`${id}/phase-${seq}`, { kind: 'phase', incident, seq })];
    case 'questions-answered':
      return event.of === undefined ? [] : handedOn(after, seq, event.by);
    case 'concluded':
      return [
        ...(saidElsewhere(event) ? [] : [row(`${id}/phase-${seq}`, { kind: 'phase', incident, seq })]),
        ...(event.lookAt === undefined
          ? []
          : [row(`${id}/look-again-${seq}`, { kind: 'look-again', incident, seq }, event.lookAt)]),
      ];
    default:
      return [];
  }
}

/** Whoever takes over is handed what is still to test: with the offer while it is open, by themselves where they lead by now. */
function handedOn(after: Incident, seq: number, by: PersonId): OutboxPost[] {
  const id = incidentId(after.number);
  const incident = after.number;
  const { offer, lead } = after;
  if (offer)
    return [
      row(`${id}/offer-${offer.seq}@${seq}`, { kind: 'offer', incident, seq: offer.seq, to: offer.to }),
    ];
  return lead === by || openTests(after).length === 0
    ? []
    : [row(`${id}/to-test-${seq}`, { kind: 'to-test', incident, to: lead })];
}

/** A mitigation says that it is monitored, and a conclusion that another one is taken back. */
export function saidElsewhere(event: IncidentEvent): boolean {
  return (
    (event.type === 'concluded' && event.mitigates === true) ||
    (event.type === 'conclusion-returned' && event.why === 'withdrawn')
  );
}

/** Posts that read otherwise now: a proposed end that moved on, a conclusion that was answered or is over. */
export function changedConclusions(before: Incident | undefined, after: Incident): readonly number[] {
  const [proposed, now] = [before?.conclusion, after.conclusion];
  const moved =
    proposed && (now?.seq !== proposed.seq || now.stage !== proposed.stage || now.judge !== proposed.judge);
  const other = before?.interim !== after.interim ? before?.interim : undefined;
  return [...(moved ? [proposed.seq] : []), ...(other ? [other.said] : [])];
}
