import type { Cause, CausesPicture } from '../../charts/picture.ts';
import { claims } from '../../domain/claim.ts';
import { sayEvidence } from '../../domain/draft-update.ts';
import { type Incident, incidentId } from '../../domain/incident.ts';
import { evidenceAgainst, evidenceFor, type Hypothesis } from '../../domain/investigation/hypothesis.ts';
import type { Instant } from '../../domain/time.ts';

/** Evidence that no claim names is shown where nothing else explains the symptom. */
const FOUND = 4;

/**
 * What is claimed to have led to what: the last impact said, what is known of it, what is done. A claim without evidence is
 * shown as unverified, as everywhere.
 */
export function causesPicture(incident: Incident): CausesPicture {
  const { updates, evidence } = incident;
  const last = (field: 'impact' | 'known' | 'doing') =>
    updates.findLast((one) => one.fields[field] !== undefined);
  const impact = last('impact');
  const known = last('known');
  const doing = last('doing');
  const since = incident.impactSince;
  const symptom: Cause = {
    state: 'symptom',
    head: since === undefined ? 'Impact' : `Impact since ${clock(since)} UTC`,
    ...claimed(impact?.fields.impact ?? incident.title, incident, impact !== undefined),
  };
  const explained = known?.fields.known;
  const chain: Cause[] = [
    symptom,
    ...(explained === undefined || known === undefined
      ? (living(incident).length > 0 ? [] : evidence).slice(-FOUND).map(
          (note): Cause => ({
            state: 'known',
            head: `${note.id} · ${note.source}`,
            text: sayEvidence(note),
            evidence: note.id,
          }),
        )
      : [
          {
            state: 'known',
            head: `What we know, ${clock(known.at)} UTC`,
            ...claimed(explained, incident, true),
          } as const,
        ]),
    ...living(incident).map(hypothesis),
    ...(incident.resolution === undefined
      ? []
      : [{ state: 'ended', head: 'Resolved by', ...claimed(incident.resolution, incident, true) } as const]),
  ];
  const done = doing?.fields.doing;
  return {
    kind: 'causes',
    title: `${incidentId(incident.number)} ${incident.severity} · what led to what`,
    chain,
    doing:
      done === undefined || doing === undefined || incident.endedAt !== undefined
        ? []
        : [{ state: 'doing', head: `Since ${clock(doing.at)} UTC`, text: done }],
    ruledOut: incident.hypotheses.filter(({ state }) => state === 'disproved').map(hypothesis),
    warnings: [],
    notes: chain.length === 1 ? ['Nobody has said yet what is known; `update known: …` does.'] : [],
  };
}

/** The chain goes from what is best supported to what is only thought; narrower ones come below what they narrow. */
const ORDER: readonly Hypothesis['state'][] = ['supported', 'testing', 'open', 'inconclusive'];
/** More than these explain nothing any more. */
const THOUGHT = 4;

function living({ hypotheses }: Incident): readonly Hypothesis[] {
  return ORDER.flatMap((state) => hypotheses.filter((one) => one.state === state)).slice(0, THOUGHT);
}

function hypothesis(one: Hypothesis): Cause {
  const [state, evidence] =
    one.state === 'disproved'
      ? (['disproved', evidenceAgainst(one)] as const)
      : ([one.state === 'supported' ? 'supported' : 'open', evidenceFor(one)] as const);
  return {
    state,
    head: `${one.id} · ${one.state}`,
    text: one.statement,
    ...(evidence.length > 0 && { evidence: evidence.join(', ') }),
  };
}

function claimed(
  text: string,
  { evidence }: Incident,
  isClaim: boolean,
): Pick<Cause, 'text' | 'evidence' | 'unverified'> {
  const claim = claims(text, evidence);
  return {
    text,
    ...(claim.evidence.length > 0 && { evidence: claim.evidence.join(', ') }),
    ...(isClaim && !claim.verified && { unverified: true }),
  };
}

function clock(at: Instant): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** The same in words, for those who do not see it. */
export function sayCauses({ title, chain, doing, ruledOut }: CausesPicture): string {
  const say = ({ head, text, evidence, unverified }: Cause) =>
    `${head}: ${text}${unverified ? ' (unverified)' : evidence === undefined ? '' : ` (${evidence})`}.`;
  return [
    `${title}.`,
    ...chain.map(say),
    ...doing.map((one) => `Being done: ${one.text}.`),
    ...ruledOut.map((one) => `Ruled out: ${say(one)}`),
  ]
    .join(' ')
    .slice(0, 900)
    .toWellFormed();
}
