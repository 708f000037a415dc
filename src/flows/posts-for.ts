import { type Incident, incidentId, isOpen, type Recorded } from '../domain/incident.ts';
import { ALONE, type Guard, guardKey, guards } from '../domain/investigation/guards.ts';
import type { OutboxPost } from '../storage/store.ts';
import { actionRows } from './action-rows.ts';
import { changedConclusions, conclusionRows, saidElsewhere } from './conclusion-rows.ts';
import { suggestionRows } from './knowledge/suggestion-rows.ts';
import { row, updateEdit } from './row.ts';

/** What a decision makes Steady say. Pure: the same events always ask for the same rows. */
export function postsFor(
  before: Incident | undefined,
  after: Incident,
  recorded: readonly Recorded[],
  options: { readonly announce: boolean },
): readonly OutboxPost[] {
  const id = incidentId(after.number);
  const incident = after.number;
  const announce = options.announce && !after.private;
  const posts = recorded.flatMap((one) => [
    ...postsForEvent(after, one, announce),
    ...(announce && ANNOUNCED.has(one.event.type) && !saidElsewhere(one.event)
      ? [row(`${id}/announced-${one.seq}`, { kind: 'announced', incident, seq: one.seq })]
      : []),
  ]);
  posts.push(...newGuards(before, after, recorded));
  if (before) posts.push(...actionRows(before, after, recorded));
  posts.push(...suggestionRows(after, recorded));
  for (const seq of changedConclusions(before, after))
    posts.push(updateEdit(id, incident, seq, after.version));
  const answered = before?.offer && before.offer.seq !== after.offer?.seq ? recorded.at(-1) : undefined;
  if (answered && before?.offer) {
    posts.push(
      row(`${id}/offer-${before.offer.seq}/answered`, {
        kind: 'offer-answered',
        incident,
        seq: answered.seq,
        offer: before.offer.seq,
      }),
    );
  }
  const settled =
    before?.promise && before.promise.number !== after.promise?.number ? before.promise : undefined;
  if (settled && settled.climbed.length > 0) {
    posts.push(
      row(`${id}/promise-${settled.number}/settle`, { kind: 'settle', incident, promise: settled.number }),
    );
  }
  if (before && recorded.some(({ event }) => shownOnCard(event.type))) {
    posts.push(row(`${id}/card@${after.version}`, { kind: 'card-edit', incident, version: after.version }));
  }
  const furnished =
    before &&
    recorded.some(
      ({ event }) =>
        event.type === 'severity-changed' ||
        event.type === 'lead-changed' ||
        event.type === 'linked' ||
        event.type === 'facts-taken' ||
        event.type === 'retitled',
    );
  const phaseChanged = before && before.phase !== after.phase;
  if (furnished || phaseChanged) {
    posts.push(row(`${id}/furnish@${after.version}`, { kind: 'furnish', incident, version: after.version }));
  }
  return posts;
}

/** What a decision walked into; each situation is one row for ever. */
function newGuards(
  before: Incident | undefined,
  after: Incident,
  recorded: readonly Recorded[],
): readonly OutboxPost[] {
  const now = recorded.at(-1)?.at;
  if (!before || now === undefined) return [];
  const known = new Set(guards(before, now).map(guardKey));
  return guards(after, now)
    .filter((one) => !known.has(guardKey(one)))
    .map((one) => guardRow(after, one));
}

export function guardRow({ number }: Incident, guard: Guard): OutboxPost {
  const key = guardKey(guard);
  return row(`${incidentId(number)}/guard/${key}`, { kind: 'guard', incident: number, key });
}

function postsForEvent(after: Incident, { seq, event }: Recorded, announce: boolean): OutboxPost[] {
  const id = incidentId(after.number);
  const incident = after.number;
  const triageRows = (wanted: boolean) =>
    wanted ? [row(`${id}/triage-${seq}`, { kind: 'triage', incident, because: seq })] : [];
  switch (event.type) {
    case 'postmortem-asked':
      return [
        row(`${id}/postmortem-${event.revision}/files`, {
          kind: 'postmortem-files',
          incident,
          revision: event.revision,
        }),
      ];
    case 'postmortem-written':
      return [
        row(`${id}/postmortem-${event.revision}`, { kind: 'postmortem', incident, revision: event.revision }),
      ];
    case 'declared':
      return [
        row(`${id}/card`, { kind: 'card', incident }),
        row(`${id}/furnish@${seq}`, { kind: 'furnish', incident, version: seq }),
        ...(announce ? [row(`${id}/announcement`, { kind: 'announcement', incident })] : []),
        ...triageRows(event.severity === 'P1'),
        row(`${id}/guard-check`, { kind: 'guard-check', incident }, after.declaredAt + ALONE),
      ];
    case 'severity-changed':
      return triageRows(event.severity === 'P1' && isOpen(after));
    case 'triaged':
      return [row(`${id}/triage-card-${seq}`, { kind: 'triage-card', incident, seq })];
    case 'mitigation-started':
      return [row(`${id}/phase-${seq}`, { kind: 'phase', incident, seq })];
    case 'updated':
    case 'no-change':
      return [row(`${id}/update-${seq}`, { kind: 'update', incident, seq })];
    case 'update-fixed':
      return [updateEdit(id, incident, event.seq, seq)];
    case 'mitigated':
    case 'reopened':
    case 'cancelled':
    case 'merged':
      return [row(`${id}/phase-${seq}`, { kind: 'phase', incident, seq })];
    case 'handoff-offered':
      return [row(`${id}/offer-${seq}`, { kind: 'offer', incident, seq, to: event.to })];
    case 'hypothesis-stated':
    case 'disproof-set':
    case 'test-planned':
    case 'test-run':
    case 'evidence-attached':
    case 'hypothesis-judged':
      return [
        row(`${id}/${event.hypothesis}@${seq}`, { kind: 'hypothesis', incident, id: event.hypothesis }),
      ];
    case 'confirmation-asked':
    case 'bugfix-recorded':
    case 'claimed':
      return [row(`${id}/record-${seq}`, { kind: 'record', incident, seq })];
    case 'claim-verified':
      return [
        after.claims.some((one) => one.seq === event.seq)
          ? row(`${id}/record-${event.seq}@${seq}`, { kind: 'record', incident, seq: event.seq })
          : updateEdit(id, incident, event.seq, seq),
      ];
    case 'confirmation-answered':
      return [
        row(`${id}/record-${event.confirmation}@${seq}`, {
          kind: 'record',
          incident,
          seq: event.confirmation,
        }),
      ];
    case 'joined':
      return isOpen(after)
        ? [row(`${id}/catch-up/${event.person}`, { kind: 'catch-up', incident, to: event.person })]
        : [];
    case 'channel-lost':
      return [...new Set([after.lead, after.declaredBy])].map((to) =>
        row(`${id}/lost-${seq}/${to}`, { kind: 'channel-lost', incident, to }),
      );
    case 'channel-shared':
      return [row(`${id}/shared-${seq}/${after.lead}`, { kind: 'channel-shared', incident, to: after.lead })];
    default:
      return conclusionRows(after, { seq, event });
  }
}

/** What the announcement's thread hears as well. */
const ANNOUNCED: ReadonlySet<string> = new Set([
  'updated',
  'no-change',
  'mitigated',
  'resolved',
  'reopened',
  'cancelled',
  'merged',
  'resolution-proposed',
  'conclusion-returned',
  'concluded',
  'mitigation-started',
]);

const NOT_ON_CARD: ReadonlySet<string> = new Set([
  'declared',
  'joined',
  'entry-added',
  'entry-edited',
  'entry-removed',
  'noted',
  'claimed',
  'postmortem-noted',
  'postmortem-edited',
  'postmortem-asked',
  'postmortem-written',
  'suggested',
  'suggestion-dismissed',
  'knowledge-used',
  'change-seen',
  'distillation-drafted',
  'distilled',
  'distillation-skipped',
]);

function shownOnCard(type: string): boolean {
  return !NOT_ON_CARD.has(type);
}
