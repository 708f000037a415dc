import { createKeptAnswers } from '../../src/answers/kept-answers.ts';
import { createDecoder } from '../../src/backends/decoder.ts';
import { createKeptReader, type KeptSnapshot } from '../../src/backends/kept-reader.ts';
import { compressed } from '../../src/backends/snapshot.ts';
import { createPictures } from '../../src/charts/draw.ts';
import { SECOND } from '../../src/domain/time.ts';
import { createRedactor } from '../../src/safety/redactor.ts';
import { chartBarely, csvBarely } from '../baselines/kept.ts';
import { type Line, lineOf, type Round } from '../line.ts';
import { watched } from '../watched.ts';

export interface KeptSize {
  readonly series: number;
  readonly points: number;
}

const STEP = 15 * SECOND;
const FROM = 1_767_600_000 * SECOND;
/** Longer than this, and the socket's pings and everybody's clicks wait. */
const STALL = { valueAtMost: 20 } as const;

/**
 * What is made of a kept answer: its rows as a file, checked for secrets as on its way out, and its chart. Both beside the
 * plainest way to the same, which does it at once on the main thread; and how long the main thread stood still meanwhile.
 */
export async function measureKept(
  rounds: number,
  size: KeptSize = { series: 50, points: 2_000 },
): Promise<readonly Line[]> {
  const kept = await keptOf(size);
  const signal = new AbortController().signal;
  const answers = createKeptAnswers(createKeptReader(createDecoder({ inline: -1 })));
  const pictures = createPictures();
  const redactor = createRedactor({ secrets: ['not-in-this-answer'] });
  const rows = async () => {
    const parts: Uint8Array[] = [];
    for await (const piece of answers.rows(kept, {}, signal))
      if (piece.kind === 'text') parts.push(Buffer.from(redactor.redact(piece.text).text));
  };
  const chart = async () => {
    const plot = await answers.plot(kept, signal);
    if (plot.kind !== 'series') throw new TypeError(`The plot is ${plot.kind}`);
    const captions = { title: 'E1 · Prometheus prod', query: kept.query, warnings: [], notes: [] };
    const { window } = kept;
    await pictures.draw({ ...captions, kind: 'series', window, lines: plot.lines, marks: [] }, signal);
  };
  const details = { rows: size.series * size.points };
  return [
    ...(await compared('rows', rounds, rows, () => csvBarely(kept.snapshot), details)),
    ...(await compared('chart', rounds, chart, () => chartBarely(kept.snapshot), details)),
  ];
}

async function compared(
  what: string,
  rounds: number,
  steady: () => Promise<void>,
  bare: () => unknown,
  details: Readonly<Record<string, unknown>>,
): Promise<readonly Line[]> {
  const took: Round[] = [];
  let longest: Round = { value: 0, baseline: 0 };
  // One round more, in which everything is done for the first time.
  for (let round = 0; round <= rounds; round++) {
    const value = await watched(steady);
    const baseline = await watched(async () => bare());
    if (round === 0) continue;
    took.push({ value: value.took, baseline: baseline.took });
    longest = {
      value: Math.max(longest.value, value.stall),
      baseline: Math.max(longest.baseline, baseline.stall),
    };
  }
  return [
    lineOf(`${what} of a kept answer`, 'ms', took, undefined, details),
    lineOf(`longest stall meanwhile, ${what}`, 'ms', [longest], STALL, details),
  ];
}

async function keptOf({ series, points }: KeptSize): Promise<KeptSnapshot> {
  const result = Array.from({ length: series }, (_, line) => ({
    metric: { __name__: 'up', job: 'checkout', instance: `checkout-${line}:9090` },
    values: Array.from({ length: points }, (__, at) => [
      (FROM + at * STEP) / SECOND,
      String(((at * 7 + line) % 1_000) / 3),
    ]),
  }));
  const answer = JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
  return {
    tool: 'prometheus',
    snapshot: await compressed([Buffer.from(answer)]),
    query: 'up',
    window: { from: FROM, to: FROM + points * STEP },
    step: STEP,
  };
}
