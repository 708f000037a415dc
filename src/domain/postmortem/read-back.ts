import { codeLines } from './code-lines.ts';
import type { PostmortemCommand } from './events.ts';
import { fingerprint, tidy } from './fingerprint.ts';

/** What a section was when the document was written. */
export interface WrittenSection {
  readonly key: string;
  readonly title: string;
  /** Fingerprint of its markdown as it stood in the file. */
  readonly shown: string;
  /** Fingerprint of what the timeline says there; absent for a section that people added. */
  readonly base?: string;
}

/** A document as it was written once, so that what people made of it can be told from it. */
export interface Revision {
  /** The seq of the incident's newest event then. */
  readonly version: number;
  /** Fingerprints of the lines above the first section. */
  readonly head: readonly string[];
  readonly sections: readonly WrittenSection[];
}

type Given = Extract<PostmortemCommand, { type: 'edit-postmortem' }>['sections'];

/**
 * The sections of a markdown file that somebody rewrote or added, against the document it came from. One that is as it was written
 * is no edit; one that is gone is none either, because nobody's words leave by a file that lacks them.
 */
export function editsIn(file: string, revision: Revision): Given {
  const left = [...revision.sections];
  const given: Given[number][] = [];
  let after: string | undefined;
  const above = headOf(file).filter((line) => !revision.head.includes(fingerprint(line)));
  // Words above the first section are somebody's, unless they are ours.
  if (above.length > 0) {
    after = ownKey(FOREWORD, given, revision);
    given.push({ section: after, title: FOREWORD, text: above.join('\n'), after: HEAD });
  }
  for (const { title, text } of sectionsOf(file)) {
    const index = left.findIndex((one) => folded(one.title) === folded(title));
    const [known] = index < 0 ? [] : left.splice(index, 1);
    const section = known?.key ?? ownKey(title, given, revision);
    const base = known?.base;
    if (known === undefined || fingerprint(text) !== known.shown)
      given.push({
        section,
        title: known?.title ?? title,
        text,
        ...(base !== undefined && { base }),
        ...(base === undefined && after !== undefined && { after }),
      });
    after = section;
  }
  return given;
}

/** What people wrote above the first section becomes one of this title. */
const FOREWORD = 'Foreword';
/** As `after` it says: above all others. */
export const HEAD = 'head';

/** The lines above the first section, empty ones left out; a heading as its words. */
export function headOf(file: string): readonly string[] {
  const lines = tidy(file).split('\n');
  const first = lines.findIndex((line) => /^## +\S/.test(line));
  return lines
    .slice(0, first < 0 ? lines.length : first)
    .map((line) => line.replace(/^#\s+/, '').trim())
    .filter((line) => line !== '');
}

/** `## Title` and what is below it; headings in code are none. What comes before the first is the document's own head. */
export function sectionsOf(file: string): readonly { readonly title: string; readonly text: string }[] {
  const found: { title: string; lines: string[] }[] = [];
  for (const { line, code } of codeLines(withoutFoot(tidy(file))).lines) {
    const heading = code ? undefined : /^## +(.+?)(?: +#+)?$/.exec(line)?.[1];
    if (heading !== undefined) found.push({ title: heading, lines: [] });
    else found.at(-1)?.lines.push(line);
  }
  return found.map(({ title, lines }) => ({ title: plainTitle(title), text: tidy(lines.join('\n')) }));
}

const FOOT = /^(INC-\d{1,9}) postmortem · revision (\d{1,9})\b.*$/m;

/** The last line of the file, by which it is known again. */
export function footOf(incident: string, revision: number): string {
  return `${incident} postmortem · revision ${revision} · written by Steady from the timeline. Edit any section and give the file back: what you wrote stays.`;
}

/** Which document a file is; undefined where it is none of ours. */
export function readFoot(file: string): { readonly incident: string; readonly revision: number } | undefined {
  const all = [...file.matchAll(new RegExp(FOOT, 'gm'))].at(-1);
  return all && { incident: all[1] ?? '', revision: Number(all[2]) };
}

function withoutFoot(file: string): string {
  const lines = file.split('\n');
  const at = lines.findLastIndex((line) => FOOT.test(line));
  if (at < 0) return file;
  const before = lines.slice(0, at);
  const rule = before.findLastIndex((line) => line.trim() !== '');
  if (before[rule]?.trim() === '---') before.splice(rule, 1);
  // What somebody wrote below the last line is theirs.
  return [...before, ...lines.slice(at + 1)].join('\n');
}

/** Two sections that people gave the same title are two. */
function ownKey(title: string, given: Given, { sections }: Revision): string {
  const key = `own-${fingerprint(folded(title))}`;
  const taken = new Set([...given.map(({ section }) => section), ...sections.map((one) => one.key)]);
  let free = key;
  for (let number = 2; taken.has(free); number++) free = `${key}-${number}`;
  return free;
}

function folded(title: string): string {
  return plainTitle(title).toLowerCase().replace(/\s+/g, ' ').trim();
}

function plainTitle(title: string): string {
  return title.replace(/\\(?=[!-/:-@[-`{-~])/g, '').trim();
}
