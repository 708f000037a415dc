import { describe } from 'vitest';
import { keepsDeliveries } from './store/deliveries.ts';
import { wakesOnTime } from './store/due.ts';
import { keepsIncidents } from './store/incidents.ts';
import { keepsKnowledge } from './store/knowledge.ts';
import { keepsOutbox } from './store/outbox.ts';
import { keepsSmallThings } from './store/small-things.ts';
import type { OpenBench } from './store/storage-bench.ts';
import { keepsValues } from './store/values.ts';

/** What every storage must do; a new engine passes it unchanged. */
export function storeContract(name: string, open: OpenBench): void {
  describe(`${name} keeps the storage contract`, () => {
    describe('values', () => keepsValues(open));
    describe('incidents', () => keepsIncidents(open));
    describe('what is due', () => wakesOnTime(open));
    describe('outbox', () => keepsOutbox(open));
    describe('deliveries', () => keepsDeliveries(open));
    describe('knowledge', () => keepsKnowledge(open));
    describe('bindings, drafts, snapshots and memories', () => keepsSmallThings(open));
  });
}
