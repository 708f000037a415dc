import { evidenceCard } from '../../../blocks/evidence/evidence-card.ts';
import { evidenceIsThere } from '../../../blocks/evidence/evidence-there.ts';
import type { Backend } from '../../backends/backend.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { Answer } from '../../domain/evidence.ts';
import { type Incident, incidentId, isOpen, startedAt } from '../../domain/incident.ts';
import type { Window } from '../../domain/time.ts';
import { resolveWindow } from '../../domain/window.ts';
import { type Asking, ask, chooseBackend, recordAnswer } from '../../flows/ask.ts';
import { findIncident } from '../../flows/incident-of.ts';
import type { Telemetry } from '../../flows/ports.ts';
import { askerOf, readingOf, threadOf } from '../call.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { refuseWhereShared } from '../evidence/evidence-place.ts';
import { maySee } from '../target.ts';
import { bareQuery } from '../words/bare-query.ts';

/** Longest that a person waits for an answer before hearing that none came. */
export const PATIENCE = 45_000;

/** The incident a query belongs to: the named one, else the channel's open one; none is fine. */
export async function incidentFor(call: Call): Promise<Incident | undefined> {
  const { bot, request } = call;
  const here =
    request.channel === undefined || request.direct
      ? undefined
      : await bot.world.store.inChannel(request.team, request.channel);
  const number = call.incident ?? (here?.open ? here.ref.number : undefined);
  if (number === undefined) return undefined;
  const incident = await findIncident(bot.world.store, { team: request.team, number });
  if (incident && (await maySee(call, incident))) return incident;
  throw new RuleViolation('no-such-incident', `There is no INC-${number} that you can see.`);
}

export function environmentFor(call: Call): string | undefined {
  const { env } = call.options;
  return (
    env ??
    (call.request.channel === undefined ? undefined : call.bot.rules.environments[call.request.channel])
  );
}

/** The window that was asked for, in the asker's zone; the incident's where none was. */
export async function windowFor(call: Call, incident: Incident | undefined): Promise<Window> {
  const zone = await call.bot.directory.zone(call.request.team, call.request.by);
  const { since, from, to, around, at } = call.options;
  return resolveWindow(
    {
      ...(since !== undefined && { since }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(around !== undefined && { around }),
      ...(at !== undefined && { at }),
    },
    {
      now: call.bot.world.clock.now(),
      zone,
      again: (option) => `${call.row.name} ${call.text} ${option}`,
      ...(incident && {
        incident: {
          since: startedAt(incident),
          ...(!isOpen(incident) && incident.endedAt !== undefined && { until: incident.endedAt }),
        },
      }),
    },
  );
}

/** The same question, of the environment that was picked; every other option stays. */
export function withEnvironment({ again, options }: Call, env: string): string {
  const rest = options.env === undefined ? again : again.replace(`env:${options.env}`, '').trim();
  return `${rest} env:${env}`;
}

/** Asks one backend and answers with its card: in the incident as E1, E2 …, elsewhere as an answer without a number. */
export async function askBackend(call: Call, tool: string): Promise<Said> {
  const { bot, request } = call;
  const query = bareQuery(call.text);
  const again = (env: string) => withEnvironment(call, env);
  const backend = chooseBackend(bot.world.telemetry, tool, environmentFor(call), again);
  if (query === '')
    throw new RuleViolation(
      'query-needed',
      `What do you ask ${backend.title}? \`${call.row.usage}\`; \`discover ${call.row.name}\` shows what is there.`,
    );
  return answerWith(call, { backend, query }, async (asking, signal) => {
    // Whoever clicks to ask again wants what could not be discovered to be looked for again, too.
    if (request.kind === 'click') await discoverMissing(bot.world.telemetry, backend, signal);
    return ask(bot.world, asking, signal);
  });
}

/** Answers with a card: in the incident as E1, E2 …, elsewhere as an answer without a number. */
export async function answerWith(
  call: Call,
  about: Pick<Asking, 'backend' | 'query'>,
  produce: (asking: Asking, signal: AbortSignal) => Promise<Answer>,
): Promise<Said> {
  const { bot, request } = call;
  const incident = await incidentFor(call);
  await refuseWhereShared(call, incident);
  const asking = await askingFor(call, about, incident);
  const answer = await produce(asking, AbortSignal.timeout(PATIENCE));
  if (incident) {
    const { note } = await recordAnswer(bot.world, incident, answer, asking);
    return request.kind === 'slash' ? whereItIs(call, incident, note.id) : { kind: 'posted' };
  }
  const card = evidenceCard({ evidence: answer }, await readingOf(call));
  return { kind: request.kind === 'slash' ? 'private' : 'thread', message: card };
}

export async function discoverMissing(
  telemetry: Telemetry,
  backend: Backend,
  signal: AbortSignal,
): Promise<void> {
  const { missing } = await telemetry.discovery(backend, signal);
  if (missing.length > 0) await telemetry.rediscover(backend, signal);
}

/** A `/steady` query is answered under the card, for all to see; whoever asked is told where. */
export async function whereItIs(
  call: Call,
  incident: Incident,
  id: string,
  kind: 'evidence' | 'report' = 'evidence',
): Promise<Said> {
  const { bot } = call;
  await bot.sent(incident);
  const bound = await bot.world.store.bindings(incident, kind);
  const at = bound.findLast((one) => one.id === id);
  const permalink = at && (await bot.looks.permalink({ channel: at.channel, ts: at.ts }));
  return { kind: 'private', message: evidenceIsThere(incident, id, permalink) };
}

export async function askingFor(
  call: Call,
  { backend, query }: Pick<Asking, 'backend' | 'query'>,
  incident: Incident | undefined,
): Promise<Asking> {
  const { request } = call;
  const thread = threadOf(request);
  const { channel, ts } = request;
  const { step } = call.options;
  return {
    backend,
    query,
    window: await windowFor(call, incident),
    by: request.by,
    request: askerOf(request),
    ...(incident && { about: `${incident.team}/${incidentId(incident.number)}` }),
    ...(step !== undefined && { step }),
    ...(call.test && { test: call.test }),
    ...(call.straightened && { note: 'curly quotes or long dashes were made plain' }),
    ...(channel !== undefined && ts !== undefined && request.kind === 'mention' && { via: { channel, ts } }),
    ...(channel !== undefined && thread !== undefined && { thread: { channel, ts: thread } }),
  };
}

export const ASK: readonly CommandRow[] = [
  {
    name: 'prom',
    also: ['prometheus', 'promql', 'query'],
    group: 'ask',
    usage: 'prom <PromQL> [env:prod] [since:30m | from:14:10 to:14:40 | around:14:32 | at:14:32] [step:30s]',
    summary: 'Ask Prometheus. The window is the incident’s unless you say another.',
    examples: ['prom sum by (code) (rate(http_requests_total{service="checkout"}[5m]))', 'prom up since:2h'],
    options: ['env', 'since', 'from', 'to', 'around', 'at', 'step'],
    target: 'any',
    asks: 'prometheus',
    run: (call) => askBackend(call, 'prometheus'),
  },
];
