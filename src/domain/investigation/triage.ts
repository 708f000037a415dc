import type { PersonId, Severity } from '../incident.ts';
import type { Instant } from '../time.ts';

/** What is asked before anybody asks: it may be undone faster than understood. */
export type TriageQuestion = 'deploy' | 'flag' | 'traffic' | 'firing' | 'errors';

/** `unknown` always says why. */
export interface TriageAnswer {
  readonly question: TriageQuestion;
  readonly says: 'yes' | 'no' | 'unknown';
  readonly text: string;
  readonly evidence: readonly string[];
  /** When the newest change was made. */
  readonly changedAt?: Instant;
  /** What would be undone; every name in it came from an answer of a system, never from what people typed. */
  readonly target?: MitigationTarget;
}

export interface MitigationTarget {
  readonly service?: string;
  readonly version?: string;
  readonly flag?: string;
}

export type MitigationKind = 'rollback' | 'flag' | 'rate-limit';
export const MITIGATION_KINDS: readonly MitigationKind[] = ['rollback', 'flag', 'rate-limit'];

/** The mitigation that a *yes* suggests. */
export const SUGGESTS: Readonly<Partial<Record<TriageQuestion, MitigationKind>>> = {
  deploy: 'rollback',
  flag: 'flag',
  traffic: 'rate-limit',
};

export interface Triage {
  readonly seq: number;
  readonly at: Instant;
  readonly answers: readonly TriageAnswer[];
}

/** A mitigation that somebody announced; whether it helped is another question. */
export interface MitigationStarted {
  readonly kind: MitigationKind;
  readonly by: PersonId;
  readonly at: Instant;
  readonly target: MitigationTarget;
}

/** `Rolling back checkout to mitigate P1. Investigating.` */
export function sayMitigation(kind: MitigationKind, target: MitigationTarget, severity: Severity): string {
  const service = target.service ?? 'the service';
  const doing = {
    rollback: `Rolling back ${service}${target.version === undefined ? '' : ` from ${target.version}`}`,
    flag: `Turning ${target.flag ?? 'the flag'} back${target.service === undefined ? '' : ` for ${service}`}`,
    'rate-limit': `Limiting requests to ${service}`,
  }[kind];
  return `${doing} to mitigate ${severity}. Investigating.`;
}
