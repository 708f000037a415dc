import { reportCard } from '../../blocks/evidence/report-card.ts';
import type { ReportPlace } from '../../blocks/evidence/signals-card.ts';
import type { Message, Reading } from '../../blocks/message.ts';
import type { CompareReport } from '../../src/domain/signals/compare.ts';
import type { Amount, Report, SignalsReport } from '../../src/domain/signals/report.ts';
import type { SpotlightReport } from '../../src/domain/signals/spotlight.ts';
import { at } from './sample.ts';

const WINDOW = { from: at('14:02'), to: at('14:32') };
const EARLIER = { from: at('13:02'), to: at('13:32') };

/** Every report once or more, from the same words and counts. */
export function reportsOf(
  { words, many }: { readonly words: string; readonly many: number },
  place: ReportPlace,
  reading: Reading,
): Readonly<Record<string, Message>> {
  const cited = (id: number) => ({ id: `E${id}`, url: `https://p.example/graph?g0.expr=${id}` });
  const amounts = Array.from(
    { length: Math.min(many, 6) },
    (_, i): Amount => ({
      name: `${words}${i}`,
      of: words,
      unit: (['seconds', 'percent', 'bytes', ''] as const)[i % 4] ?? '',
      now: i * 1.23e6,
      ...(i % 2 === 0 && { before: 0.0003 }),
      evidence: cited(i),
      ...(i === 5 && { beforeEvidence: cited(99) }),
    }),
  );
  const names = Array.from({ length: Math.min(many, 8) }, (_, i) => `${words}_${i}`);
  const signals: SignalsReport = {
    kind: 'signals',
    asked: 'signals',
    subject: words || 'x',
    source: words || 'x',
    under: names.map((value) => ({ label: words || 'x', op: '=', value })),
    window: WINDOW,
    before: EARLIER,
    read: 'last and average',
    lines: (['latency', 'traffic', 'errors', 'saturation'] as const).map((signal) => ({
      signal,
      amounts: signal === 'traffic' ? [] : amounts,
      chosen: [{ metric: words || 'x', why: words, by: 'U0LEA' }],
      others: names,
      ...(signal !== 'latency' && { lacks: words }),
    })),
    top: {
      places: Array.from({ length: Math.min(many, 20) }, (_, i) => ({
        service: words,
        endpoint: `${words}${i}`,
        code: words,
        perSecond: i,
      })),
      total: many,
      evidence: cited(9),
    },
    correct: `signals ${words}`,
  };
  const quiet: SignalsReport = {
    ...signals,
    asked: 'use',
    lines: [{ signal: 'utilization', amounts: [], chosen: [], others: [], lacks: `Missing: ${words}` }],
    top: { places: [], total: 0, evidence: cited(1) },
  };
  const failed: SignalsReport = { ...signals, read: 'whole', top: { places: [], total: 0, lacks: words } };
  const difference = (i: number) => ({
    label: words || 'x',
    value: `${words}${i}`,
    also: names.map((value) => [words, value] as const),
    bad: 90 + i,
    good: 10,
    badShare: 0.9,
    goodShare: i === 0 ? 0 : 0.1,
  });
  const spotlight: SpotlightReport = {
    kind: 'spotlight',
    source: words || 'x',
    subject: words || 'x',
    condition: words,
    window: WINDOW,
    counts: 'requests',
    bad: { total: 1_234, evidence: cited(1) },
    good: { total: 56_789, evidence: cited(2), without: cited(1) },
    differences: Array.from({ length: Math.min(many, 6) }, (_, i) => difference(i)),
    labels: many,
    note: words,
  };
  const { condition: _none, note: _nor, ...minutes } = spotlight;
  const compare: CompareReport = {
    kind: 'compare',
    source: words || 'x',
    query: words,
    window: WINDOW,
    earlier: EARLIER,
    rows: Array.from({ length: Math.min(many, 8) }, (_, i) => ({
      labels: { code: `${i}`, [words || 'k']: `${words}${i}` },
      ...(i !== 1 && { now: { last: i, avg: i * 1.5, max: 2e9 } }),
      ...(i !== 2 && { was: { last: 0, avg: 1, max: 2e9 } }),
    })),
    total: many,
    now: cited(1),
    was: cited(2),
  };
  const reports: Readonly<Record<string, Report>> = {
    'signals of a service': signals,
    'signals that are missing': quiet,
    'signals without their errors': failed,
    spotlight,
    'spotlight on minutes': { ...minutes, before: EARLIER },
    'spotlight on nothing': { ...spotlight, differences: [] },
    'spotlight on no bad': { ...spotlight, differences: [], bad: { total: 0 } },
    compare,
    'compare of nothing': { ...compare, rows: [], total: 0 },
  };
  return Object.fromEntries(
    Object.entries(reports).map(([name, report]) => [name, reportCard(report, place, reading)]),
  );
}
