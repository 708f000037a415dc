import { linkOf } from '../../src/domain/evidence-note.ts';
import { incidentId, type Recorded, type Rung } from '../../src/domain/incident.ts';
import { partNamed } from '../../src/domain/postmortem/parts.ts';
import { type Instant, MINUTE } from '../../src/domain/time.ts';
import type { UpdateFields } from '../../src/domain/update.ts';
import { brief } from '../fit.ts';
import { sayReview } from '../investigation/conclusion.ts';
import type { Reading } from '../message.ts';
import { nameOf } from '../text.ts';
import { toldAction } from './told-action.ts';
import { toldDistillation } from './told-distillation.ts';
import { toldInvestigation } from './told-investigation.ts';
import { toldKnowledge } from './told-knowledge.ts';

/** One event as the timeline tells it. */
export interface Told {
  /** In words of ours; a moment stands in it as such, because each reader has a zone of their own. */
  readonly says: string | readonly (string | Instant)[];
  /** What people said or asked. */
  readonly parts?: readonly Part[];
  readonly url?: string;
}

export interface Part {
  readonly label?: string;
  readonly text: string;
  /** A claim carries its links or its label here as well. */
  readonly claim?: boolean;
}

/** What one event says on the timeline: words of ours, then people's, then a link. */
export function told(recorded: Recorded, reading: Reading): Told {
  const { at, event } = recorded;
  const who = (id: string) => nameOf(id, reading);
  switch (event.type) {
    case 'declared':
      return { says: `declared ${event.severity}`, ...quote(event.title) };
    case 'updated':
      return { says: 'update', parts: fieldParts(event.fields) };
    case 'update-fixed':
      return { says: 'corrected an update', parts: fieldParts(event.fields) };
    case 'no-change':
      return { says: 'no change' };
    case 'mitigated':
      return { says: since('mitigated', event.effectiveAt, at), ...claimed(event.text) };
    case 'resolved':
      return {
        says: since('resolved', event.effectiveAt, at),
        parts: [
          ...(event.text === undefined ? [] : [{ text: event.text, claim: true }]),
          ...(event.review ? [{ label: 'Review', text: sayReview(event.review, reading) }] : []),
        ],
      };
    case 'time-corrected':
      return { says: [`${event.of} at `, event.effectiveAt, ', before: ', event.was] };
    case 'reopened':
      return { says: 'reopened', ...quote(event.reason) };
    case 'cancelled':
      return { says: 'cancelled, a false alarm', ...quote(event.reason) };
    case 'merged':
      return { says: `merged into ${incidentId(event.into)}` };
    case 'absorbed':
      return { says: `${incidentId(event.number)} was merged into this`, ...quote(event.title) };
    case 'severity-changed':
      return { says: `severity ${event.was} → ${event.severity}` };
    case 'lead-changed':
      return { says: `lead ${who(event.was)} → ${who(event.lead)}, ${event.how}` };
    case 'role-given':
      return {
        says: `${event.role} is ${who(event.person)}${event.was === undefined ? '' : `, before: ${who(event.was)}`}`,
      };
    case 'handoff-offered':
      return { says: `offered ${event.role} to ${who(event.to)}` };
    case 'handoff-declined':
      return { says: `declined ${event.role}` };
    case 'snoozed':
      return { says: ['put the update off until ', event.dueAt], ...quote(event.reason) };
    case 'noted':
      return { says: 'note', ...quote(event.text) };
    case 'retitled':
      return { says: 'new title', ...quote(event.title) };
    case 'service-set':
      return { says: 'service', ...quote(event.service) };
    case 'linked':
      return { says: 'dashboard', url: event.link };
    case 'impact-start-set':
      return {
        says: [
          'impact since ',
          event.effectiveAt,
          ...(event.was === undefined ? [] : [', before: ', event.was]),
        ],
      };
    case 'entry-added':
      return {
        says: event.author === event.by ? 'said' : `marked what ${who(event.author)} said`,
        ...quote(event.text),
        ...address(event.message.permalink ?? reading.permalink?.(event.message)),
      };
    case 'entry-edited':
      return {
        says: 'edited a marked message',
        ...quote(event.text),
        ...address(event.message.permalink ?? reading.permalink?.(event.message)),
      };
    case 'entry-removed':
      return {
        says: event.why === 'deleted' ? 'deleted a marked message' : 'took a mark back',
        ...address(event.message.permalink ?? reading.permalink?.(event.message)),
      };
    case 'evidence-recorded':
      return {
        says: `${event.evidence.id} ${brief(event.evidence.source, 80)}`,
        ...quote(event.evidence.query),
        ...address(linkOf(event.evidence)),
      };
    case 'nudged':
      return { says: asking(event.rung, event.asked.map(who).join(', ')) };
    case 'unreachable':
      return { says: `${who(event.person)} cannot be reached`, ...quote(event.why) };
    case 'joined':
      return { says: `${who(event.person)} joined` };
    case 'channel-lost':
      return { says: 'Steady cannot post in the channel', ...quote(event.why) };
    case 'channel-back':
      return { says: 'Steady is back in the channel' };
    case 'channel-shared':
      return { says: 'the channel is shared with another company' };
    case 'action-added':
    case 'action-changed':
    case 'action-closed':
    case 'action-reopened':
      return toldAction(event, reading);
    case 'postmortem-noted':
      return { says: `filled in “${partNamed(event.part)?.title}”`, ...quote(event.text || undefined) };
    case 'postmortem-edited':
      return {
        says: 'edited the postmortem',
        parts: event.sections.map(({ title, text = 'as the timeline tells it' }) => ({ label: title, text })),
      };
    case 'postmortem-asked':
      return { says: event.revision === 1 ? 'asked for the postmortem' : 'asked for the postmortem again' };
    case 'postmortem-written':
      return { says: `wrote the postmortem, revision ${event.revision}` };
    case 'facts-taken':
    case 'suggested':
    case 'suggestion-dismissed':
    case 'knowledge-used':
      return toldKnowledge(event);
    case 'distillation-drafted':
    case 'distilled':
    case 'distillation-skipped':
      return toldDistillation(event);
    default:
      return toldInvestigation(event, reading);
  }
}

/** A time of its own only where it is not the row's. */
function since(word: string, effectiveAt: Instant, at: Instant): Told['says'] {
  return Math.abs(effectiveAt - at) < MINUTE ? word : [`${word} at `, effectiveAt];
}

function asking(rung: Rung, people: string): string {
  return rung === 'draft' ? `sent ${people} a draft of the update` : `asked ${people} for the update`;
}

function fieldParts({ impact, known, doing }: UpdateFields): readonly Part[] {
  return [
    ...(impact === undefined ? [] : [{ label: 'Impact', text: impact, claim: true }]),
    ...(known === undefined ? [] : [{ label: 'What we know', text: known, claim: true }]),
    ...(doing === undefined ? [] : [{ label: 'Doing', text: doing }]),
  ];
}

function quote(text: string | undefined): { parts?: readonly Part[] } {
  return text === undefined ? {} : { parts: [{ text }] };
}

function claimed(text: string | undefined): { parts?: readonly Part[] } {
  return text === undefined ? {} : { parts: [{ text, claim: true }] };
}

function address(url: string | undefined): { url?: string } {
  return url === undefined ? {} : { url };
}
