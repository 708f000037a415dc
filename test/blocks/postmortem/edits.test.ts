import { describe, expect, it } from 'vitest';
import type { Document } from '../../../blocks/postmortem/document.ts';
import { markdownFile, markdownOf } from '../../../blocks/postmortem/markdown.ts';
import { revisionOf } from '../../../blocks/postmortem/revision-of.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { fingerprint } from '../../../src/domain/postmortem/fingerprint.ts';
import { editsIn, type Revision, readFoot } from '../../../src/domain/postmortem/read-back.ts';
import { at, BO, KAI, story } from '../sample.ts';
import { documentOf, finished } from '../sample-postmortem.ts';

function given(incident: Incident, file: string, revision: Revision, by = BO, clock = '16:10'): Incident {
  const sections = editsIn(file, revision);
  return story(
    [[at(clock), by, { type: 'edit-postmortem', seen: revision.version, sections }]],
    undefined,
    incident,
  );
}

const incident = finished();
const document = documentOf(incident);
const file = markdownFile(document, 7);
const revision = revisionOf(document, incident.version);
const bodyOf = (from: Document, key: string) =>
  markdownOf(from.sections.find((one) => one.key === key) ?? { blocks: [] });

describe('a file that comes back', () => {
  it('is known by its last line', () => {
    expect(readFoot(file)).toEqual({ incident: 'INC-42', revision: 7 });
    expect(readFoot('# something else')).toBeUndefined();
  });

  it('holds no edit where nobody edited, whatever an editor did to its line ends', () => {
    expect(editsIn(file, revision)).toEqual([]);
    expect(editsIn(`\ufeff${file.replaceAll('\n', '\r\n')}`, revision)).toEqual([]);
    expect(editsIn(file.replace(/$/gm, '  '), revision)).toEqual([]);
  });

  it('gives the sections that somebody rewrote or added, and only those', () => {
    const edited = file
      .replace('23 % of checkouts fail', 'nearly a quarter of all checkouts failed')
      .replace('## Detection', '## What we told customers\n\nNothing.\n\n## Detection');
    expect(
      editsIn(edited, revision).map(({ section, title, after }) => [section.slice(0, 6), title, after]),
    ).toEqual([
      ['impact', 'Impact', undefined],
      [`own-${fingerprint('what we told customers').slice(0, 2)}`, 'What we told customers', 'factors'],
    ]);
  });

  it('loses nothing where a section is gone from it', () => {
    const without = file.replace(/## Impact[\s\S]*?(?=## Root cause)/, '');
    expect(editsIn(without, revision)).toEqual([]);
  });
});

describe('a regeneration', () => {
  const edited = given(
    incident,
    file.replace('- **52 min**', 'We think it was longer.\n\n- **52 min**'),
    revision,
  );

  it('keeps what a person wrote where the timeline says the same as then', () => {
    const again = documentOf(edited);
    expect(bodyOf(again, 'impact')).toMatch(/^We think it was longer\./);
    expect(bodyOf(again, 'impact')).not.toContain('Since Bo wrote');
    expect(bodyOf(again, 'root-cause')).toBe(bodyOf(document, 'root-cause'));
  });

  it('puts below it what the timeline says now, where that changed', () => {
    const later = story([[at('16:20'), BO, { type: 'started', at: at('13:50') }]], undefined, edited);
    const body = bodyOf(documentOf(later), 'impact');
    expect(body).toMatch(/^We think it was longer\./);
    expect(body).toContain('**Since Bo wrote this at 16:10, the timeline says:**');
    expect(body).toContain('**1 h** from the beginning');
  });

  it('is not edited again by the file of the document that holds the edit', () => {
    const again = documentOf(edited);
    expect(editsIn(markdownFile(again, 8), revisionOf(again, edited.version))).toEqual([]);
  });

  it('is as the timeline tells it again once somebody gives it back so', () => {
    const again = documentOf(edited);
    const back = markdownFile(again, 8).replace('We think it was longer.\n\n', '');
    const undone = given(edited, back, revisionOf(again, edited.version), KAI, '16:30');
    expect(bodyOf(documentOf(undone), 'impact')).toBe(bodyOf(document, 'impact'));
  });
});

/** Numbers that only look random, the same in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * sides);
  };
}

describe('whatever people do at once', () => {
  it.each(Array.from({ length: 25 }, (_, seed) => seed))('no line of theirs is lost (%i)', (seed) => {
    const roll = dice(seed + 1);
    let now = incident;
    const revisions = [{ file, revision }];
    const written: string[] = [];
    for (let step = 0; step < 8; step++) {
      const from = revisions[roll(revisions.length)] ?? { file, revision };
      const line = `line ${seed}.${step} ${['plain', '- item', '| a | b |', '> quote', '**bold**'][roll(5)]}`;
      const lines = from.file.split('\n');
      const below = lines.indexOf(`## ${document.sections[roll(18)]?.title}`);
      const own = roll(4) === 0;
      lines.splice(Math.max(below, 3) + 1, 0, ...(own ? ['', `## Own ${roll(3)}`, ''] : ['']), line, '');
      written.push(line);
      const clock = `16:${String(11 + step)}`;
      now = given(now, lines.join('\n'), from.revision, [BO, KAI][roll(2)], clock);
      if (roll(2) === 0)
        now = story(
          [[at(clock), BO, { type: 'started', at: at(`13:${String(10 + roll(40))}`) }]],
          undefined,
          now,
        );
      const again = documentOf(now);
      revisions.push({ file: markdownFile(again, 10 + step), revision: revisionOf(again, now.version) });
    }
    const last = markdownFile(documentOf(now), 99);
    for (const line of written) expect(last).toContain(line);
    expect(editsIn(last, revisionOf(documentOf(now), now.version))).toEqual([]);
  });
});
