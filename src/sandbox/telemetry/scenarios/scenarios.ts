import type { Scenario } from '../scenario.ts';
import { checkoutScenario } from './checkout.ts';
import { connectionLeakScenario } from './connection-leak.ts';
import { fullDiskScenario } from './full-disk.ts';
import type { ScenarioOptions } from './script.ts';

/** The scripted incidents, by name. */
export const SCENARIOS = {
  checkout: checkoutScenario,
  'connection-leak': connectionLeakScenario,
  'full-disk': fullDiskScenario,
} satisfies Readonly<Record<string, (options: ScenarioOptions) => Scenario>>;
export type ScenarioName = keyof typeof SCENARIOS;
