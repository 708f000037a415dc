import { expect, it } from 'vitest';
import type { ServiceFacts } from '../../src/domain/knowledge/service-facts.ts';
import { DAY } from '../../src/domain/time.ts';
import { promisedLevel } from '../../src/flows/promised-level.ts';

const slo = { value: '99.5% over 7d', from: { shelf: 'org/acme', id: 'x', key: 'checkout' } };
const facts = (all: ServiceFacts) => ({ service: 'checkout', facts: { service: 'checkout', facts: all } });

it('what the configuration promises of a service counts, else what a fact says, else nothing', () => {
  const configured = { objective: 0.9, window: DAY };
  const serviceLevel = (service: string) => (service === 'checkout' ? configured : undefined);
  expect(promisedLevel({ serviceLevel }, facts({ slo }))).toEqual(configured);
  expect(promisedLevel({}, facts({ slo }))).toEqual({ objective: 0.995, window: 7 * DAY });
  expect(promisedLevel({ serviceLevel }, { service: 'search' })).toBeUndefined();
  expect(promisedLevel({}, facts({}))).toBeUndefined();
});
