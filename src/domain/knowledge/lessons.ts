import { claims } from '../claim.ts';
import { linkOf } from '../evidence-note.ts';
import { type Incident, incidentId, lasted, startedAt } from '../incident.ts';
import { proposedText } from '../investigation/conclusion.ts';
import { evidenceFor, type Hypothesis, leading, ruledOut } from '../investigation/hypothesis.ts';
import { mitigationSays } from '../investigation/posted-claims.ts';
import { type Instant, sayDuration } from '../time.ts';
import { showUpdate } from '../update.ts';
import type { Kind } from './entry.ts';
import { proofs } from './proofs.ts';

/** Something an incident taught, as the timeline alone tells it. A person may change its words or leave it out. */
export interface Lesson {
  /** What of the incident it is made of: `incident`, `fact/H2`, `fact/C1`, `query/E5`, `pattern/H2`. The same while the timeline grows. */
  readonly id: string;
  readonly kind: Extract<Kind, 'incidents' | 'facts' | 'queries' | 'patterns'>;
  readonly key: string;
  readonly text: string;
  /** What it rests on, in a few words: for whoever looks at its name alone. */
  readonly about: string;
  /** The evidence whose query, window and link are kept with it. */
  readonly proof?: string;
  /** Evidence that it names; their links are kept with it. */
  readonly named: readonly string[];
}

/** Of facts, and of queries, no more are proposed. */
export const OF_A_KIND = 3;

/** What is proposed: the summary, up to three facts and three queries, and the pattern where a cause was shown. */
export function lessonsOf(incident: Incident): readonly Lesson[] {
  const count = new Map<string, number>();
  return allLessons(incident).filter(({ kind }) => {
    const nth = (count.get(kind) ?? 0) + 1;
    count.set(kind, nth);
    return nth <= OF_A_KIND;
  });
}

/** Everything that could be proposed: what was chosen earlier is among it, whatever came to the timeline since. */
export function allLessons(incident: Incident): readonly Lesson[] {
  const cause = leading(incident);
  const shown = cause?.state === 'supported' ? cause : undefined;
  return distinct([
    summaryOf(incident, shown),
    ...factsOf(incident),
    ...queriesOf(incident),
    ...(shown ? [patternOf(incident, shown)] : []),
  ]);
}

/** Of entries with one key only the newest counts, so every key is another. */
function distinct(lessons: readonly Lesson[]): readonly Lesson[] {
  const seen = new Map<string, number>();
  return lessons.map((one) => {
    const name = `${one.kind}/${one.key.toLowerCase()}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return nth === 1 ? one : { ...one, key: `${one.key} (${nth})` };
  });
}

function summaryOf(incident: Incident, cause: Hypothesis | undefined): Lesson {
  const said = incident.resolution ?? incident.conclusion?.text ?? proposedText(incident);
  const found = cause && evidenceFor(cause);
  const test = cause?.tests.findLast((one) => one.outcome === 'held');
  const out = ruledOut(incident);
  // Whoever has the symptom again looks for the cause: it comes first, because lists show one line.
  const text = paragraph([
    ['Cause', cause && `${cause.statement}${cite(found)}`],
    ['Symptom', `${impactOf(incident) ?? incident.title}${timeOf(incident)}`],
    ['Cause', cause ? undefined : 'not shown by a test'],
    ['As said at the end', said === undefined ? undefined : labelled(said, incident)],
    ['Fix', incident.bugfixes.at(-1)?.parts.fix ?? mitigation(incident)],
    ['Ruled out', out.map((one) => `${one.statement}${cite(one.evidence)}`).join('; ') || undefined],
    ['Found by', test && `${test.expected}${cite(test.evidence === undefined ? [] : [test.evidence])}`],
  ]);
  return {
    id: 'incident',
    kind: 'incidents',
    key: keyOf(incident, incident.title),
    text,
    about: cause ? `cause: ${cause.statement}` : 'no cause was shown by a test',
    named: namedIn(text, incident),
  };
}

function factsOf(incident: Incident): readonly Lesson[] {
  const { evidence } = incident;
  const fact = (id: string, said: string, proof: string | undefined): Lesson => ({
    id: `fact/${id}`,
    kind: 'facts',
    key: keyOf(incident, said),
    text: said,
    about: proof === undefined ? 'nothing shows it' : `shown by ${proof}`,
    ...(proof !== undefined && { proof }),
    named: [],
  });
  const supported = incident.hypotheses
    .filter((one) => one.state === 'supported')
    .toReversed()
    .map((one) => fact(one.id, one.statement, evidenceFor(one)[0]));
  const claimed = incident.claims.flatMap((one) => {
    const claim = claims(one.text, evidence);
    return claim.verified ? [fact(one.id, one.text, claim.evidence[0])] : [];
  });
  const last = incident.updates.findLast((one) => one.fields.known !== undefined);
  const known = last && showUpdate(last.fields, evidence).known;
  const updated = known?.verified ? [fact('known', known.text, known.evidence[0])] : [];
  const seen = new Set<string>();
  return [...supported, ...claimed, ...updated].filter(({ text }) => {
    const same = seen.has(text.toLowerCase());
    seen.add(text.toLowerCase());
    return !same;
  });
}

function queriesOf(incident: Incident): readonly Lesson[] {
  return proofs(incident).map(({ note, proves }) => ({
    id: `query/${note.id}`,
    kind: 'queries',
    key: keyOf(incident, `${note.id} ${proves}`),
    text: proves,
    about: note.query,
    proof: note.id,
    named: [],
  }));
}

function patternOf(incident: Incident, cause: Hypothesis): Lesson {
  const impact = impactOf(incident);
  const out = ruledOut(incident).map((one) => `${one.statement}${cite(one.evidence)}`);
  const text = [
    '**Symptoms**',
    '',
    `- ${incident.title}`,
    ...(impact === undefined ? [] : [`- ${impact}`]),
    '',
    `**Cause** ${cause.statement}${cite(evidenceFor(cause))}`,
    '',
    '**Rules it out**',
    '',
    `- ${cause.disproof}`,
    ...(out.length === 0 ? [] : ['', `**Looked like it, and was not** ${out.join('; ')}`]),
  ].join('\n');
  return {
    id: `pattern/${cause.id}`,
    kind: 'patterns',
    key: keyOf(incident, cause.statement),
    text,
    about: `would be wrong if: ${cause.disproof}`,
    named: namedIn(text, incident),
  };
}

/** The last impact that was said; one without evidence stays marked as such. */
function impactOf(incident: Incident): string | undefined {
  const last = incident.updates.findLast((one) => one.fields.impact !== undefined);
  const claim = last && showUpdate(last.fields, incident.evidence).impact;
  return claim && `${claim.verified ? '' : 'UNVERIFIED: '}${claim.text}`;
}

/** What helped, as it was said. */
function mitigation(incident: Incident): string | undefined {
  const last = incident.timeline.findLast(
    ({ event }) => event.type === 'mitigated' && event.text !== undefined,
  );
  const text =
    last?.event.type === 'mitigated' ? mitigationSays(incident, last.seq, last.event.text) : undefined;
  return text && labelled(text, incident);
}

function labelled(text: string, { evidence }: Incident): string {
  return `${claims(text, evidence).verified ? '' : 'UNVERIFIED: '}${text}`;
}

/** ` (2026-01-05 13:58 to 15:12 UTC, 1 h 14 min)`, once it has an end. */
function timeOf(incident: Incident): string {
  const end = incident.resolvedAt ?? incident.conclusion?.effectiveAt;
  if (end === undefined) return '';
  const from = minuteOf(startedAt(incident));
  const until = minuteOf(end);
  const sameDay = from.slice(0, 10) === until.slice(0, 10);
  const length = sayDuration(lasted({ ...incident, resolvedAt: end }, end));
  return ` (${from} to ${sameDay ? until.slice(11) : until} UTC, ${length})`;
}

function minuteOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

function paragraph(parts: readonly (readonly [label: string, said: string | undefined])[]): string {
  return parts.flatMap(([label, said]) => (said === undefined ? [] : [`**${label}** ${said}`])).join('\n');
}

function cite(evidence: readonly string[] = []): string {
  return evidence.length === 0 ? '' : ` (${evidence.slice(0, 4).join(', ')})`;
}

function namedIn(text: string, { evidence }: Incident): readonly string[] {
  return evidence
    .filter((one) => linkOf(one) !== undefined && new RegExp(`\\b${one.id}\\b`).test(text))
    .map((one) => one.id);
}

const KEY_LENGTH = 70;

/** `INC-42 payments limits us`: whole words. */
function keyOf({ number }: Incident, said: string): string {
  let key = incidentId(number);
  for (const word of said.replace(/\s+/g, ' ').trim().split(' ')) {
    if (key.length + word.length >= KEY_LENGTH) break;
    key += ` ${word}`;
  }
  return key.replace(/[.,;:!?]+$/, '').toWellFormed();
}
