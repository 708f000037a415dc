import type { Backend } from '../../backends/backend.ts';
import { type NextStep, RuleViolation } from '../../domain/errors.ts';
import { type Incident, startedAt } from '../../domain/incident.ts';
import { BY_ITSELF, readCorrection } from '../../domain/signals/correction.ts';
import { SIGNALS as NAMES } from '../../domain/signals/signal.ts';
import { type CorrectedSignal, rememberCorrection } from '../../flows/knowledge/remember-correction.ts';
import { correctSignal } from '../../flows/signals/correct-signal.ts';
import { servicesAmong } from '../../flows/signals/find-service.ts';
import { lookAt } from '../../flows/signals/look.ts';
import { readEvents } from '../../flows/signals/read-events.ts';
import { knownOf, readSignals, type SignalsAsking } from '../../flows/signals/read-signals.ts';
import { readUse } from '../../flows/signals/read-use.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { refuseWhereShared } from '../evidence/evidence-place.ts';
import { bareQuery } from '../words/bare-query.ts';
import { incidentFor, PATIENCE, windowFor } from './ask.ts';
import { ASKING, backendFor, promqlFor, tell, toolOf } from './report.ts';

/** What is asked, over which time, of which deployment. */
async function askingFor(call: Call, backend: Backend) {
  const incident = await incidentFor(call);
  await refuseWhereShared(call, incident);
  const window = await windowFor(call, incident);
  const { by, team } = call.request;
  const began = incident && { began: startedAt(incident) };
  return { incident, asking: { team, backend, window, by, ...began }, signal: AbortSignal.timeout(PATIENCE) };
}

async function signals(call: Call, asked: 'signals' | 'red', rows: readonly CommandRow[]): Promise<Said> {
  const named = toolOf(call.text, rows);
  const axiom = named.tool === 'axiom';
  const { backend, text } = axiom
    ? { ...named, backend: backendFor(call, named.tool) }
    : await promqlFor(call, named);
  const { incident, asking, signal } = await askingFor(call, backend);
  const { world } = call.bot;
  const [typed, rest] = firstWord(bareQuery(text));
  const service = typed || incident?.service || '';
  const correction = rest === '' ? undefined : readCorrection(rest);
  if (rest !== '' && !correction) throw notUnderstood(service, rest, asked);
  const corrected = correction && { correction };
  if (axiom) {
    if (service === '') throw serviceNeeded(asked);
    const read = await readEvents(world, { ...asking, service, asked, ...corrected }, signal);
    if (correction) await writeDown(call, incident, { backend, service, correction });
    return tell(call, incident, read);
  }
  if (service === '') throw await whichService(call, asking, incident, asked);
  if (correction) {
    await correctSignal(world, { ...asking, service, correction }, signal);
    await writeDown(call, incident, { backend, service, correction });
  }
  return tell(call, incident, await readSignals(world, { ...asking, service, asked }, signal));
}

/** A correction is a fact for the team, where it was not made in a private incident. */
async function writeDown(
  { bot, request }: Call,
  incident: Incident | undefined,
  what: Pick<CorrectedSignal, 'backend' | 'service' | 'correction'>,
): Promise<void> {
  if (incident?.private) return;
  const { team, by, at, resumed } = request;
  await rememberCorrection(bot.world, { ...what, team, by, ...(resumed && { resumedFrom: at }) });
}

async function use(call: Call, rows: readonly CommandRow[]): Promise<Said> {
  const { backend, text } = await promqlFor(call, toolOf(call.text, rows));
  const { incident, asking, signal } = await askingFor(call, backend);
  const found = /^([\s\S]*?)\s+of\s+([\s\S]+)$/i.exec(bareQuery(text));
  const [resource, service] = found
    ? [found[1] ?? '', unquoted(found[2] ?? '')]
    : [bareQuery(text), undefined];
  if (resource.trim() === '')
    throw new RuleViolation('resource-needed', 'Use of what? `use db_pool`, `use memory of checkout`.', [
      { label: 'use memory', command: 'use memory' },
      { label: 'use cpu', command: 'use cpu' },
    ]);
  const named = { resource: unquoted(resource), ...(service !== undefined && { service }) };
  return tell(call, incident, await readUse(call.bot.world, { ...asking, ...named }, signal));
}

async function whichService(
  call: Call,
  asking: Pick<SignalsAsking, 'backend' | 'window'>,
  incident: Incident | undefined,
  asked: string,
): Promise<RuleViolation> {
  const look = lookAt(asking.backend, asking.window, AbortSignal.timeout(PATIENCE));
  const names = await servicesAmong(
    look,
    await knownOf(call.bot.world, asking.backend, AbortSignal.timeout(PATIENCE)),
  );
  const said = incident ? ' `service checkout` names the incident’s, and then it may be left out.' : '';
  return serviceNeeded(
    asked,
    said,
    names.slice(0, 8).map((name) => ({ label: name, command: `${asked} ${name}` })),
  );
}

function serviceNeeded(asked: string, said = '', next: readonly NextStep[] = []): RuleViolation {
  const title = asked === 'red' ? 'RED' : 'The signals';
  return new RuleViolation('service-needed', `${title} of which service?${said}`, next);
}

function notUnderstood(service: string, rest: string, asked: string): RuleViolation {
  const shown = rest.replaceAll('`', "'").slice(0, 60);
  return new RuleViolation(
    'no-such-correction',
    `I read \`${shown}\` neither as a time nor as a choice. \`${asked} ${service.replaceAll('`', "'")} latency=NAME_OF_A_METRIC\` says what shows a signal (${NAMES.join(', ')}); \`latency=${BY_ITSELF}\` lets me choose again.`,
    [{ label: `${asked} ${service}`, command: `${asked} ${service}` }],
  );
}

function firstWord(text: string): readonly [word: string, rest: string] {
  const [, quoted, plain = '', rest = ''] = /^(?:"([^"]*)"|(\S+))?\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  return [quoted ?? plain, rest.trim()];
}

function unquoted(text: string): string {
  return text.trim().replace(/^"([\s\S]*)"$/, '$1');
}

/** `rows` gives the whole table: the tool is known by the names of the row that asks it. */
export function signalsRows(rows: () => readonly CommandRow[]): readonly CommandRow[] {
  return [
    {
      name: 'signals',
      first: 3,
      also: ['golden signals', 'golden'],
      group: 'ask',
      usage:
        'signals [axiom | grafana [source]] <service> [latency|traffic|errors|saturation=NAME] [env:prod] [since:30m | from:14:10 to:14:40 | around:14:32]',
      summary:
        'Latency, traffic, errors and saturation of a service, now and before. Says what it chose and why, and takes a correction.',
      examples: [
        'signals checkout',
        'signals checkout latency=http_request_duration_seconds_bucket',
        'signals axiom checkout',
        'signals grafana Mimir checkout',
      ],
      options: ASKING,
      target: 'any',
      run: (call) => signals(call, 'signals', rows()),
    },
    {
      name: 'red',
      also: [],
      group: 'ask',
      usage:
        'red [axiom | grafana [source]] <service> [env:prod] [since:30m | from:14:10 to:14:40 | around:14:32]',
      summary: 'Rate, errors and duration of a service. A resource is asked for with `use`.',
      examples: ['red checkout'],
      options: ASKING,
      target: 'any',
      run: (call) => signals(call, 'red', rows()),
    },
    {
      name: 'use',
      also: [],
      group: 'ask',
      usage: 'use <resource> [of <service>] [env:prod] [since:30m | from:14:10 to:14:40 | around:14:32]',
      summary: 'Utilization, saturation and errors of a resource: a pool, memory, CPU, a queue.',
      examples: ['use db_pool', 'use memory of checkout'],
      options: ASKING,
      target: 'any',
      run: (call) => use(call, rows()),
    },
  ];
}
