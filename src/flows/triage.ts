import type { Backend, Change, Found } from '../backends/backend.ts';
import { BackendError, RuleViolation } from '../domain/errors.ts';
import { type Answer, evidence } from '../domain/evidence.ts';
import { noteOf } from '../domain/evidence-note.ts';
import { type Incident, incidentId, STEADY, startedAt } from '../domain/incident.ts';
import type { TriageFinding } from '../domain/investigation/commands.ts';
import type { TriageQuestion } from '../domain/investigation/triage.ts';
import { type Duration, HOUR, MINUTE, type Window } from '../domain/time.ts';
import { act } from './act.ts';
import { ask } from './ask.ts';
import { usualPromql } from './choose-promql.ts';
import type { World } from './ports.ts';
import { trafficNow } from './signals/traffic-now.ts';

/** A change this long before the impact still looks like its cause. */
const CHANGES_BEFORE: Duration = HOUR;
/** Nobody waits for it, and still it has to come within seconds. */
const PATIENCE: Duration = 15_000;
/** More or less requests than this part of the same time before are worth a word. */
const MUCH = 0.3;

interface Seen {
  readonly answers: readonly Answer[];
  /** `from` counts within `answers`. */
  readonly finding: TriageFinding;
}

interface Looking {
  readonly world: World;
  readonly incident: Incident;
  readonly window: Window;
  readonly signal: AbortSignal;
}

/** Asks the first questions of a P1 of every system that can tell, and records what they say: once for each `because`. */
export async function triage(world: World, incident: Incident, because: number): Promise<void> {
  const done = incident.timeline.some(({ event }) => event.type === 'triaged' && event.because === because);
  if (done) return;
  const now = await world.store.now();
  const window = { from: Math.min(startedAt(incident), incident.declaredAt) - CHANGES_BEFORE, to: now };
  const looking: Looking = { world, incident, window, signal: AbortSignal.timeout(PATIENCE) };
  const changed = await changes(looking);
  // A deploy says which service it was where nobody has yet.
  const service =
    incident.service ?? changed.find((one) => one.finding.target?.service)?.finding.target?.service;
  const rest = await Promise.all([traffic(looking, service), firing(looking), errors(looking)]);
  const seen = [...changed, ...rest];
  let before = 0;
  const findings = seen.map(({ answers, finding }) => {
    const offset = before;
    before += answers.length;
    return { ...finding, from: finding.from.map((index) => index + offset) };
  });
  const answers = seen.flatMap((one) => one.answers);
  await act(
    world,
    incident,
    {
      type: 'record-triage',
      because,
      evidence: answers.map((answer) => (id: string) => noteOf(evidence(answer, id, STEADY))),
      answers: findings,
    },
    { by: STEADY },
    {
      snapshots: (after) =>
        answers.flatMap((answer, index) => {
          const note = after.evidence[after.evidence.length - answers.length + index];
          return note ? [{ key: `${incidentId(incident.number)}/${note.id}`, bytes: answer.snapshot }] : [];
        }),
    },
  );
}

/** The same look for deploys and flags: one answer of each system carries both. */
async function changes({ world, window, signal }: Looking): Promise<readonly Seen[]> {
  const able = world.telemetry.backends.filter((one) => one.changes);
  if (able.length === 0) {
    const why = 'no system that knows of changes is configured (Grafana annotations, Sentry releases)';
    return [unknown('deploy', why), unknown('flag', why)];
  }
  const found = await Promise.all(
    able.map((one) => told(one, (backend) => backend.changes?.(window, signal))),
  );
  const good = found.flatMap((one) => ('found' in one ? [one] : []));
  const whyNot = found.flatMap((one) => ('why' in one ? [one.why] : []));
  if (good.length === 0) return [unknown('deploy', whyNot.join('; ')), unknown('flag', whyNot.join('; '))];
  const answers = good.map((one) => one.found.answer);
  const of = (kind: Change['kind']) =>
    good.flatMap((one, index) =>
      one.found.found.filter((change) => change.kind === kind).map((change) => ({ change, index })),
    );
  return [
    { answers, finding: findingOf('deploy', of('deploy'), whyNot, good.length) },
    { answers: [], finding: shifted(findingOf('flag', of('flag'), whyNot, good.length), -answers.length) },
  ];
}

/** Answers of the look before stand that many places earlier. */
function shifted(finding: TriageFinding, by: number): TriageFinding {
  return { ...finding, from: finding.from.map((index) => index + by) };
}

function findingOf(
  question: 'deploy' | 'flag',
  found: readonly { readonly change: Change; readonly index: number }[],
  whyNot: readonly string[],
  asked: number,
): TriageFinding {
  const last = found.toSorted((a, b) => a.change.at - b.change.at).at(-1);
  if (!last) {
    const all = Array.from({ length: asked }, (_, index) => index);
    if (whyNot.length > 0)
      return { question, says: 'unknown', text: `none seen, but ${whyNot.join('; ')}`, from: all };
    return {
      question,
      says: 'no',
      text: question === 'deploy' ? 'no deploy' : 'no flag was changed',
      from: all,
    };
  }
  const { change, index } = last;
  const { service, version, title } = change;
  return {
    question,
    says: 'yes',
    text: found.length > 1 ? `${title}, the newest of ${found.length}` : title,
    changedAt: change.at,
    from: [index],
    target: {
      ...(service !== undefined && { service }),
      ...(version !== undefined && { version }),
      ...(question === 'flag' && { flag: title }),
    },
  };
}

/** Requests a second now against the same time before, of the service that the incident is about. */
async function traffic(
  { world, incident, window, signal }: Looking,
  service: string | undefined,
): Promise<Seen> {
  const found = await orWhy(() => usualPromql(world.telemetry, signal));
  if ('why' in found) return unknown('traffic', found.why);
  const backend = found.value;
  if (!backend) return unknown('traffic', 'no Prometheus is configured, and no Grafana in front of one');
  if (service === undefined)
    return unknown('traffic', 'the incident names no service; `service checkout` does');
  const recent = { from: window.to - 15 * MINUTE, to: window.to };
  const seen = await orWhy(() =>
    trafficNow(
      world,
      { team: incident.team, backend, service, window: recent, began: startedAt(incident), by: STEADY },
      signal,
    ),
  );
  if ('why' in seen) return unknown('traffic', seen.why);
  if ('missing' in seen.value) return unknown('traffic', seen.value.missing);
  const { answer, now, before } = seen.value;
  if (now === undefined || before === undefined || before === 0)
    return {
      answers: [answer],
      finding: { question: 'traffic', says: 'unknown', text: 'nothing to compare it with', from: [0] },
    };
  const by = now / before - 1;
  const text = `${short(now)} /s now, ${short(before)} /s before (${by >= 0 ? '+' : '−'}${Math.round(Math.abs(by) * 100)} %)`;
  const more = by > MUCH;
  return {
    answers: [answer],
    finding: {
      question: 'traffic',
      says: Math.abs(by) > MUCH ? 'yes' : 'no',
      text,
      from: [0],
      // Fewer requests are no reason to limit them.
      ...(more && { target: { service } }),
    },
  };
}

async function firing({ world, signal }: Looking): Promise<Seen> {
  const able = world.telemetry.backends.filter((one) => one.firing);
  if (able.length === 0)
    return unknown('firing', 'no system that knows of alerts is configured (Alertmanager, Grafana, Axiom)');
  const found = await Promise.all(able.map((one) => told(one, (backend) => backend.firing?.(signal))));
  const good = found.flatMap((one) => ('found' in one ? [one] : []));
  const whyNot = found.flatMap((one) => ('why' in one ? [one.why] : []));
  if (good.length === 0) return unknown('firing', whyNot.join('; '));
  const alerts = good.flatMap((one) => one.found.found);
  const names = [...new Set(alerts.map((one) => one.name))];
  const but = whyNot.length > 0 ? `; ${whyNot.join('; ')}` : '';
  const says = alerts.length > 0 ? 'yes' : whyNot.length > 0 ? 'unknown' : 'no';
  const more = names.length > 4 ? ` and ${names.length - 4} more` : '';
  return {
    answers: good.map((one) => one.found.answer),
    finding: {
      question: 'firing',
      says,
      text: alerts.length > 0 ? `${names.slice(0, 4).join(', ')}${more}${but}` : `nothing fires${but}`,
      from: good.map((_, index) => index),
    },
  };
}

async function errors({ world, incident, window, signal }: Looking): Promise<Seen> {
  const backend = world.telemetry.backends.find((one) => one.tool === 'sentry');
  if (!backend) return unknown('errors', 'no Sentry is configured');
  const since = { from: startedAt(incident) - 10 * MINUTE, to: window.to };
  const seen = await orWhy(() => ask(world, { backend, query: 'new', window: since, by: STEADY }, signal));
  if ('why' in seen) return unknown('errors', seen.why);
  const { result } = seen.value;
  const rows = result.kind === 'rows' ? result.rows.length : 0;
  return {
    answers: [seen.value],
    finding: {
      question: 'errors',
      says: rows > 0 ? 'yes' : 'no',
      text: rows > 0 ? `${rows} new ${rows === 1 ? 'issue' : 'issues'}` : 'no new issue',
      from: [0],
    },
  };
}

function unknown(question: TriageQuestion, why: string): Seen {
  return { answers: [], finding: { question, says: 'unknown', text: why, from: [] } };
}

async function told<T>(
  backend: Backend,
  look: (backend: Backend) => Promise<Found<T>> | undefined,
): Promise<{ readonly found: Found<T> } | { readonly why: string }> {
  const seen = await orWhy(async () => look(backend));
  if ('why' in seen) return seen;
  return seen.value ? { found: seen.value } : { why: `${backend.title} cannot tell` };
}

/** What could not be told is an answer as well; only what is wrong with Steady itself is a fault. */
async function orWhy<T>(look: () => Promise<T>): Promise<{ readonly value: T } | { readonly why: string }> {
  try {
    return { value: await look() };
  } catch (error) {
    if (error instanceof BackendError || error instanceof RuleViolation) return { why: error.message };
    if (error instanceof DOMException) return { why: 'it took too long' };
    throw error;
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
