import type { Plot } from '../../answers/plot.ts';
import type { Mark, Picture } from '../../charts/picture.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { EvidenceNote } from '../../domain/evidence-note.ts';
import { type Incident, incidentId } from '../../domain/incident.ts';
import { type IncidentMark, marksOf } from '../../domain/marks.ts';
import { sayWindowUtc } from '../../domain/say-window.ts';
import { changesIn } from '../changes-in.ts';
import { keptOf } from '../evidence/kept-of.ts';
import type { World } from '../ports.ts';
import { captionsOf, type Drawn, drawn } from './drawn.ts';
import { sayPlot } from './say-plot.ts';

type Series = Extract<Plot, { kind: 'series' }>;

/**
 * The chart of an evidence, from what was kept of its answer: nothing is asked anew but what changed in its window.
 * `baseline` is the same query over an earlier time, whose usual values become bands.
 */
export async function chartOf(
  world: World,
  incident: Incident,
  note: EvidenceNote,
  baseline: EvidenceNote | undefined,
  signal: AbortSignal,
): Promise<Drawn> {
  const plot = await world.answers.plot(await keptOf(world, incident, note), signal);
  if (plot.kind === 'nothing' || (plot.kind === 'bars' && plot.bars.length === 0))
    throw new RuleViolation(
      'nothing-to-draw',
      note.empty
        ? `${note.id} came back empty: there is nothing to draw. Its card says what that shows.`
        : `There is nothing in ${note.id} that could be drawn; \`rows ${note.id}\` gives all of it as a file.`,
    );
  const warnings = [
    ...(note.partial === undefined ? [] : [`Partial result: ${note.partial}`]),
    ...(plot.cut ? ['Only the beginning of the answer was kept: the rest is not drawn.'] : []),
  ];
  const captions = captionsOf(note, warnings);
  if (plot.kind === 'flame') {
    const { kind, unit, total, totalBefore, boxes } = plot;
    const picture: Picture = {
      ...captions,
      kind,
      unit,
      total,
      boxes,
      ...(totalBefore !== undefined && { totalBefore }),
    };
    return finish(world, note, plot, picture, [], signal);
  }
  if (plot.kind === 'bars') {
    const left = plot.total - plot.bars.length;
    const notes = left > 0 ? [`${left.toLocaleString('en')} more are not drawn: these are the largest.`] : [];
    const { kind, measure, bars } = plot;
    return finish(world, note, plot, { ...captions, kind, measure, bars, notes }, [], signal);
  }
  return chartOfSeries(world, incident, note, plot, { captions, baseline }, signal);
}

async function chartOfSeries(
  world: World,
  incident: Incident,
  note: EvidenceNote,
  plot: Series & { readonly cut: boolean },
  {
    captions,
    baseline,
  }: {
    readonly captions: ReturnType<typeof captionsOf>;
    readonly baseline: EvidenceNote | undefined;
  },
  signal: AbortSignal,
): Promise<Drawn> {
  const earlier = baseline && (await world.answers.plot(await keptOf(world, incident, baseline), signal));
  const window = { from: note.window.from, to: Math.max(note.window.to, note.window.from + 1_000) };
  const changes = await changesIn(world, window, signal);
  const marks = joined(marksOf(incident), changes.marks).filter(
    ({ at }) => at >= window.from && at <= window.to,
  );
  const left = plot.total - plot.lines.length;
  const bands = earlier?.kind === 'series' ? bandsOf(plot, earlier) : [];
  const unit = note.unit ?? plot.unit ?? plot.counted;
  const picture: Picture = {
    ...captions,
    kind: 'series',
    window,
    lines: plot.lines.map(({ name, times, values }, index) => {
      const band = bands[index];
      return { name, times, values, ...(band && { band }) };
    }),
    marks,
    notes: [
      ...(left > 0 ? [`${left.toLocaleString('en')} more series are not drawn: these are the largest.`] : []),
      ...changes.missing,
      ...(baseline && bands.every((one) => one === undefined)
        ? [`No band: ${baseline.id} has none of these series.`]
        : []),
    ],
    ...(unit !== undefined && { unit }),
    ...(baseline &&
      bands.some((one) => one !== undefined) && {
        bands: `where 9 of 10 values lay ${sayWindowUtc(baseline.window)} (${baseline.id})`,
      }),
  };
  return finish(world, note, plot, picture, marks, signal);
}

/** More bands than this would cover each other. */
const BANDS = 3;

function bandsOf(now: Series, earlier: Series): readonly (Series['lines'][number]['spread'] | undefined)[] {
  // Where each is a single series, its labels tell nothing.
  const [only] = earlier.lines;
  return now.lines
    .slice(0, BANDS)
    .map(({ name }) =>
      now.lines.length === 1 && earlier.lines.length === 1
        ? only?.spread
        : earlier.lines.find((one) => one.name === name)?.spread,
    );
}

/** What a system says of a change is more exact than what was said about it at the same time. */
function joined(told: readonly IncidentMark[], known: readonly Mark[]): readonly Mark[] {
  return [...told, ...known].toSorted((a, b) => a.at - b.at);
}

async function finish(
  world: World,
  note: EvidenceNote,
  plot: Plot,
  picture: Picture,
  marks: readonly Mark[],
  signal: AbortSignal,
): Promise<Drawn> {
  const subject = `${note.id}, ${note.source}, ${sayWindowUtc(note.window)}`;
  return drawn(world, picture, {
    name: `${note.id.toLowerCase()}-chart.png`,
    title: `${note.id} chart`,
    alt: sayPlot(subject, plot, plot.kind === 'flame' ? plot.unit : note.unit, marks),
    signal,
  });
}

/** What a chart depends on besides its evidence, so that the same one is not drawn twice into a thread. */
export function chartKey(incident: Incident, note: EvidenceNote, baseline: EvidenceNote | undefined): string {
  const marks = marksOf(incident).length;
  return `${incidentId(incident.number)}/${note.id}/chart-${baseline?.id ?? 'alone'}-${marks}`;
}
