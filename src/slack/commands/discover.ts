import { discoveryCard } from '../../../blocks/discovery.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { HOUR } from '../../domain/time.ts';
import { chooseBackend } from '../../flows/ask.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { refuseWhereShared } from '../evidence-place.ts';
import { environmentFor, PATIENCE, withEnvironment } from './ask.ts';

/** `rows` gives the whole table: a tool is known by the names of the row that asks it. */
export function discoverRows(rows: () => readonly CommandRow[]): readonly CommandRow[] {
  return [
    {
      name: 'discover',
      also: ['sources', 'what is there'],
      group: 'ask',
      usage: 'discover [prom|loki|alerts] [metrics|jobs|labels|streams|…] [part of a name] [env:prod]',
      summary: 'What there is to ask: metrics, labels, streams, receivers.',
      examples: ['discover', 'discover prom metrics http_', 'discover loki streams checkout'],
      options: ['env'],
      target: 'none',
      run: (call) => discover(call, rows()),
    },
  ];
}

function rowNamed(word: string, rows: readonly CommandRow[]): CommandRow | undefined {
  const typed = word.toLowerCase();
  return rows.find((row) => row.asks !== undefined && (row.name === typed || row.also.includes(typed)));
}

/** The tool that is meant where none is named: the only one that is configured. */
function onlyRow(call: Call, rows: readonly CommandRow[]): CommandRow | undefined {
  const tools = new Set(call.bot.world.telemetry.backends.map((one) => one.tool));
  const asking = rows.filter(({ asks }) => asks !== undefined && (tools.size === 0 || tools.has(asks)));
  if (tools.size <= 1) return asking[0];
  const ways = asking.map(({ name }) => ({ label: name, command: `discover ${name} ${call.text}`.trim() }));
  throw new RuleViolation(
    'which-tool',
    `Discover what? ${ways.map(({ command }) => `\`${command}\``).join(', ')}`,
    ways,
  );
}

async function discover(call: Call, rows: readonly CommandRow[]): Promise<Said> {
  const { telemetry, clock } = call.bot.world;
  const [first = '', ...more] = call.text.split(/\s+/);
  const named = rowNamed(first, rows);
  const [kind, filter] = named ? more : [first, ...more];
  const row = named ?? onlyRow(call, rows);
  const command = `discover ${row?.name ?? 'prom'}`;
  const again = (env: string) => withEnvironment(call, env);
  const backend = chooseBackend(telemetry, row?.asks ?? 'prometheus', environmentFor(call), again);
  await refuseWhereShared(call);
  const signal = AbortSignal.timeout(PATIENCE);
  // Asked without a name it looks anew; a look into a list uses what is known.
  const discovery =
    kind === undefined || kind === ''
      ? await telemetry.rediscover(backend, signal)
      : await telemetry.discovery(backend, signal);
  const kinds = discovery.lists.map((one) => one.kind);
  if (kind !== undefined && kind !== '' && !kinds.includes(kind)) {
    throw new RuleViolation(
      'unknown-kind',
      `${backend.title} has ${kinds.map((one) => `\`${one}\``).join(', ')}.`,
      kinds.map((one) => ({ label: one, command: `${command} ${one} ${kind}`.trim() })),
    );
  }
  const message = discoveryCard(discovery, {
    title: backend.title,
    age: Math.min(HOUR * 24, Math.max(0, clock.now() - discovery.at)),
    command,
    ...(kind !== undefined && kind !== '' && { kind }),
    ...(filter !== undefined && { filter }),
  });
  return { kind: call.request.kind === 'slash' ? 'private' : 'thread', message };
}
