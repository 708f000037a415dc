import type { StaticSelect } from '@slack/types';
import type { ClaimFault } from '../../src/domain/claim-faults.ts';
import type { EvidenceNote } from '../../src/domain/evidence-note.ts';
import { type Incident, incidentId } from '../../src/domain/incident.ts';
import {
  type ClaimPlace,
  type PostedClaim,
  sayClaimName,
} from '../../src/domain/investigation/posted-claims.ts';
import { lacking, picks, whyNot } from '../../src/domain/investigation/verify-claim.ts';
import { sayNumber } from '../../src/domain/say-number.ts';
import { ACTIONS, encodeRef, numbered } from '../action-ids.ts';
import { actions, button, option } from '../controls.ts';
import { brief, message, shorten } from '../fit.ts';
import { notification } from '../headline.ts';
import type { Message, Option, Reading } from '../message.ts';
import { lines, section } from '../rich.ts';
import { bold, notation, plain, words } from '../text.ts';
import { faultWords } from './claim-fault.ts';

/** Slack's limit on a menu. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const OPTIONS = 100;
const LISTED = 10;

/** What a click on *Verify* is about. */
export function verifyValue(
  incident: number,
  { seq, field }: ClaimPlace,
  ...more: readonly (string | number)[]
) {
  return encodeRef({ incident, second: seq, rest: [field ?? '-', ...more].join('/') });
}

/** *Verify*, for one claim; `n` tells several in a row apart. */
export function verifyButton(incident: number, place: ClaimPlace, label = 'Verify', n = 0) {
  return button(numbered(ACTIONS.verifyClaim, n), label, verifyValue(incident, place));
}

/**
 * Private: the numbers of one evidence to pick from, and the other evidence; before them, what is wrong with the evidence that
 * is named. Says what to do where there is none.
 */
export function verifyMessage(
  incident: Incident,
  posted: PostedClaim,
  note: EvidenceNote | undefined,
  reading: Reading,
  faults: readonly ClaimFault[] = [],
): Message {
  const id = incidentId(incident.number);
  const name = sayClaimName(posted.name);
  const sentence = lacking(posted.claim.text, incident.evidence) ?? posted.claim.text;
  const said = notification(incident, 'unverified', posted.claim.text);
  const head = section(
    bold(id),
    ' ',
    notation(name, reading),
    ' is unverified: ',
    words(`“${shorten(sentence.replace(/[.;]\s*$/, ''), 800)}”`, reading),
  );
  const wrong = faults.slice(0, LISTED).map((one) => section('It', ...faultWords(incident, one)));
  if (!note)
    return message(said, [
      lines([
        head,
        ...wrong,
        section(...notation(`${id} has no evidence yet. Ask something first: \`prom …\`.`, reading)),
      ]),
    ]);
  const numbers = menu(
    0,
    'Pick the number',
    picks(sentence, note).map(({ of, which, value, index }) =>
      option(
        `${brief(of, 45)} · ${which === 'row' ? '' : `${which} `}${sayNumber(value)}`,
        verifyValue(incident.number, posted, note.id, index),
      ),
    ),
  );
  const others = menu(
    1,
    'Other evidence',
    incident.evidence
      .filter((one) => one.id !== note.id)
      .toReversed()
      .map((one) =>
        option(`${one.id} · ${brief(one.query, 60)}`, verifyValue(incident.number, posted, one.id)),
      ),
  );
  const ask = numbers
    ? section(`Which number of ${note.id} shows it?`)
    : section(plain(shorten(whyNot(sentence, note), 1_200)));
  const menus = [numbers, others].filter((one) => one !== undefined);
  return message(said, [lines([head, ...wrong, ask]), ...(menus.length > 0 ? [actions(...menus)] : [])]);
}

/** Private: every claim that nothing stands behind, newest first. */
export function unverifiedList(incident: Incident, open: readonly PostedClaim[], reading: Reading): Message {
  const id = incidentId(incident.number);
  const shown = open.slice(0, LISTED);
  if (shown.length === 0)
    return message(notification(incident, 'nothing is unverified'), [
      lines([section(bold(id), ' Every claim that was posted names evidence that shows it.')]),
    ]);
  return message(notification(incident, `${open.length} unverified`), [
    lines([
      section(
        bold(id),
        open.length > LISTED ? ` ${open.length} claims are unverified; the newest:` : ' Unverified:',
      ),
      ...shown.map((one) =>
        section(notation(sayClaimName(one.name), reading), ': ', words(brief(one.claim.text, 200), reading)),
      ),
    ]),
    actions(...shown.map((one, n) => verifyButton(incident.number, one, `Verify ${one.name}`, n))),
  ]);
}

function menu(n: number, placeholder: string, options: readonly Option[]): StaticSelect | undefined {
  return options.length === 0
    ? undefined
    : {
        type: 'static_select',
        action_id: numbered(ACTIONS.verifyClaim, n),
        placeholder: { type: 'plain_text', text: placeholder, emoji: false },
        options: options.slice(0, OPTIONS),
      };
}
