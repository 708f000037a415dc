import type { Reading } from '../../blocks/message.ts';
import { DEFAULT_CADENCE } from '../../src/domain/cadence.ts';
import type { Command, Declare } from '../../src/domain/command.ts';
import { decide, declare } from '../../src/domain/decide.ts';
import { type Answer, evidence } from '../../src/domain/evidence.ts';
import { noteOf } from '../../src/domain/evidence-note.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { Incident, PersonId, Recorded } from '../../src/domain/incident.ts';
import { MINUTE } from '../../src/domain/time.ts';

export const LEA = 'U0LEA';
export const BO = 'U0BO';
export const KAI = 'U0KAI';
export const CHANNEL = 'C0CHECKOUT';

/** 23 November 2026, `14:07` UTC unless told otherwise. */
export const at = (clock: string): number => Date.parse(`2026-11-23T${clock}:00Z`);

const NAMES: Readonly<Record<string, string>> = { [LEA]: 'Lea', [BO]: 'Bo', [KAI]: 'Kai' };

export function readingAt(now: number): Reading {
  return { now, name: (person) => NAMES[person] ?? person };
}

export const reading = readingAt(at('14:40'));

export const DECLARE: Declare = {
  title: 'Checkout returns 500s',
  severity: 'P1',
  channel: CHANNEL,
  private: false,
  impactSince: at('13:58'),
  link: 'https://grafana.example.com/d/checkout',
};

/** An incident told by commands, each at its time by its person; from the start, or going on from `before`. */
export function story(
  steps: readonly (readonly [now: number, by: PersonId, command: Command])[],
  first: Declare = DECLARE,
  before?: Incident,
): Incident {
  const ref = { team: 'T1', number: 42 };
  const begun = at('14:07');
  let incident = before;
  let seq = before?.version ?? 0;
  const append = (events: readonly Recorded['event'][], now: number): void => {
    for (const event of events) incident = evolve(incident, { seq: ++seq, at: now, event }, ref);
  };
  if (!before) append(declare(first, { now: begun, by: LEA, cadence: DEFAULT_CADENCE }), begun);
  for (const [now, by, command] of steps) {
    if (!incident) throw new Error('No story without a beginning');
    append(decide(incident, command, { now, by, cadence: DEFAULT_CADENCE }), now);
  }
  if (!incident) throw new Error('No story without a beginning');
  return incident;
}

export function lastEvent(incident: Incident): Recorded {
  const last = incident.timeline.at(-1);
  if (!last) throw new Error('No event');
  return last;
}

export function lastUpdate(incident: Incident) {
  const last = incident.updates.at(-1);
  if (!last) throw new Error('No update');
  return last;
}

const minute = (from: number, n: number) => from + n * MINUTE;

/** The answer of MESSAGES: two series over half an hour. */
export const ANSWER: Answer = {
  tool: 'prometheus',
  deployment: 'prod',
  source: 'Prometheus prod',
  query: 'sum by (code) (rate(http_requests_total{service="checkout"}[5m]))',
  window: { from: at('14:02'), to: at('14:32') },
  step: MINUTE,
  askedAt: at('14:32'),
  result: {
    kind: 'series',
    series: [
      {
        labels: { code: '500', service: 'checkout' },
        samples: [0.1, 12, 44, 41.2].map((value, i) => ({ at: minute(at('14:02'), i * 9 + 2), value })),
      },
      {
        labels: { code: '200', service: 'checkout' },
        samples: [211, 190, 131, 138].map((value, i) => ({ at: minute(at('14:02'), i * 9 + 2), value })),
      },
    ],
  },
  completeness: { kind: 'complete' },
  cost: { took: 84, series: 2, samples: 62 },
  warnings: [],
  reproduction: {
    kind: 'permalink',
    url: 'https://prometheus.example.com/graph?g0.expr=up&g0.range_input=30m',
  },
  snapshot: new Uint8Array(),
};

export function recordAnswer(answer: Answer = ANSWER, by: PersonId = LEA): Command {
  return { type: 'record-evidence', evidence: (id) => noteOf(evidence(answer, id, by)) };
}

/** The incident most tests look at: asked, updated, comms given. */
export const INCIDENT = story([
  [at('14:08'), LEA, { type: 'give-role', role: 'comms', to: BO }],
  [at('14:09'), LEA, recordAnswer()],
  [
    at('14:31'),
    LEA,
    {
      type: 'update',
      fields: {
        impact: '500s at 41.2 per second since 13:58 (E1)',
        known: 'payments changed their limits',
        doing: `halving our retry rate; @{${KAI}} talks to payments`,
      },
    },
  ],
]);
