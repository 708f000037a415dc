import type { Instant } from '../../domain/time.ts';
import { MAX_POINTS } from './api-parameters.ts';
import { escapeHtml } from './escape-html.ts';
import { type GraphPanel, readGraphLink } from './graph-link.ts';
import { type Labels, labelOf, NAME, sayLabels } from './labels.ts';
import { type AnswerSource, queryLimits } from './prometheus-answers.ts';
import { typeOf } from './promql/check-types.ts';
import { evaluate, evaluateRange } from './promql/evaluate.ts';
import { formatValue } from './promql/format-value.ts';
import { parsePromql } from './promql/parse.ts';
import { QueryError } from './promql/query-error.ts';
import { sortSeries } from './promql/series.ts';

/** Series drawn at most; what is left out is said. */
const MAX_SERIES = 100;
export const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color-scheme:light dark}
code{font:14px ui-monospace,monospace;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #8886;padding:.3rem .6rem;text-align:left;vertical-align:top}td.n{font-variant-numeric:tabular-nums;white-space:nowrap}
svg{width:160px;height:32px;stroke:currentColor;fill:none}.bad{border-left:4px solid #c33;padding-left:.8rem}
input[type=text]{width:100%;font:14px ui-monospace,monospace;padding:.4rem;box-sizing:border-box}.scroll{overflow-x:auto}`;

interface Row {
  readonly labels: Labels;
  readonly points: readonly (readonly [Instant, number])[];
}

/**
 * The page behind a permalink: each query with its absolute window and step, and what it returns as a table with last,
 * highest and lowest value per series. Everything is escaped; it has no script.
 */
export function graphPage(parameters: URLSearchParams, source: AnswerSource): string {
  const panels = readGraphLink(parameters, source.now());
  const first = panels[0];
  const hidden = [...parameters].filter(([name]) => name !== 'g0.expr' && /^g0\.\w+$/.test(name));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(first?.query ?? 'Expression')} · Prometheus (sandbox)</title><style>${STYLE}</style></head>
<body><h1>Prometheus <small>of the sandbox</small></h1>
<p>A scripted incident, evaluated by the sandbox. Times are UTC; the clock says ${sayUtc(source.now())}.</p>
<form action="/graph" method="get"><label>Expression <input type="text" name="g0.expr" value="${escapeHtml(first?.query ?? '')}"></label>
${hidden.map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('')}
<button>Execute</button></form>
${panels.map((panel) => panelOf(panel, source)).join('\n')}
</body></html>
`;
}

/** One query with its window and what it returned. */
export function panelOf(panel: GraphPanel, source: AnswerSource): string {
  const { query, mode, end, range, step } = panel;
  const start = end - range;
  const when =
    mode === 'table'
      ? `at ${sayUtc(end)}`
      : `from ${sayUtc(start)} to ${sayUtc(end)}, every ${step / 1000} s`;
  const head = `<section><h2><code>${escapeHtml(query)}</code></h2><p>${when}</p>`;
  try {
    return `${head}${tableOf(rowsOf(panel, source))}</section>`;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return `${head}<p class="bad">${escapeHtml(error.type)}: ${escapeHtml(error.message)}</p></section>`;
  }
}

function rowsOf({ query, mode, end, range, step }: GraphPanel, { store, now }: AnswerSource): readonly Row[] {
  const limits = queryLimits(new URLSearchParams(), now);
  const expression = parsePromql(query);
  const type = typeOf(expression);
  if (type === 'string') throw new QueryError('bad_data', 'a string has no series');
  if (type === 'range vector' && mode === 'table') return evaluateRange(expression, store, end, limits);
  if (type === 'range vector')
    throw new QueryError(
      'bad_data',
      'invalid expression type "range vector" for range query, must be Scalar or instant Vector',
    );
  if (mode === 'graph' && range / step > MAX_POINTS)
    throw new QueryError('bad_data', 'exceeded maximum resolution of 11,000 points per timeseries');
  const start = mode === 'table' ? end : end - range;
  const value = evaluate(expression, store, { start, end, step }, limits);
  const series = value.kind === 'vector' ? value.series : [];
  const all = value.kind === 'scalar' ? [{ labels: [], values: value.values }] : series;
  const rows = all.map(({ labels, values }) => ({
    labels,
    points: values.flatMap((one, index) => (one === undefined ? [] : [[start + index * step, one] as const])),
  }));
  return mode === 'table' ? rows : sortSeries(rows);
}

function tableOf(rows: readonly Row[]): string {
  if (rows.length === 0) return '<p>No data: nothing matches in this window.</p>';
  const samples = rows.reduce((sum, row) => sum + row.points.length, 0);
  const more = rows.length > MAX_SERIES ? `, the first ${MAX_SERIES} shown` : '';
  return `<p>${rows.length} series, ${samples} samples${more}.</p><div class="scroll"><table>
<thead><tr><th>Series</th><th>Last</th><th>Max</th><th>Min</th><th>Course</th></tr></thead><tbody>
${rows.slice(0, MAX_SERIES).map(rowOf).join('\n')}
</tbody></table></div>`;
}

function rowOf({ labels, points }: Row): string {
  const numbers = points.filter(([, value]) => !Number.isNaN(value));
  const pick = (better: (a: number, b: number) => boolean) =>
    numbers.reduce(
      (found, point) => (better(point[1], found[1]) ? point : found),
      numbers[0] ?? [0, Number.NaN],
    );
  const cell = (point: readonly [Instant, number] | undefined) =>
    point === undefined || point[0] === 0
      ? '<td class="n">none</td>'
      : `<td class="n">${formatValue(point[1])}<br><small>${sayUtc(point[0])}</small></td>`;
  const name = labelOf(labels, NAME);
  const rest = labels.filter(([key]) => key !== NAME);
  const title = `${name}${rest.length > 0 || name === '' ? sayLabels(rest) : ''}`;
  return `<tr><td><code>${escapeHtml(title)}</code></td>${cell(points.at(-1))}${cell(pick((a, b) => a > b))}${cell(pick((a, b) => a < b))}<td>${course(numbers)}</td></tr>`;
}

/** A line of the values over time, without scales. */
function course(points: readonly (readonly [Instant, number])[]): string {
  const drawn = points.filter(([, value]) => Number.isFinite(value));
  const [from, to] = [drawn[0]?.[0] ?? 0, drawn.at(-1)?.[0] ?? 0];
  if (drawn.length < 2) return '';
  const values = drawn.map(([, value]) => value);
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const spots = drawn.map(([at, value]) => {
    const x = (160 * (at - from)) / (to - from);
    const y = high === low ? 16 : 31 - (30 * (value - low)) / (high - low);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return `<svg viewBox="0 0 160 32" role="img" aria-label="course of the values"><polyline points="${spots.join(' ')}"/></svg>`;
}

function sayUtc(at: Instant): string {
  return Math.abs(at) <= 8.64e15
    ? `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
    : 'an impossible time';
}
