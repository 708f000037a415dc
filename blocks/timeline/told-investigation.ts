import type { InvestigationEvent } from '../../src/domain/investigation/events.ts';
import { BUGFIX_PARTS } from '../../src/domain/investigation/record.ts';
import { changeLabel } from '../../src/domain/investigation/seen-change.ts';
import { brief } from '../fit.ts';
import type { Reading } from '../message.ts';
import { nameOf } from '../text.ts';
import type { Told } from './told.ts';

const JUDGED = { held: 'as expected', killed: 'proved it wrong', unclear: 'unclear' } as const;

/** What one event of the investigation says on the timeline. */
export function toldInvestigation(event: InvestigationEvent, reading: Reading): Told {
  switch (event.type) {
    case 'hypothesis-stated':
      return {
        says: `stated ${event.hypothesis}`,
        parts: [{ text: event.statement }, { label: 'Would be wrong if', text: event.disproof }],
      };
    case 'disproof-set':
      return {
        says: `changed what would disprove ${event.hypothesis}`,
        parts: [{ text: event.disproof }, { label: 'Before', text: event.was }],
      };
    case 'test-planned':
      return { says: `test of ${event.hypothesis} expects`, parts: [{ text: event.expected }] };
    case 'test-run':
      return { says: `${event.evidence} tests ${event.hypothesis}` };
    case 'evidence-attached':
      return {
        says: `${event.evidence} ${{ for: 'supports', against: 'contradicts', tests: 'bears on' }[event.side]} ${event.hypothesis}`,
      };
    case 'hypothesis-judged':
      return {
        says: `${event.hypothesis} ${event.state}`,
        ...(event.outcome && { parts: [{ text: `its test ended: ${JUDGED[event.outcome]}` }] }),
      };
    case 'resolution-proposed':
      return {
        says: 'proposed as resolved',
        ...(event.text !== undefined && { parts: [{ text: event.text, claim: true }] }),
      };
    case 'questions-answered':
      return {
        says: 'answered the five questions',
        parts: event.answers.map((one) => ({
          label: one.question,
          text: one.says === 'yes' ? one.evidence : one.says === 'no' ? 'no' : 'not sure',
        })),
      };
    case 'judge-asked':
      return {
        says:
          event.to === undefined
            ? 'nobody who may judge was found'
            : `asked ${nameOf(event.to, reading)} to judge`,
      };
    case 'judged':
      return {
        says: 'judged the conclusion',
        parts: event.verdicts.map((one) => ({
          label: one.check,
          text: `${one.solid ? 'solid' : 'gap'}: ${one.because}`,
        })),
      };
    case 'conclusion-returned':
      return {
        says:
          event.why === 'unanswered'
            ? 'the five questions were not answered'
            : event.why === 'withdrawn'
              ? 'took the proposed end back'
              : 'the conclusion needs more',
        ...(event.missing.length > 0 && { parts: event.missing.map((text) => ({ text })) }),
      };
    case 'concluded':
      return {
        says: [
          event.to === undefined
            ? `concluded as ${event.as}`
            : `concluded as ${event.as}, to ${nameOf(event.to, reading)}`,
          ...(event.lookAt === undefined ? [] : [', looked at again ', event.lookAt]),
        ],
        ...(event.text !== undefined && { parts: [{ text: event.text, claim: event.as === 'monitoring' }] }),
      };
    case 'triaged':
      return {
        says: 'looked at what may have changed',
        parts: event.answers.map((one) => ({
          label: one.question,
          text: `${one.says === 'unknown' ? 'could not tell' : one.says}: ${one.text}`,
        })),
      };
    case 'change-seen':
      return {
        says: [`${event.change.kind} seen by ${brief(event.change.source, 80)} at `, event.change.at],
        parts: [{ text: changeLabel(event.change) }],
        ...(event.change.url !== undefined && { url: event.change.url }),
      };
    case 'mitigation-started':
      return {
        says: 'announced a mitigation',
        parts: [
          {
            text: `${event.kind} ${event.target.service ?? ''} ${event.target.version ?? event.target.flag ?? ''}`.trim(),
          },
        ],
      };
    case 'guard-muted':
      return { says: `muted the guard ${event.guard}` };
    case 'guard-unmuted':
      return { says: `unmuted the guard ${event.guard}` };
    case 'confirmation-asked':
      return { says: 'asked whether that is right', parts: [{ text: event.statement }] };
    case 'confirmation-answered':
      return {
        says: event.says === 'yes' ? 'says it is right' : 'says it is not right',
        ...(event.correction !== undefined && { parts: [{ text: event.correction }] }),
      };
    case 'claimed':
      return { says: `claimed ${event.claim}`, parts: [{ text: event.text, claim: true }] };
    case 'claim-verified':
      return { says: `${event.evidence} shows a claim`, parts: [{ text: event.text, claim: true }] };
    case 'bugfix-recorded':
      return {
        says: 'recorded a fix',
        parts: BUGFIX_PARTS.map(({ name }) => ({ label: name, text: event.parts[name] })),
      };
  }
}
