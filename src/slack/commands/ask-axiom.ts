import type { Call, CommandRow } from '../command-row.ts';
import { askBackend } from './ask.ts';

const TIMES = '[env:prod] [since:30m | from:14:10 to:14:40 | around:14:32 | at:14:32]';
const OPTIONS = ['env', 'since', 'from', 'to', 'around', 'at'] as const;

const ask = (call: Call) => askBackend(call, 'axiom');

export const AXIOM: readonly CommandRow[] = [
  {
    name: 'axiom',
    also: ['apl'],
    group: 'ask',
    usage: `axiom <APL> ${TIMES}`,
    summary: 'Ask Axiom for events or numbers in APL. The window is the incident’s unless you say another.',
    examples: [
      "axiom ['checkout-logs'] | where status == 500 | summarize count() by bin_auto(_time), route",
      "axiom ['checkout-logs'] | where message has_cs 'timeout' | take 20 since:2h",
      'axiom annotations since:6h',
    ],
    options: OPTIONS,
    target: 'any',
    asks: 'axiom',
    run: ask,
  },
  {
    name: 'mpl',
    also: [],
    group: 'ask',
    usage: `mpl <MPL> ${TIMES}`,
    summary: 'Ask Axiom for metrics in MPL. The window is the incident’s unless you say another.',
    examples: ['mpl `shop-metrics`:`http.requests` | where service == "checkout" | align to 1m using sum'],
    options: OPTIONS,
    target: 'any',
    run: ask,
  },
  {
    name: 'monitors',
    also: ['monitor'],
    group: 'ask',
    usage: 'monitors [part of a name] [env:prod]',
    summary: 'Which monitors of Axiom alert now, and since when.',
    examples: ['monitors', 'monitors checkout'],
    options: ['env'],
    target: 'any',
    run: (call) => ask({ ...call, text: `monitors ${call.text}`.trim() }),
  },
];
