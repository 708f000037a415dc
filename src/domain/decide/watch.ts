import type { WatchCommand } from '../command.ts';
import { isOpen } from '../incident.ts';
import type { Deciders } from './rules.ts';

/** What Steady itself notices. */
export const WATCH: Deciders<WatchCommand> = {
  nudge: (incident, command) => {
    const { type: _type, ...nudge } = command;
    const current = incident.promise?.number === command.promise && isOpen(incident);
    const climbed = incident.promise?.climbed.some((one) => one.rung === command.rung) ?? false;
    return current && !climbed ? [{ type: 'nudged', ...nudge }] : [];
  },
  unreachable: (incident, command) => {
    const { promise } = incident;
    const known = promise?.unreachable.some((one) => one.person === command.person) ?? false;
    if (!promise || promise.number !== command.promise || known) return [];
    return [{ type: 'unreachable', promise: command.promise, person: command.person, why: command.why }];
  },
  'lose-channel': (incident, command) =>
    incident.channelLost === undefined ? [{ type: 'channel-lost', why: command.why }] : [],
  'regain-channel': (incident) => (incident.channelLost === undefined ? [] : [{ type: 'channel-back' }]),
  'share-channel': (incident) => (incident.shared ? [] : [{ type: 'channel-shared' }]),
};
