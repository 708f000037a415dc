import { RuleViolation } from '../errors.ts';
import type { Incident, IncidentEvent } from '../incident.ts';
import type { PostmortemCommand } from '../postmortem/events.ts';
import { type PartName, partNamed, withLines } from '../postmortem/parts.ts';
import type { Bare, Deciders } from './rules.ts';

type GivenSection = Extract<PostmortemCommand, { type: 'edit-postmortem' }>['sections'][number];

/** Characters of one part, over all its lines. */
const PART_LIMIT = 20_000;
/** Characters of one section that people rewrote. */
const SECTION_LIMIT = 100_000;

/** What people give the postmortem, in any phase; nothing that anybody wrote is lost by it. */
export const POSTMORTEM: Deciders<PostmortemCommand> = {
  'note-postmortem': (incident, { part, text }) => {
    const said = text.trim();
    if (said === '')
      throw new RuleViolation(
        'words-needed',
        `${partNamed(part)?.asks ?? 'What shall it say?'} \`postmortem ${part} <one sentence>\`.`,
      );
    return noted(incident, part, withLines(wordsOn(incident, part).text, said));
  },
  'fill-postmortem': (incident, { parts }) =>
    parts.flatMap(({ part, text, seen }) => {
      const now = wordsOn(incident, part);
      // Somebody else wrote while the form was open: their lines stay.
      return noted(incident, part, now.seq > seen ? withLines(text.trim(), now.text) : text.trim());
    }),
  'edit-postmortem': (incident, { sections: given, seen }) => {
    const sections = given.map((one) => withOthers(incident, one, seen));
    const long = sections.find((one) => (one.text?.length ?? 0) > SECTION_LIMIT);
    if (long)
      throw new RuleViolation(
        'section-too-long',
        `“${long.title}” has more than ${SECTION_LIMIT.toLocaleString('en-US')} characters. Shorten it, and give the file back again.`,
      );
    return sections.length === 0 ? [] : [{ type: 'postmortem-edited', sections }];
  },
  'write-postmortem': (incident) => [{ type: 'postmortem-asked', revision: incident.postmortem.asked + 1 }],
  // A delivery that is done again after a crash finds it written.
  'postmortem-out': (incident, { type: _type, ...written }) =>
    incident.postmortem.written.some((one) => one.revision === written.revision)
      ? []
      : [{ type: 'postmortem-written', ...written }],
};

/** What somebody else wrote into a section since the document that was edited stays, above what is new. */
function withOthers(incident: Incident, section: GivenSection, seen: number): GivenSection {
  const others = incident.contributed.edits.find((one) => one.section === section.section);
  if (others === undefined || others.seq <= seen) return section;
  return { ...section, text: withLines(others.text, section.text ?? '') };
}

function wordsOn(incident: Incident, part: PartName) {
  return incident.contributed.words.find((one) => one.part === part) ?? { text: '', seq: 0 };
}

function noted(incident: Incident, part: PartName, text: string): readonly Bare<IncidentEvent>[] {
  if (text === wordsOn(incident, part).text) return [];
  if (text.length > PART_LIMIT)
    throw new RuleViolation(
      'words-too-long',
      `“${partNamed(part)?.title}” would have more than ${PART_LIMIT.toLocaleString('en-US')} characters. Keep the sentence, link the rest.`,
    );
  return [{ type: 'postmortem-noted', part, text }];
}
