import { type Duration, HOUR, type Instant, SECOND } from '../../domain/time.ts';
import { readDuration } from './promql/literals.ts';

/** One query as a link to Prometheus' own page names it. */
export interface GraphPanel {
  readonly query: string;
  /** At one instant, `end`, or over the `range` before it. */
  readonly mode: 'graph' | 'table';
  readonly end: Instant;
  readonly range: Duration;
  readonly step: Duration;
}

const MAX_PANELS = 10;
/** As many points as the page of Prometheus asks for when the link names no step. */
const POINTS = 250;

/**
 * Reads what a link to `/graph` (Prometheus 1 and 2) or `/query` (3) asks for: `g0.expr`, `g0.tab`, `g0.range_input`,
 * `g0.end_input` or `g0.moment_input` in UTC, `g0.step_input` or `g0.res_step` in seconds; then `g1.…` and so on.
 * https://github.com/prometheus/prometheus/blob/main/web/ui/mantine-ui/src/pages/query/urlStateEncoding.ts
 */
export function readGraphLink(parameters: URLSearchParams, now: Instant): readonly GraphPanel[] {
  const panels: GraphPanel[] = [];
  for (let index = 0; index < MAX_PANELS; index++) {
    const get = (name: string) => parameters.get(`g${index}.${name}`) ?? undefined;
    const query = get('expr');
    if (query === undefined) break;
    const mode = ['0', 'graph'].includes(get('tab') ?? '1') ? 'graph' : 'table';
    const range = readDuration(get('range_input') ?? '') || HOUR;
    const said =
      mode === 'table'
        ? (get('moment_input') ?? get('end_input'))
        : (get('end_input') ?? get('moment_input'));
    const seconds = Number(get('res_step') ?? get('step_input'));
    const step =
      seconds > 0
        ? Math.round(seconds * SECOND)
        : Math.max(SECOND, Math.floor(range / POINTS / SECOND) * SECOND);
    panels.push({ query, mode, range, step, end: readUtc(said ?? '') ?? now });
  }
  return panels;
}

function readUtc(text: string): Instant | undefined {
  const at = Date.parse(`${text.trim().replace(' ', 'T').replace(/Z$/, '')}Z`);
  return Number.isNaN(at) ? undefined : at;
}
