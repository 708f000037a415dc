import { type Instant, MINUTE, SECOND } from '../../../domain/time.ts';
import { type FiringAlert, firingAlerts } from '../firing-alerts.ts';
import { seedOf } from '../noise.ts';
import { type AnswerSource, queryLimits } from '../prometheus-answers.ts';

/** An alert as `/api/v2/alerts` shows it. */
export interface HeldAlert {
  readonly annotations: Readonly<Record<string, string>>;
  readonly endsAt: string;
  readonly fingerprint: string;
  readonly receivers: readonly { readonly name: string }[];
  readonly startsAt: string;
  readonly status: {
    readonly inhibitedBy: readonly string[];
    readonly silencedBy: readonly string[];
    readonly state: 'active' | 'suppressed';
  };
  readonly updatedAt: string;
  readonly generatorURL: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface HeldSilence {
  readonly id: string;
  readonly status: { readonly state: 'active' };
  readonly updatedAt: string;
  readonly comment: string;
  readonly createdBy: string;
  readonly endsAt: string;
  readonly matchers: readonly {
    readonly isEqual: true;
    readonly isRegex: false;
    readonly name: string;
    readonly value: string;
  }[];
  readonly startsAt: string;
}

/** Who is told: pages go to whoever is on call, the rest to the team. */
export const RECEIVERS = ['oncall', 'shop-team'] as const;

const RESEND = 4 * MINUTE;
/** Rules are evaluated, and alerts sent again, this often. */
const EVALUATED = 15 * SECOND;

/** What Prometheus has sent and is firing now. */
export function heldAlerts(source: AnswerSource): readonly HeldAlert[] {
  const now = source.now();
  const firing = firingAlerts(
    source.scenario,
    source.store,
    now,
    queryLimits(new URLSearchParams(), source.now),
  );
  const sentAt = Math.floor(now / EVALUATED) * EVALUATED;
  return firing.map((one) => held(one, firing, { now, sentAt }));
}

function held(
  { rule, labels }: FiringAlert,
  firing: readonly FiringAlert[],
  { now, sentAt }: { readonly now: Instant; readonly sentAt: Instant },
): HeldAlert {
  const { suppressed } = rule;
  const silencedBy = suppressed?.by === 'silence' && suppressed.until > now ? [silenceId(rule.name)] : [];
  const inhibitedBy =
    suppressed?.by === 'alert'
      ? firing.filter((one) => one.rule.name === suppressed.name).map((one) => fingerprint(one.labels))
      : [];
  return {
    annotations: rule.annotations,
    endsAt: iso(sentAt + RESEND),
    fingerprint: fingerprint(labels),
    receivers: [{ name: labels.severity === 'page' ? RECEIVERS[0] : RECEIVERS[1] }],
    startsAt: iso(rule.activeAt),
    status: {
      inhibitedBy,
      silencedBy,
      state: silencedBy.length + inhibitedBy.length > 0 ? 'suppressed' : 'active',
    },
    updatedAt: iso(sentAt),
    generatorURL: `http://prometheus.example.com/graph?g0.expr=${encodeURIComponent(rule.query)}&g0.tab=1`,
    labels,
  };
}

/** The silences that are active. */
export function heldSilences({
  scenario,
  now,
}: Pick<AnswerSource, 'scenario' | 'now'>): readonly HeldSilence[] {
  return scenario.alerts.flatMap(({ name, activeAt, suppressed }) =>
    suppressed?.by === 'silence' && suppressed.until > now()
      ? [
          {
            id: silenceId(name),
            status: { state: 'active' as const },
            updatedAt: iso(activeAt + 10 * MINUTE),
            comment: suppressed.comment,
            createdBy: suppressed.createdBy,
            endsAt: iso(suppressed.until),
            matchers: [{ isEqual: true as const, isRegex: false as const, name: 'alertname', value: name }],
            startsAt: iso(activeAt + 10 * MINUTE),
          },
        ]
      : [],
  );
}

function fingerprint(labels: Readonly<Record<string, string>>): string {
  return ['a', 'b']
    .map((half) =>
      seedOf(half + JSON.stringify(labels))
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');
}

function silenceId(name: string): string {
  const hex = ['1', '2', '3', '4']
    .map((word) =>
      seedOf(word + name)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
