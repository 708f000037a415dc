import { RuleViolation } from '../../domain/errors.ts';
import { chooseBackend } from '../../flows/ask.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { bareQuery } from '../words/bare-query.ts';
import { answerWith, environmentFor, withEnvironment } from './ask.ts';
import { takeTool, wordFor } from './tool-words.ts';

/** `rows` gives the whole table: a tool is known by the names of the row that asks it. */
export function apiRows(rows: () => readonly CommandRow[]): readonly CommandRow[] {
  return [
    {
      name: 'api',
      also: [],
      group: 'ask',
      usage: 'api <prom|loki|alerts|…> GET <path> [env:prod]',
      summary: 'Reads one path of a tool’s API that no command covers, from an allow-list.',
      examples: ['api prom GET /api/v1/targets?state=active', 'api alerts GET /api/v2/receivers'],
      options: ['env'],
      target: 'any',
      run: (call) => api(call, rows()),
    },
  ];
}

async function api(call: Call, rows: readonly CommandRow[]): Promise<Said> {
  const { telemetry } = call.bot.world;
  const { row, rest } = takeTool(bareQuery(call.text), rows);
  const readers = telemetry.backends.filter((one) => one.get);
  if (!row?.asks) throw whichTool(call, [...new Set(readers.map(({ tool }) => wordFor(tool, rows)))]);
  const [, verb = '', path = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
  const backend = chooseBackend(telemetry, row.asks, environmentFor(call), (env) =>
    withEnvironment(call, env),
  );
  const { readable = [], title, get } = backend;
  if (!get)
    throw new RuleViolation('no-api', `${title} has no paths that may be read so. \`${row.usage}\` asks it.`);
  if (verb.toUpperCase() !== 'GET' || path === '')
    throw new RuleViolation(
      'only-get',
      `${verb === '' || /^get$/i.test(verb) ? 'Which path?' : `\`${verb.slice(0, 20).replaceAll('`', "'")}\` is not sent: Steady only reads.`} ${title} may be asked for ${readable
        .slice(0, 12)
        .map((one) => `\`GET ${one}\``)
        .join(', ')}.`,
    );
  return answerWith(call, { backend, query: `GET ${path}` }, ({ window }, signal) =>
    get(path, window, signal),
  );
}

function whichTool(call: Call, words: readonly string[]): RuleViolation {
  const rest = call.text.replace(/^\S+\s*(?=GET\b)/i, '');
  const ways = words.map((word) => ({ label: word, command: `api ${word} ${rest}`.trim() }));
  return new RuleViolation(
    'which-tool',
    words.length === 0
      ? 'Nothing that is configured can be read by its path.'
      : `Which tool? ${ways.map(({ command }) => `\`${command.slice(0, 80).replaceAll('`', "'")}\``).join(', ')}`,
    ways,
  );
}
