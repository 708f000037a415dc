import { sentences } from '../claim.ts';
import { RuleViolation } from '../errors.ts';
import type { RecordCommand } from '../investigation/commands.ts';
import { claimAt, sayClaimName } from '../investigation/posted-claims.ts';
import { BUGFIX_PARTS, type BugfixParts } from '../investigation/record.ts';
import { lacking, verified, whyNot } from '../investigation/verify-claim.ts';
import { isPlaceholder, noted } from './hypotheses.ts';
import { type Deciders, mustBeOpen, oneLine } from './rules.ts';

/** What was understood, claimed, and fixed. */
export const RECORDS: Deciders<RecordCommand> = {
  'ask-confirmation': (incident, command) => {
    mustBeOpen(incident);
    const statement = oneLine(command.statement);
    if (isPlaceholder(statement))
      throw new RuleViolation(
        'statement-needed',
        'What shall be confirmed? `confirm payments answers 429 to our retries only`.',
      );
    return [{ type: 'confirmation-asked', statement }];
  },
  'answer-confirmation': (incident, { confirmation, says, correction }, { by }) => {
    const asked = incident.confirmations.find((one) => one.seq === confirmation);
    if (!asked)
      throw new RuleViolation(
        'no-such-question',
        'That question is not there any more. `status` shows where it stands.',
      );
    const words = oneLine(correction ?? '');
    if (says === 'correct-me' && words === '')
      throw new RuleViolation('correction-needed', 'What is right instead? One sentence.');
    const before = asked.answers.find((one) => one.by === by);
    if (before?.says === says && (before.correction ?? '') === words) return [];
    return [
      {
        type: 'confirmation-answered',
        confirmation,
        says,
        ...(says === 'correct-me' && { correction: words }),
      },
    ];
  },
  'record-bugfix': (_incident, { parts }) => {
    const empty = BUGFIX_PARTS.filter(({ name }) => isEmptyPart(name, parts[name]));
    if (empty.length > 0)
      throw new RuleViolation(
        'bugfix-incomplete',
        `A fix report has no empty part. Missing: ${empty.map((one) => one.asks.toLowerCase()).join('; ')}.`,
        [{ label: 'Fill it in', command: 'bugfix' }],
      );
    const clean = Object.fromEntries(BUGFIX_PARTS.map(({ name }) => [name, parts[name].trim()]));
    return [{ type: 'bugfix-recorded', parts: clean as unknown as BugfixParts }];
  },
  claim: (incident, command) => {
    mustBeOpen(incident);
    const text = oneLine(command.text);
    if (isPlaceholder(text) || sentences(text).length === 0)
      throw new RuleViolation(
        'claim-needed',
        'What is claimed, and which evidence shows it? `claim payments answers 429 to 61 % of our calls E5`.',
      );
    const same = incident.claims.find((one) => one.text.toLowerCase() === text.toLowerCase());
    if (same)
      throw new RuleViolation(
        'same-claim',
        `${same.id} says that already, in the thread under the status card. Claim what is new.`,
      );
    return [{ type: 'claimed', claim: `C${incident.claims.length + 1}`, text }];
  },
  'verify-claim': (incident, { seq, field, evidence, pick }) => {
    const posted = claimAt(incident, { seq, ...(field && { field }) });
    if (!posted)
      throw new RuleViolation(
        'no-such-claim',
        'That claim is not there any more. `verify` shows what is unverified.',
        [{ label: 'Unverified', command: 'verify' }],
      );
    const { name, claim } = posted;
    const missing = lacking(claim.text, incident.evidence);
    if (missing === undefined)
      throw new RuleViolation(
        'claim-verified',
        `${sayClaimName(name)} is verified already, by ${claim.evidence.join(', ')}.`,
      );
    const note = noted(incident, evidence);
    const text = verified(claim.text, note, incident.evidence, pick);
    if (text === claim.text) throw new RuleViolation('evidence-too-weak', whyNot(missing, note));
    const update = incident.updates.find((one) => one.seq === seq);
    if (field && update) return [{ type: 'update-fixed', seq, fields: { ...update.fields, [field]: text } }];
    return [{ type: 'claim-verified', seq, evidence: note.id, text }];
  },
};

/** *Unknown* is an answer to who introduced it, where it says what was checked. */
function isEmptyPart(name: string, text: string): boolean {
  return isPlaceholder(text) || (name === 'introduced' && /^unknown\W*$/i.test(text.trim()));
}
