import { doneLine } from '../../../blocks/done.ts';
import type { Command } from '../../domain/command.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { type Incident, incidentId, parseIncidentId, type Severity } from '../../domain/incident.ts';
import { resolveTime } from '../../domain/window.ts';
import { act } from '../../flows/act.ts';
import { findIncident } from '../../flows/incident-of.ts';
import { mergeIncident } from '../../flows/merge.ts';
import { safeUrl } from '../../safety/text.ts';
import { askerOf, readingOf } from '../call.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { maySee, targetOf } from '../target.ts';

const SEVERITY_WORDS: Readonly<Record<string, Severity>> = {
  ...Object.fromEntries(
    [1, 2, 3, 4].flatMap((n) =>
      ['p', 's', 'sev', 'sev-'].map((word) => [`${word}${n}`, `P${n}` as Severity]),
    ),
  ),
  critical: 'P1',
  major: 'P2',
  minor: 'P3',
};

/** SEV1, S1, critical and P1 are one. */
export function readSeverity(word: string): Severity | undefined {
  return SEVERITY_WORDS[word.toLowerCase().replace(/[:,.]$/, '')];
}

/** Does one thing and says in the thread what it was. */
async function say(
  call: Call,
  incident: Incident,
  command: Command,
  line: (after: Incident) => string,
): Promise<Said> {
  const { after } = await act(call.bot.world, incident, command, askerOf(call.request));
  return { kind: 'thread', message: doneLine(after, line(after), await readingOf(call, after)) };
}

/** What is known about the incident itself. */
export const FACTS: readonly CommandRow[] = [
  {
    name: 'severity',
    also: ['sev', ...Object.keys(SEVERITY_WORDS)],
    keeps: Object.keys(SEVERITY_WORDS),
    group: 'incident',
    usage: 'severity P1|P2|P3|P4',
    summary: 'How bad it is. A worse one may bring the next update forward.',
    examples: ['severity P2', 'sev1'],
    options: [],
    target: 'open',
    run: async (call) => {
      const [word = '', ...more] = call.text.split(/\s+/);
      const severity = readSeverity(word);
      // `major outage in EU` is prose: only a short form may be followed by more words.
      if (severity === undefined || (more.length > 0 && !/\d/.test(word)))
        throw new RuleViolation(
          'severity-word',
          'How bad is it?',
          (['P1', 'P2', 'P3', 'P4'] as const).map((one) => ({ label: one, command: `severity ${one}` })),
        );
      const incident = await targetOf(call);
      return say(
        call,
        incident,
        { type: 'severity', severity },
        () => `is ${severity} now, was ${incident.severity}.`,
      );
    },
  },
  {
    name: 'title',
    also: ['rename', 'retitle'],
    group: 'incident',
    usage: 'title <new title>',
    summary: 'Call it what it is.',
    examples: ['title payments refuses checkout'],
    options: [],
    target: 'open',
    run: async (call) =>
      say(
        call,
        await targetOf(call),
        { type: 'title', title: call.text },
        (after) => `is called “${after.title}” now.`,
      ),
  },
  {
    name: 'service',
    also: [],
    group: 'incident',
    usage: 'service <name>',
    summary: 'Which service it is about.',
    examples: ['service checkout'],
    options: [],
    target: 'open',
    run: async (call) => {
      if (call.text === '') throw new RuleViolation('service-needed', 'Which service? `service checkout`.');
      return say(
        call,
        await targetOf(call),
        { type: 'service', service: call.text },
        (after) => `is about \`${after.service}\`.`,
      );
    },
  },
  {
    name: 'link',
    also: ['dashboard'],
    group: 'incident',
    usage: 'link <https://…>',
    summary: 'The dashboard people should look at; it goes on the card.',
    examples: ['link https://grafana.example.com/d/checkout'],
    options: [],
    target: 'open',
    run: async (call) => {
      const address = safeUrl(call.text.trim());
      if (address === undefined)
        throw new RuleViolation(
          'link-needed',
          'Which dashboard? `link https://grafana.example.com/d/checkout` (http or https, no password in it).',
        );
      return say(
        call,
        await targetOf(call),
        { type: 'link', link: address.url },
        () => `its dashboard is on ${address.host}; the card links to it.`,
      );
    },
  },
  {
    name: 'started',
    also: ['start time', 'began'],
    group: 'incident',
    usage: 'started 14:02',
    summary: 'When customers began to hurt.',
    examples: ['started 13:58', 'started 2026-11-23T13:58Z'],
    options: [],
    target: 'any',
    run: async (call) => {
      if (call.text === '') throw new RuleViolation('time-needed', 'Since when? `started 13:58`.');
      const zone = await call.bot.directory.zone(call.request.team, call.request.by);
      const at = resolveTime(call.text.replace(/^at\s+/i, ''), { now: call.bot.world.clock.now(), zone });
      const time = new Date(at).toISOString().slice(11, 16);
      return say(
        call,
        await targetOf(call),
        { type: 'started', at },
        () => `has hurt customers since ${time} UTC.`,
      );
    },
  },
  {
    name: 'merge',
    also: ['duplicate', 'duplicate of', 'merge into'],
    group: 'incident',
    usage: 'merge [INC-42] INC-41',
    summary: 'This incident is part of another; its reminders stop, both timelines say so.',
    examples: ['merge INC-41'],
    options: [],
    target: 'open',
    run: async (call) => {
      const into = parseIncidentId(call.text.replace(/^(?:into|with)\s+/i, ''));
      if (into === undefined)
        throw new RuleViolation('merge-into', 'Into which one? `merge INC-41`.', [
          { label: 'List', command: 'list' },
        ]);
      const incident = await targetOf(call);
      const target = await findIncident(call.bot.world.store, { team: call.request.team, number: into });
      if (!target || !(await maySee(call, target)))
        throw new RuleViolation('no-such-incident', `There is no ${incidentId(into)} that you can see.`);
      await mergeIncident(call.bot.world, incident, into, askerOf(call.request));
      return { kind: 'posted' };
    },
  },
];
