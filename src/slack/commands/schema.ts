import { schemaCard } from '../../../blocks/evidence/schema.ts';
import type { Backend } from '../../backends/backend.ts';
import { BackendError, RuleViolation } from '../../domain/errors.ts';
import { readingOf } from '../call.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { refuseWhereShared } from '../evidence/evidence-place.ts';
import { bareQuery } from '../words/bare-query.ts';
import { answerWith, environmentFor, incidentFor, PATIENCE, windowFor } from './ask.ts';
import { takeTool, wordFor } from './tool-words.ts';

const TIMES = '[env:prod] [since:30m | from:14:10 to:14:40 | around:14:32]';

/** `rows` gives the whole table: a tool is known by the names of the row that asks it. */
export function schemaRows(rows: () => readonly CommandRow[]): readonly CommandRow[] {
  return [
    {
      name: 'schema',
      also: ['fields'],
      group: 'ask',
      usage: `schema [prom|loki|…] <source> ${TIMES}`,
      summary:
        'What a source is made of: the labels of a metric, the fields of a stream, the columns of a dataset.',
      examples: ['schema http_requests_total', 'schema loki {service_name="checkout"}'],
      options: ['env', 'since', 'from', 'to', 'around'],
      target: 'any',
      run: (call) => schema(call, rows()),
    },
    {
      name: 'values',
      also: ['values of'],
      group: 'ask',
      usage: `values [prom|loki|…] <source> <field> ${TIMES}`,
      summary: 'The values of one field of a source, the most frequent first where the product counts them.',
      examples: ['values http_requests_total code', 'values loki {service_name="checkout"} level'],
      options: ['env', 'since', 'from', 'to', 'around'],
      target: 'any',
      run: (call) => values(call, rows()),
    },
  ];
}

async function schema(call: Call, rows: readonly CommandRow[]): Promise<Said> {
  const { row, rest } = takeTool(bareQuery(call.text), rows);
  if (rest === '') throw needed(call, 'Of what?');
  await refuseWhereShared(call);
  const signal = AbortSignal.timeout(PATIENCE);
  const backend = await backendFor(call, { source: rest, tool: row?.asks, ability: 'schema', rows }, signal);
  const window = await windowFor(call, await incidentFor(call));
  const found = await backend.schema?.(rest, window, signal);
  if (!found) throw new TypeError('A backend was chosen for a schema that it does not tell');
  const word = wordFor(backend.tool, rows);
  const message = schemaCard(
    found,
    {
      title: backend.title,
      ...(backend.values && {
        values: {
          before: `values ${word} ${found.source}`,
          after: `env:${backend.deployment}${times(call)}`,
        },
      }),
    },
    await readingOf(call),
  );
  return { kind: call.request.kind === 'slash' ? 'private' : 'thread', message };
}

async function values(call: Call, rows: readonly CommandRow[]): Promise<Said> {
  const { row, rest } = takeTool(bareQuery(call.text), rows);
  const [, source = '', field = ''] = /^([\s\S]*\S)\s+(\S+)$/.exec(rest) ?? [];
  if (source === '' || field === '')
    throw needed(call, rest === '' ? 'Of what?' : `Which field of \`${safe(rest)}\`?`);
  const signal = AbortSignal.timeout(PATIENCE);
  const backend = await backendFor(call, { source, tool: row?.asks, ability: 'values', rows }, signal);
  return answerWith(call, { backend, query: source }, async ({ window }, within) => {
    const answer = await backend.values?.(source, field, window, within);
    if (!answer) throw new TypeError('A backend was chosen for values that it does not tell');
    const about = `the values of \`${safe(field)}\` in \`${safe(source)}\``;
    return { ...answer, warnings: [about, ...answer.warnings] };
  });
}

function times({ options: { since, from, to, around } }: Call): string {
  return [
    since && ` since:${since}`,
    from && ` from:${from}`,
    to && ` to:${to}`,
    around && ` around:${around}`,
  ]
    .filter(Boolean)
    .join('');
}

function needed(call: Call, question: string): RuleViolation {
  return new RuleViolation(
    'source-needed',
    `${question} \`${call.row.usage.replace(/ \[env.*$/, '')}\`; \`discover\` shows what there is.`,
    [{ label: 'Discover', command: 'discover' }],
  );
}

interface Wanted {
  readonly source: string;
  readonly tool: string | undefined;
  readonly ability: 'schema' | 'values';
  readonly rows: readonly CommandRow[];
}

/** Whose source it is: the only one that can be meant, else the one whose discovery has it, else a question. */
async function backendFor(call: Call, wanted: Wanted, signal: AbortSignal): Promise<Backend> {
  const { telemetry } = call.bot.world;
  const { source, tool, ability, rows } = wanted;
  const able = telemetry.backends.filter((one) => one[ability] !== undefined && (!tool || one.tool === tool));
  const env = environmentFor(call);
  const here = able.filter((one) => one.deployment === env);
  // A channel's environment need not exist for every tool; one that was typed must.
  const among = here.length > 0 ? here : call.options.env === undefined ? able : [];
  const [only] = among;
  if (only && among.length === 1 && tool !== undefined) return only;
  if (!only) throw nobody(call, able, rows);
  const { backends, nearest, unsure } = await telemetry.locate(source, among, signal);
  const [found] = backends;
  if (found && backends.length === 1) return found;
  if (found) throw which(call, backends, rows);
  if (among.length === 1) return only;
  const doubt =
    unsure.length === 0
      ? ''
      : ` ${unsure.map(({ title }) => title).join(', ')} could not be discovered whole, so it may be there.`;
  throw new BackendError('unknown-source', `There is no source \`${safe(source)}\`.${doubt}`, {
    nearest: [...new Set(nearest.map(({ name }) => name))],
    nextStep: 'List all with `discover`.',
  });
}

function which(call: Call, backends: readonly Backend[], rows: readonly CommandRow[]): RuleViolation {
  const ways = backends
    .slice(0, 5)
    .map((one) => ({ label: one.title, command: commandFor(call, one, rows) }));
  return new RuleViolation(
    'which-source',
    `Several have it: ${ways.map(({ label }) => label).join(', ')}. Which?`,
    ways,
  );
}

function nobody(call: Call, able: readonly Backend[], rows: readonly CommandRow[]): RuleViolation {
  const ways = able.slice(0, 5).map((one) => ({ label: one.title, command: commandFor(call, one, rows) }));
  return new RuleViolation(
    'which-source',
    ways.length === 0
      ? 'Nothing that is configured tells this. `discover` shows what there is.'
      : `Nothing is called \`env:${call.options.env ?? ''}\`. There is ${ways.map(({ label }) => label).join(', ')}.`,
    ways.length === 0 ? [{ label: 'Discover', command: 'discover' }] : ways,
  );
}

/** The same command of one deployment; every other option stays. */
function commandFor(call: Call, backend: Backend, rows: readonly CommandRow[]): string {
  const { rest } = takeTool(bareQuery(call.text), rows);
  const word = wordFor(backend.tool, rows);
  return `${call.row.name} ${word} ${rest} env:${backend.deployment}${times(call)}`;
}

function safe(text: string): string {
  return text.slice(0, 120).replaceAll('`', "'");
}
