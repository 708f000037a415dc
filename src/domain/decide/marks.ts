import type { MarkCommand } from '../command.ts';
import type { Incident, MessageRef } from '../incident.ts';
import type { Deciders } from './rules.ts';

/** What people marked and what was asked. */
export const MARKS: Deciders<MarkCommand> = {
  'add-entry': (incident, command) => {
    const known = incident.entries.some(
      (one) => one.message.channel === command.message.channel && one.message.ts === command.message.ts,
    );
    const { type: _type, ...entry } = command;
    return known ? [] : [{ type: 'entry-added', ...entry }];
  },
  'edit-entry': (incident, command) =>
    entryOf(incident, command.message)?.text === command.text || !entryOf(incident, command.message)
      ? []
      : [{ type: 'entry-edited', message: command.message, text: command.text }],
  'remove-entry': (incident, command) =>
    entryOf(incident, command.message)
      ? [{ type: 'entry-removed', message: command.message, why: command.why }]
      : [],
  'record-evidence': (incident, command) => {
    const evidence = command.evidence(`E${incident.evidence.length + 1}`);
    const { hypothesis, number: test } = command.test ?? {};
    const planned = incident.hypotheses
      .find((one) => one.id === hypothesis)
      ?.tests.some((one) => one.number === test && one.evidence === undefined);
    return [
      { type: 'evidence-recorded', evidence },
      ...(planned && hypothesis !== undefined && test !== undefined
        ? [{ type: 'test-run', hypothesis, test, evidence: evidence.id } as const]
        : []),
    ];
  },
};

function entryOf(incident: Incident, message: MessageRef) {
  return incident.entries.find(
    (one) => one.message.channel === message.channel && one.message.ts === message.ts,
  );
}
