import type { IncidentEvent } from '../incident.ts';
import type { Evolvers } from './promise.ts';

/** What it taught. */
export const DISTILLATION = {
  'distillation-drafted': (incident, { type: _type, by, via: _via, ...choice }, { at }) => ({
    ...incident,
    distillation: { state: 'drafted', by, at, choice },
  }),
  distilled: (incident, { by, entries }, { at }) => ({
    ...incident,
    distillation: { state: 'kept', by, at, entries },
  }),
  'distillation-skipped': (incident, { by, reason }, { at }) => ({
    ...incident,
    distillation: { state: 'skipped', by, at, reason },
  }),
} satisfies Partial<Evolvers<IncidentEvent['type']>>;
