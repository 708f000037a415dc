import { keptSoFar } from '../cadence.ts';
import type { Incident } from '../incident.ts';
import { type Duration, HOUR, type Instant, MINUTE } from '../time.ts';
import type { Observation, Unverified } from './postmortem.ts';

/** Impact that nobody noticed for longer than this is worth a line. */
const NOTICED_LATE: Duration = 5 * MINUTE;
/** The channel waited longer than a usual promise with the last rung of its ladder. */
const LONG_SILENCE: Duration = 45 * MINUTE;

/** What the timeline shows about how it went. Only what is counted or timed; whether it was good is said for what was promised. */
export function observations(
  incident: Incident,
  unverified: readonly Unverified[],
  now: Instant,
): readonly Observation[] {
  const { kept, of, longestSilence } = keptSoFar(incident, now);
  const count = (type: string) => incident.timeline.filter(({ event }) => event.type === type).length;
  const start = incident.impactSince ?? incident.declaredAt;
  const [first] = incident.evidence;
  const killed = incident.hypotheses.filter(
    (one) => one.state === 'disproved' && one.tests.some((test) => test.outcome === 'killed'),
  );
  const untested = incident.hypotheses.filter((one) => one.state === 'open' && one.tests.length === 0);
  const empty = incident.evidence.filter((one) => one.empty).length;
  const noticed = incident.impactSince === undefined ? 0 : incident.declaredAt - incident.impactSince;
  const { review } = incident;
  return [
    ...(of > 0 ? [{ side: kept === of ? 'well' : 'badly', fact: 'promises', kept, of } as const] : []),
    ...(longestSilence > 0
      ? [
          {
            side: longestSilence > LONG_SILENCE ? 'badly' : 'measured',
            fact: 'silence',
            longest: longestSilence,
          } as const,
        ]
      : []),
    ...(incident.mitigatedAt === undefined || incident.mitigatedAt < start
      ? []
      : [
          {
            side: 'measured',
            fact: 'mitigated-after',
            duration: incident.mitigatedAt - start,
            from: incident.impactSince === undefined ? 'declared' : 'impact',
          } as const,
        ]),
    ...(noticed > NOTICED_LATE ? [{ side: 'badly', fact: 'noticed-late', duration: noticed } as const] : []),
    ...(first && first.askedAt >= incident.declaredAt && first.askedAt - incident.declaredAt < HOUR
      ? [{ side: 'measured', fact: 'first-query', after: first.askedAt - incident.declaredAt } as const]
      : []),
    ...(incident.evidence.length > 0
      ? [{ side: 'measured', fact: 'queries', queries: incident.evidence.length, empty } as const]
      : []),
    ...(killed.length > 0
      ? [{ side: 'well', fact: 'ruled-out', hypotheses: killed.map(({ id }) => id) } as const]
      : []),
    ...(untested.length > 0
      ? [{ side: 'badly', fact: 'untested', hypotheses: untested.map(({ id }) => id) } as const]
      : []),
    ...(review?.kind === 'judged' ? [{ side: 'well', fact: 'reviewed', by: review.by } as const] : []),
    ...(review?.kind === 'unreviewed' || review?.kind === 'overridden'
      ? [{ side: 'badly', fact: 'not-reviewed' } as const]
      : []),
    ...times('returned', count('conclusion-returned')),
    ...times('reopened', count('reopened')),
    ...times('channel-lost', count('channel-lost')),
    ...(unverified.length > 0
      ? [{ side: 'badly', fact: 'unverified', claims: unverified.length } as const]
      : []),
  ];
}

function times(fact: 'returned' | 'reopened' | 'channel-lost', count: number): readonly Observation[] {
  return count > 0 ? [{ side: 'badly', fact, times: count }] : [];
}
