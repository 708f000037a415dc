import { fingerprint } from '../../src/domain/postmortem/fingerprint.ts';
import type { SectionEdit } from '../../src/domain/postmortem/parts.ts';
import { HEAD } from '../../src/domain/postmortem/read-back.ts';
import type { Section } from './document.ts';
import { markdownOf } from './markdown.ts';
import { time, type Writing, who } from './say.ts';

/**
 * Merges section by section, three ways: what the timeline said when somebody edited (`base`), what they made of it, what the timeline
 * says now. A person's words always stand; where the timeline has moved on since, what it says now follows them.
 */
export function withEdits(
  sections: readonly Section[],
  edits: readonly SectionEdit[],
  writing: Writing,
): readonly Section[] {
  const ours = new Set(sections.map(({ key }) => key));
  const merged = sections.map((section) => {
    const edit = edits.find((one) => one.section === section.key);
    return edit ? mergedSection(section, edit, writing) : section;
  });
  // Sections that people added come after the one they were written below, in their order.
  for (const edit of edits) {
    if (ours.has(edit.section) || edit.text.trim() === '') continue;
    const own: Section = {
      key: edit.section,
      title: edit.title,
      blocks: [{ kind: 'written', markdown: edit.text }],
    };
    const at = merged.findIndex(({ key }) => key === edit.after);
    const below = at < 0 && edit.after !== HEAD ? merged.length : at + 1;
    merged.splice(below, 0, own);
  }
  return merged;
}

function mergedSection(section: Section, edit: SectionEdit, writing: Writing): Section {
  if (fingerprint(edit.text) === fingerprint(markdownOf(section))) return section;
  const written = { kind: 'written', markdown: edit.text } as const;
  if (edit.base === section.base) return { ...section, blocks: [written] };
  return {
    ...section,
    blocks: [
      written,
      {
        kind: 'line',
        pieces: [
          {
            strong: `Since ${who(edit.by, writing)} wrote this at ${time(edit.at, writing)}, the timeline says:`,
          },
        ],
      },
      ...section.blocks,
    ],
  };
}
