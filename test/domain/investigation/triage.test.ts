import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import { mitigationCommand } from '../../../src/domain/investigation/mitigation-command.ts';
import { sayMitigation } from '../../../src/domain/investigation/triage.ts';
import { at, given, note } from '../given.ts';

const TRIAGE: Command = {
  type: 'record-triage',
  because: 1,
  evidence: [(id) => note(id, [1]), (id) => note(id, [2])],
  answers: [
    {
      question: 'deploy',
      says: 'yes',
      text: 'checkout v2.3.45',
      from: [1],
      changedAt: at(-2),
      target: { service: 'checkout', version: 'v2.3.45' },
    },
    { question: 'flag', says: 'no', text: 'no flag was changed', from: [0, 1] },
    { question: 'errors', says: 'unknown', text: 'no Sentry is configured', from: [] },
  ],
};
const ROLLBACK: Command = { type: 'announce-mitigation', kind: 'rollback', triage: 4 };

describe('the triage', () => {
  it('numbers its evidence and records each answer once', () => {
    const { incident, when } = given([1, TRIAGE, 'steady']);
    expect(incident.evidence.map((one) => one.id)).toEqual(['E1', 'E2']);
    expect(incident.triages).toMatchObject([
      {
        seq: 4,
        answers: [
          { question: 'deploy', says: 'yes', evidence: ['E2'], target: { service: 'checkout' } },
          { question: 'flag', says: 'no', evidence: ['E1', 'E2'] },
          { question: 'errors', says: 'unknown', evidence: [] },
        ],
      },
    ]);
    expect(when(2, TRIAGE)).toEqual([]);
  });
});

describe('a mitigation that is announced', () => {
  it('is recorded as started, once, and only where the triage found it', () => {
    const story = given([1, TRIAGE, 'steady'], [2, ROLLBACK]);
    expect(story.incident.started).toEqual([
      { kind: 'rollback', by: 'LEA', at: at(2), target: { service: 'checkout', version: 'v2.3.45' } },
    ]);
    expect(story.incident.phase).toBe('investigating');
    expect(story.refused(3, ROLLBACK).message).toBe(
      '@{LEA} announced that 1 min ago. `mitigate <what helped> (E12)` says that it worked.',
    );
    expect(story.refused(3, { ...ROLLBACK, kind: 'flag' } as Command).rule).toBe('nothing-to-mitigate');
    expect(story.refused(3, { ...ROLLBACK, triage: 9 } as Command).rule).toBe('nothing-to-mitigate');
    expect(given([1, { type: 'cancel', reason: 'probe' }]).refused(2, ROLLBACK).rule).toBe('not-open');
  });

  it.each([
    [
      'rollback',
      { service: 'checkout', version: 'v2' },
      'Rolling back checkout from v2 to mitigate P1. Investigating.',
    ],
    ['rollback', {}, 'Rolling back the service to mitigate P1. Investigating.'],
    ['flag', { flag: 'fast-pay' }, 'Turning fast-pay back to mitigate P1. Investigating.'],
    ['rate-limit', { service: 'checkout' }, 'Limiting requests to checkout to mitigate P1. Investigating.'],
  ] as const)('%s of %j is said in a sentence', (kind, target, said) => {
    expect(sayMitigation(kind, target, 'P1')).toBe(said);
  });
});

describe('the command that a person runs', () => {
  const settings = {
    all: { rollback: 'kubectl rollout undo deployment/{service}', flag: 'flagctl disable {flag}' },
    services: { payments: { rollback: 'argocd app rollback {service} {version}' } },
  };

  it.each([
    ['rollback', { service: 'checkout' }, { command: "kubectl rollout undo deployment/'checkout'" }],
    ['rollback', { service: 'payments', version: 'v1' }, { command: "argocd app rollback 'payments' 'v1'" }],
    ['flag', { flag: "it's; rm -rf /" }, { command: "flagctl disable 'it'\\''s; rm -rf /'" }],
    ['flag', { flag: '$(id) `id`' }, { command: "flagctl disable '$(id) `id`'" }],
  ] as const)('%s of %j is filled and quoted', (kind, target, made) => {
    expect(mitigationCommand(settings, kind, target)).toEqual(made);
  });

  it.each([
    ['rollback', {}, '{service}'],
    ['rollback', { service: 'payments' }, '{version}'],
    ['flag', { flag: 'a\nb' }, '{flag}'],
    ['flag', { flag: 'a\u202eb' }, '{flag}'],
    ['rate-limit', { service: 'checkout' }, 'rate_limit'],
  ] as const)('%s of %j is not offered', (kind, target, why) => {
    expect(mitigationCommand(settings, kind, target)).toEqual({ missing: expect.stringContaining(why) });
  });
});
