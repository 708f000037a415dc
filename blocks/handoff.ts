import { type Incident, incidentId, type Recorded } from '../src/domain/incident.ts';
import { ACTIONS, encodeRef } from './action-ids.ts';
import { actions, button } from './controls.ts';
import { message } from './fit.ts';
import { notification, titleLine } from './headline.ts';
import { openTestBlocks } from './investigation/open-tests.ts';
import type { Message, Reading } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, mention, nameOf, plain } from './text.ts';

type Offer = NonNullable<Incident['offer']>;

/** Asks the person who is to take a role. Until they accept, nothing has changed hands, and the message says so. */
export function handoffOffer(incident: Incident, offer: Offer, reading: Reading): Message {
  const value = encodeRef({ incident: incident.number, second: offer.seq });
  const from = nameOf(offer.from, reading);
  const live = /^[UW][A-Z0-9]{1,30}$/.test(offer.to) ? ` <@${offer.to}>` : '';
  return message(`${notification(incident, `${from} offers you ${offer.role}`)}${live}`, [
    lines([
      section(
        mention(offer.to),
        plain(` ${from} asks: you are the ${offer.role} of `),
        bold(titleLine(incident)),
        ' from now on, is that right?',
      ),
      section(plain(`Until you accept, ${nameOf(incident[offer.role] ?? offer.from, reading)} keeps it.`)),
    ]),
    ...(offer.role === 'lead' ? openTestBlocks(incident, reading) : []),
    actions(
      button(ACTIONS.acceptOffer, `Yes, I am ${offer.role}`, value, 'primary'),
      button(ACTIONS.declineOffer, 'Decline', value),
    ),
  ]);
}

/** What the offer becomes once it is settled, and what the thread hears. Made from lead-changed, role-given or handoff-declined. */
export function handoffDone(incident: Incident, recorded: Recorded, reading: Reading): Message {
  const { event } = recorded;
  const id = incidentId(incident.number);
  const by = nameOf(event.by, reading);
  const said =
    event.type === 'lead-changed'
      ? `${nameOf(event.lead, reading)} leads ${id} now; ${nameOf(event.was, reading)} handed over.`
      : event.type === 'role-given'
        ? `${nameOf(event.person, reading)} is ${event.role} of ${id} now.`
        : event.type === 'handoff-declined'
          ? `${by} declined ${event.role} of ${id}; nothing changed hands.`
          : `That hand-off of ${id} is settled.`;
  return message(notification(incident, said), [lines([section(plain(said))])]);
}
