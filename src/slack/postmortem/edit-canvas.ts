import type { CanvasSection } from '../../../blocks/postmortem/canvas.ts';
import { type Incident, incidentId } from '../../domain/incident.ts';
import { fingerprint } from '../../domain/postmortem/fingerprint.ts';
import type { Written, WrittenCanvas } from '../../domain/postmortem/written.ts';
import type { Json } from '../../storage/store.ts';
import type { Office } from '../delivery/plan.ts';
import type { Looks } from '../outbound/contract.ts';
import { type CanvasLine, canvasParts } from './canvas-lines.ts';

type WrittenSection = WrittenCanvas['sections'][number];

/** How far the edits of one revision came, remembered before each: a process that dies in between goes on. */
interface Progress {
  readonly revision: number;
  /** Fingerprints of what was put into sections, by key. */
  readonly put: Readonly<Record<string, string>>;
  /** Lines that the section under way still had to lose. */
  readonly leaving: readonly string[];
}

export function writtenSection({ key, title, lines }: CanvasSection): WrittenSection {
  return { key, title, lines: printOf(lines) };
}

/** Replaces what stands as it was written; what a person touched is theirs, and is named. */
export async function bringUpToDate(
  { door, looks, world }: Office,
  incident: Incident,
  before: WrittenCanvas,
  now: readonly CanvasSection[],
  revision: number,
): Promise<Pick<Written, 'canvas' | 'noCanvas' | 'left'>> {
  const { html, url } = await looks.canvas(before.id);
  if (html === undefined)
    return {
      canvas: before,
      noCanvas: 'The canvas could not be read (scope `files:read`), so it was left as it is.',
      left: [],
    };
  const key = `${incidentId(incident.number)}/postmortem/canvas-edits`;
  let progress = progressOf(await world.store.recall(incident.team, key), revision);
  const parts = canvasParts(html);
  const sections: WrittenSection[] = [];
  const left: string[] = [];
  for (const section of now) {
    const known = before.sections.find((one) => one.key === section.key);
    const put = progress.put[section.key];
    const same = parts.filter(({ title }) => title === section.title);
    const lines = same.length === 1 ? await without(progress.leaving, same[0]?.lines ?? []) : [];
    const next = writtenSection(section);
    const stands = printOf(lines.map(({ text }) => text));
    if (stands === next.lines) {
      sections.push(next);
      continue;
    }
    // The timeline says there what it said before: whatever people made of it stays.
    if (known && known.lines === next.lines && put === undefined) {
      sections.push(known);
      continue;
    }
    const ids = stands === put || stands === known?.lines ? await idsOf(looks, before.id, lines) : undefined;
    const [first, ...others] = ids ?? [];
    if (first === undefined) {
      if (known) sections.push(known);
      left.push(section.title);
      continue;
    }
    progress = { revision, put: { ...progress.put, [section.key]: next.lines }, leaving: others };
    await world.store.remember(incident.team, key, progress as unknown as Json);
    await door.replaceInCanvas(before.id, section.markdown, first);
    for (const id of others) await door.deleteInCanvas(before.id, id);
    sections.push(next);
  }
  return { canvas: { id: before.id, ...addressOf(url ?? before.url), sections }, left };

  /** Takes out what an earlier try had still to take out. */
  async function without(
    leaving: readonly string[],
    lines: readonly CanvasLine[],
  ): Promise<readonly CanvasLine[]> {
    const old = lines.filter(({ id }) => id !== undefined && leaving.includes(id));
    const rest = lines.filter((one) => !old.includes(one));
    const put = Object.values(progress.put);
    if (old.length === 0 || !put.includes(printOf(rest.map(({ text }) => text)))) return lines;
    for (const { id } of old) if (id !== undefined) await door.deleteInCanvas(before.id, id);
    return rest;
  }
}

function addressOf(url: string | undefined): { readonly url?: string } {
  return url === undefined ? {} : { url };
}

function progressOf(known: Json | undefined, revision: number): Progress {
  const progress = known as unknown as Progress | undefined;
  return progress?.revision === revision ? progress : { revision, put: {}, leaving: [] };
}

function printOf(lines: readonly string[]): string {
  return fingerprint(lines.join('\n'));
}

/** The sections of these lines, each looked up by its words; undefined where one of them is not certain. */
async function idsOf(
  looks: Looks,
  canvas: string,
  lines: readonly CanvasLine[],
): Promise<readonly string[] | undefined> {
  const ids: string[] = [];
  for (const { id, text } of lines) {
    const found = await looks.canvasSections(canvas, text);
    const [only] = found;
    const sure = id !== undefined && found.includes(id) ? id : found.length === 1 ? only : undefined;
    if (sure === undefined || ids.includes(sure)) return undefined;
    ids.push(sure);
  }
  return ids;
}
