import { RuleViolation } from '../../domain/errors.ts';
import { type Incident, startedAt } from '../../domain/incident.ts';
import { earlierWindow, readEarlier, splitVersus } from '../../domain/signals/compare.ts';
import { MINUTE, sayDuration, type Window } from '../../domain/time.ts';
import { resolveTime } from '../../domain/window.ts';
import { readCompare } from '../../flows/signals/read-compare.ts';
import { nowAndBefore } from '../../flows/signals/time-before.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { refuseWhereShared } from '../evidence/evidence-place.ts';
import { bareQuery } from '../words/bare-query.ts';
import { incidentFor, PATIENCE, windowFor } from './ask.ts';
import { ASKING, backendFor, promqlFor, tell, toolOf } from './report.ts';

/** `rows` gives the whole table: the tool is known by the names of the row that asks it; Prometheus where none is named. */
export function compareRows(rows: () => readonly CommandRow[]): readonly CommandRow[] {
  return [
    {
      name: 'compare',
      also: [],
      group: 'ask',
      usage:
        'compare [prom|loki] <query> now vs <1h | yesterday | 14:10 | before> [env:prod] [since:30m | from:14:10 to:14:40 | around:14:32] [step:30s]',
      summary:
        'One query over two stretches of the same length: last, average, maximum and the change. `before`: before the incident.',
      examples: [
        'compare sum(rate(http_requests_total[5m])) now vs 1h',
        'compare sum by (code) (rate(http_requests_total[5m])) now vs yesterday since:15m',
      ],
      options: [...ASKING, 'step'],
      target: 'any',
      run: (call) => compare(call, rows()),
    },
  ];
}

async function compare(call: Call, rows: readonly CommandRow[]): Promise<Said> {
  const { tool, text } = toolOf(call.text, rows);
  const split = splitVersus(text);
  if (!split)
    throw new RuleViolation(
      'compare-needs',
      'Compare what with when? `compare sum(rate(http_requests_total[5m])) now vs 1h`, `… vs yesterday`, `… vs 14:10`, `… vs before` the incident.',
    );
  const { backend, text: query } =
    tool === 'prometheus'
      ? await promqlFor(call, { tool, text: split.query })
      : { backend: backendFor(call, tool), text: split.query };
  const incident = await incidentFor(call);
  await refuseWhereShared(call, incident);
  const asked = await windowFor(call, incident);
  const window = { from: Math.min(asked.from, asked.to - MINUTE), to: asked.to };
  const { step } = call.options;
  const gathered = await readCompare(
    call.bot.world,
    {
      backend,
      query: bareQuery(query),
      window,
      earlier: await earlierOf(call, split.earlier, window, incident),
      by: call.request.by,
      ...(step !== undefined && { step }),
    },
    AbortSignal.timeout(PATIENCE),
  );
  return tell(call, incident, gathered);
}

async function earlierOf(
  call: Call,
  typed: string,
  window: Window,
  incident: Incident | undefined,
): Promise<Window> {
  if (/^(?:before|the incident)$/i.test(typed)) {
    if (incident) return nowAndBefore(window, startedAt(incident)).before;
    throw new RuleViolation(
      'no-incident',
      'Before what? There is no incident here. Say how long before: `vs 1h`.',
    );
  }
  const earlier = readEarlier(typed);
  if (!earlier)
    throw new RuleViolation(
      'earlier-unreadable',
      `I cannot read \`${typed.replaceAll('`', "'").slice(0, 60)}\` as a time to compare with. Write \`vs 1h\`, \`vs yesterday\`, \`vs 14:10\` or \`vs before\`.`,
    );
  if (earlier.kind === 'shift') return earlierWindow(window, earlier.by);
  const zone = await call.bot.directory.zone(call.request.team, call.request.by);
  const until = resolveTime(earlier.time, { now: call.bot.world.clock.now(), zone });
  if (until < window.to) return earlierWindow(window, { until });
  throw new RuleViolation(
    'not-earlier',
    `\`${typed}\` is not before the end of the window, ${sayDuration(until - window.to)} later. Name an earlier time.`,
  );
}
