import { fixed } from '../../../blocks/fixed.ts';
import { type HelpRow, helpFor, helpList, helpMessage } from '../../../blocks/help.ts';
import { type IncidentSummary, summaryOf } from '../../../blocks/incident-line.ts';
import { listMessage } from '../../../blocks/list.ts';
import type { Message, Reading } from '../../../blocks/message.ts';
import { statusMessage } from '../../../blocks/status.ts';
import { timelineMessage } from '../../../blocks/timeline/timeline.ts';
import { findIncident } from '../../flows/incident-of.ts';
import { readingOf } from '../call.ts';
import type { CommandRow, Said } from '../command-row.ts';
import { isEvidenceHidden } from '../evidence/shared-evidence.ts';
import { linkedReading } from '../linked-reading.ts';
import { maySee, targetOf } from '../target.ts';
import { waitingFor } from '../waiting.ts';
import { nearestRows } from '../words/parse-command.ts';

/** Looking without changing anything. `table` is the whole table, for help. */
export function lookRows(table: () => readonly CommandRow[]): readonly CommandRow[] {
  const drawn = new Map<string, Message>();
  /** Says the same to everybody, so it is drawn once. */
  const help = (about: string): Message => {
    const message = drawn.get(about) ?? fixed(helpAbout(about, table()));
    drawn.set(about, message);
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
            { evidenceHidden: isEvidenceHidden(call.bot.rules, incident) },
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
      usage: 'help [command | incident|talk|people|ask|investigate|know | all]',
      summary: 'What there is, one command in full, or how everything of a kind is written.',
      examples: ['help', 'help update', 'help ask', 'help all'],
      options: [],
      target: 'none',
      run: async (call) => {
        return { kind: 'private', message: help(topicOf(call.text.toLowerCase(), table())) };
      },
    },
  ];
}

/** What help is asked about: everything, one kind of commands, or one command, by any of its names or the nearest to what was typed. */
function topicOf(word: string, table: readonly CommandRow[]): string {
  const row = table.find((one) => one.name === word || one.also.includes(word));
  if (row) return row.name;
  if (word === '' || word === EVERYTHING || word in HEADINGS) return word;
  return nearestRows(word, table)[0]?.name ?? '';
}

function helpAbout(topic: string, table: readonly CommandRow[]): Message {
  const row = table.find(({ name }) => name === topic);
  if (row) return helpFor(helpRow(row), NOBODY);
  const rows = table.map(helpRow);
  // How help itself is asked is said below the list.
  if (topic === '')
    return helpMessage(
      rows.filter(({ group }) => group.word !== 'steady'),
      NOBODY,
    );
  return helpList(
    rows.filter(({ group }) => topic === EVERYTHING || group.word === topic),
    NOBODY,
  );
}

const EVERYTHING = 'all';

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

function helpRow({ name, usage, summary, group, also, examples, first }: CommandRow): HelpRow {
  const about = { word: group, title: HEADINGS[group] };
  return {
    name,
    usage,
    does: summary,
    group: about,
    synonyms: also,
    examples,
    ...(first !== undefined && { first }),
  };
}
