import { type Discovery, type Matched, matched } from '../backend.ts';
import { type Place, pointAt, undiscovered, unknownNames } from '../unknown-names.ts';
import { readMatchers } from './matchers.ts';

/**
 * See `Backend.match`. Receivers are what Alertmanager has by its configuration, so an unknown one is refused. An alert that it
 * does not hold is not unknown: that it is not there is the answer, and only a likely slip is pointed at.
 */
export function matchAlerts(query: string, discovery: Discovery, place: Place): Matched {
  const selection = readMatchers(query);
  if (!selection) return matched(query, 'this query could not be parsed here, so the server decides');
  const { matchers, receiver } = selection;
  if (receiver?.op === '=') {
    const receivers = discovery.lists.find((list) => list.kind === 'receivers');
    if (!receivers) throw undiscovered('receivers', discovery, place);
    if (!receivers.names.includes(receiver.value))
      throw unknownNames('receiver', [receiver.value], receivers.names, place);
  }
  const alerts = discovery.lists.find((list) => list.kind === 'alerts');
  const hints = matchers
    .filter(({ label, op, value }) => label === 'alertname' && op === '=' && !alerts?.names.includes(value))
    .map(({ value }) => pointAt('alert', value, alerts?.names ?? []));
  return matched(query, undefined, alerts ? hints : []);
}
