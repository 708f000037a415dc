import { fixed } from '../../../blocks/fixed.ts';
import { type HelpRow, helpFor, helpMessage } from '../../../blocks/help.ts';
import { type IncidentSummary, summaryOf } from '../../../blocks/incident-line.ts';
import { listMessage } from '../../../blocks/list.ts';
import type { Message, Reading } from '../../../blocks/message.ts';
import { statusMessage } from '../../../blocks/status.ts';
import { timelineMessage } from '../../../blocks/timeline.ts';
import { findIncident } from '../../flows/incident-of.ts';
import { readingOf } from '../call.ts';
import type { CommandRow, Said } from '../command-row.ts';
import { linkedReading } from '../linked-reading.ts';
import { nearestRows } from '../parse-command.ts';
import { maySee, targetOf } from '../target.ts';
import { waitingFor } from '../waiting.ts';

/** Looking without changing anything. `table` is the whole table, for help. */
export function lookRows(table: () => readonly CommandRow[]): readonly CommandRow[] {
  const drawn = new Map<CommandRow | undefined, Message>();
  /** Says the same to everybody, so it is drawn once. */
  const help = (row: CommandRow | undefined): Message => {
    const message =
      drawn.get(row) ??
      fixed(row ? helpFor(helpRow(row), NOBODY) : helpMessage(table().map(helpRow), NOBODY));
    drawn.set(row, message);
    return message;
  };
  return [
    {
      name: 'status',
      also: ['where are we', 'summary', 'card'],
      group: 'incident',
      usage: 'status [INC-42]',
      summary: 'Where it stands, when the next update is due, and what waits for you.',
      examples: ['status', 'INC-42 status'],
      options: [],
      target: 'any',
      looks: true,
      run: async (call) => {
        const incident = await targetOf(call);
        const waiting = await waitingFor(call);
        const reading = await readingOf(call, incident);
        return quiet(
          call.request.kind,
          statusMessage(
            incident,
            waiting.filter((one) => one.incident === incident.number),
            reading,
          ),
        );
      },
    },
    {
      name: 'list',
      also: ['ls', 'open incidents', 'incidents'],
      group: 'incident',
      usage: 'list [all]',
      summary: 'The open incidents, and when each one speaks next.',
      examples: ['list', 'list all'],
      options: [],
      target: 'none',
      run: async (call) => {
        const all = /^all\b/i.test(call.text);
        const rows = await call.bot.world.store.list(call.request.team, {
          ...(all ? {} : { open: true }),
          limit: 50,
        });
        const incidents: IncidentSummary[] = [];
        for (const { ref } of rows) {
          const incident = await findIncident(call.bot.world.store, ref);
          if (incident && (await maySee(call, incident))) incidents.push(summaryOf(incident));
        }
        const reading = await readingOf(
          call,
          undefined,
          incidents.map((one) => one.lead),
        );
        return quiet(call.request.kind, listMessage(incidents, reading));
      },
    },
    {
      name: 'timeline',
      also: ['history', 'log show'],
      group: 'incident',
      usage: 'timeline [INC-42]',
      summary: 'Everything that happened, each line with its message or query.',
      examples: ['timeline'],
      options: [],
      target: 'any',
      looks: true,
      run: async (call) => {
        const incident = await targetOf(call);
        return quiet(call.request.kind, timelineMessage(incident, await linkedReading(call, incident)));
      },
    },
    {
      name: 'help',
      also: ['?', 'commands', 'hi', 'hello'],
      group: 'steady',
      usage: 'help [command]',
      summary: 'This list, or one command in full.',
      examples: ['help', 'help update'],
      options: [],
      target: 'none',
      run: async (call) => {
        const word = call.text.toLowerCase();
        const row =
          word === ''
            ? undefined
            : (table().find((one) => one.name === word || one.also.includes(word)) ??
              nearestRows(word, table())[0]);
        return { kind: 'private', message: help(row) };
      },
    },
  ];
}

/** Help names nobody and no moment. */
const NOBODY: Reading = { now: 0, name: (person) => person };

/** Asked in the channel, it is for all to see in the thread; asked by slash, for the asker. */
function quiet(kind: string, message: Extract<Said, { kind: 'thread' }>['message']): Said {
  return { kind: kind === 'slash' ? 'private' : 'thread', message };
}

const HEADINGS: Readonly<Record<CommandRow['group'], string>> = {
  incident: 'The incident',
  talk: 'Talk to the channel',
  people: 'Who does what',
  ask: 'Ask the telemetry',
  investigate: 'Find the cause',
  know: 'What is known',
  steady: 'Steady',
};

function helpRow({ name, usage, summary, group, also, examples }: CommandRow): HelpRow {
  return { name, usage, does: summary, group: HEADINGS[group], synonyms: also, examples };
}
