import { RuleViolation } from '../../domain/errors.ts';
import { type Incident, isOpen, startedAt } from '../../domain/incident.ts';
import { type Condition, readCondition, readSource } from '../../domain/signals/condition.ts';
import { MINUTE, type Window } from '../../domain/time.ts';
import { readSpotlight } from '../../flows/signals/read-spotlight.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { refuseWhereShared } from '../evidence/evidence-place.ts';
import { bareQuery } from '../words/bare-query.ts';
import { incidentFor, PATIENCE, windowFor } from './ask.ts';
import { ASKING, promqlFor, tell, toolOf } from './report.ts';
import { spotlightInAxiom } from './spotlight-axiom.ts';

/** Shorter stretches hold too few samples. */
const SHORTEST = 5 * MINUTE;

async function spotlight(call: Call, rows: readonly CommandRow[]): Promise<Said> {
  const typed = toolOf(call.text, rows);
  const timed = ASKING.some((option) => option !== 'env' && call.options[option] !== undefined);
  if (typed.tool === 'axiom') return spotlightInAxiom(call, typed.text, timed);
  const { backend, text } = await promqlFor(call, typed);
  const named = readSource(bareQuery(text));
  if (!named) throw howToAsk();
  const condition = named.rest === '' ? undefined : conditionOf(named.rest);
  if (!condition && !timed) throw howToAsk(named.metric);
  const incident = await incidentFor(call);
  await refuseWhereShared(call, incident);
  const window = condition && !timed ? await sinceImpact(call, incident) : await windowFor(call, incident);
  const asking = {
    backend,
    named,
    typed: named.rest,
    window: { from: Math.min(window.from, window.to - SHORTEST), to: window.to },
    by: call.request.by,
    ...(condition && { condition }),
  };
  return tell(call, incident, await readSpotlight(call.bot.world, asking, AbortSignal.timeout(PATIENCE)));
}

function conditionOf(text: string): Condition {
  const condition = readCondition(text);
  if (condition) return condition;
  throw new RuleViolation(
    'condition-unreadable',
    `I cannot read \`${text.replaceAll('`', "'").slice(0, 80)}\` as a condition. Write \`code="500"\`, \`code=~"5.." and region="eu"\` or \`> 0.5\`.`,
  );
}

/** Good and bad of the same minutes: from before the impact there is hardly any bad, and what changed meanwhile would look guilty. */
async function sinceImpact(call: Call, incident: Incident | undefined): Promise<Window> {
  const window = await windowFor(call, incident);
  if (!incident) return window;
  const from = isOpen(incident) ? startedAt(incident) : Math.min(startedAt(incident), window.to);
  return { from: Math.min(from, window.to - SHORTEST), to: window.to };
}

function howToAsk(metric = 'http_requests_total'): RuleViolation {
  return new RuleViolation(
    'spotlight-needs',
    `Distinguish what from the rest? \`spotlight ${metric} code="500"\` compares what meets the condition with the rest, \`spotlight ${metric} since:30m\` these minutes with the 30 before.`,
    [{ label: `${metric} since:30m`, command: `spotlight ${metric} since:30m` }],
  );
}

/** `rows` gives the whole table: the tool is known by the names of the row that asks it. */
export function spotlightRows(rows: () => readonly CommandRow[]): readonly CommandRow[] {
  return [
    {
      name: 'spotlight',
      also: ['what distinguishes'],
      group: 'ask',
      usage:
        'spotlight [axiom | grafana [source]] <metric[{…}] or dataset> <label="value" | > number> [env:prod] [since:30m | from:14:10 to:14:40 | around:14:32]',
      summary:
        'What the bad have in common that the rest has not; without a condition, these minutes against those before.',
      examples: [
        'spotlight http_requests_total code="500"',
        'spotlight http_request_duration_seconds > 1',
        'spotlight http_requests_total since:30m',
        "spotlight axiom ['traces'] status >= 500",
      ],
      options: ASKING,
      target: 'any',
      run: (call) => spotlight(call, rows()),
    },
  ];
}
