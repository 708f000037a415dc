import type { ClaimFault } from '../../src/domain/claim-faults.ts';
import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { message } from '../fit.ts';
import { notification } from '../headline.ts';
import type { Message } from '../message.ts';
import { bullets, lines, section } from '../rich.ts';
import { bold, plain } from '../text.ts';
import { faultWords } from './claim-fault.ts';

const SHOWN = 8;

/** Private, after a claim is out: what is wrong with the evidence it names. `what` is how the claim is called: `C1`. */
export function claimHints(incident: Incident, what: string, faults: readonly ClaimFault[]): Message {
  const rest = faults.length - SHOWN;
  return message(notification(incident, 'recorded', 'with hints'), [
    lines([section(bold(incidentId(incident.number)), ` ${what} is posted. It would be stronger:`)]),
    bullets(faults.slice(0, SHOWN).map((one) => section(plain('It'), ...faultWords(incident, one)))),
    ...(rest > 0 ? [lines([section(`${rest} more of the same kind.`)])] : []),
  ]);
}
