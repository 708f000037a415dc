import { claims } from '../../src/domain/claim.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Claimed } from '../../src/domain/investigation/claimed.ts';
import { actions } from '../controls.ts';
import { message } from '../fit.ts';
import { notification, sayClaim } from '../headline.ts';
import type { Message, Reading, TextFile } from '../message.ts';
import { lines, section } from '../rich.ts';
import { bold, nameOf, plain } from '../text.ts';
import { claimText } from './claim.ts';
import { verifyButton } from './verify.ts';

/** One claim under the status card: its evidence as links, or the label. */
export function claimCard(incident: Incident, claimed: Claimed, reading: Reading): Message {
  const files: TextFile[] = [];
  const { id, text, by } = claimed;
  const claim = claims(text, incident.evidence);
  const whole = { name: `inc-${incident.number}-${id.toLowerCase()}.txt`, title: id, files };
  return message(
    notification(incident, id, sayClaim(claim)),
    [
      lines([
        section(
          bold(`${id} `),
          claimText(claim, incident.evidence, reading, whole),
          plain(` · by ${nameOf(by, reading)}`),
        ),
      ]),
      ...(claim.verified ? [] : [actions(verifyButton(incident.number, claimed))]),
    ],
    files,
  );
}
