import { reportCard } from '../../../blocks/evidence/report-card.ts';
import type { Backend } from '../../backends/backend.ts';
import type { Incident } from '../../domain/incident.ts';
import { choosersOf } from '../../domain/signals/choosers.ts';
import { chooseBackend } from '../../flows/ask.ts';
import { choosePromql, promqlNamed } from '../../flows/choose-promql.ts';
import { citeByLink, type Gathered } from '../../flows/signals/gathered.ts';
import { recordReport } from '../../flows/signals/record-report.ts';
import { askerOf, readingOf, threadOf } from '../call.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { environmentFor, PATIENCE, whereItIs, withEnvironment } from './ask.ts';

/** Options of every question over a window. */
export const ASKING = ['env', 'since', 'from', 'to', 'around'] as const;

/** The deployment of a tool that a call means. */
export function backendFor(call: Call, tool: string): Backend {
  return chooseBackend(call.bot.world.telemetry, tool, environmentFor(call), (env) =>
    withEnvironment(call, env),
  );
}

/** What answers PromQL, and what is asked of it: after `grafana` its data source may be named, or its usual one is meant. */
export async function promqlFor(
  call: Call,
  { tool, text }: { readonly tool: string; readonly text: string },
): Promise<{ readonly backend: Backend; readonly text: string }> {
  const { telemetry } = call.bot.world;
  const signal = AbortSignal.timeout(PATIENCE);
  const again = {
    environment: (env: string) => withEnvironment(call, env),
    source: (word: string) =>
      call.again.replace(/^(\S+)\s+(?:(?:grafana|prom\w*)\s+)?/, (_, name) => `${name} grafana ${word} `),
  };
  if (tool === 'prometheus') {
    const backend = await choosePromql(telemetry, environmentFor(call), again, signal);
    return { backend, text };
  }
  const whole = backendFor(call, tool);
  const named = whole.behind && (await promqlNamed(telemetry, whole, text, signal));
  if (named) return { backend: named.backend, text: named.rest };
  const backend = whole.behind
    ? await choosePromql({ ...telemetry, backends: [whole] }, undefined, again, signal)
    : whole;
  return { backend, text };
}

/** The tool that the first word names, as a row that asks one is named, and the rest; Prometheus where none is named. */
export function toolOf(
  typed: string,
  rows: readonly CommandRow[],
): { readonly tool: string; readonly text: string } {
  const [, word = '', rest = ''] = /^(\w+)\s+([\s\S]+)$/.exec(typed.trim()) ?? [];
  const row = rows.find(
    ({ asks, name, also }) => asks !== undefined && [name, ...also].includes(word.toLowerCase()),
  );
  return row?.asks === undefined ? { tool: 'prometheus', text: typed } : { tool: row.asks, text: rest };
}

/**
 * Tells what several queries gave in one card: in the incident each query is evidence, without a card of its own; elsewhere each
 * number has its link alone.
 */
export async function tell(call: Call, incident: Incident | undefined, gathered: Gathered): Promise<Said> {
  const { bot, request } = call;
  const thread = threadOf(request);
  const { channel, ts } = request;
  const recorded =
    incident &&
    (await recordReport(bot.world, incident, gathered, {
      by: request.by,
      request: askerOf(request),
      ...(channel !== undefined &&
        ts !== undefined &&
        request.kind === 'mention' && { via: { channel, ts } }),
      ...(channel !== undefined && thread !== undefined && { thread: { channel, ts: thread } }),
    }));
  if (recorded)
    return request.kind === 'slash'
      ? whereItIs(call, recorded.incident, recorded.id, 'report')
      : { kind: 'posted' };
  const report = gathered.report(citeByLink);
  const reading = await readingOf(call, undefined, choosersOf(report));
  const message = reportCard(report, incident ? { incident } : {}, reading);
  return { kind: request.kind === 'slash' ? 'private' : 'thread', message };
}
