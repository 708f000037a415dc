import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { htmlPage } from '../../blocks/postmortem/html-page.ts';
import { postmortemRecord } from '../../blocks/postmortem/machine.ts';
import { markdownFile } from '../../blocks/postmortem/markdown.ts';
import { postmortemDocument } from '../../blocks/postmortem/postmortem-document.ts';
import type { Config } from '../config/config.ts';
import { type Incident, incidentId, STEADY } from '../domain/incident.ts';
import { postmortemOf } from '../domain/postmortem/postmortem-of.ts';
import type { Instant } from '../domain/time.ts';
import { type Diagram, diagramOf } from '../flows/pictures/diagram.ts';
import type { World } from '../flows/ports.ts';
import { placesOf } from '../slack/postmortem/places.ts';
import { peopleOf } from '../slack/reading.ts';
import type { ExportSource } from '../storage/export-source.ts';
import type { ArchiveFile } from './tar.ts';

const decompress = promisify(inflate);
/** An answer is kept up to 16 MB; one that says to be longer is not unpacked further. */
const ANSWER_LIMIT = 32_000_000;
const PATIENCE = 60_000;

/** What an incident is exported with. */
export interface Exporting extends Pick<World, 'redact' | 'clock'> {
  readonly source: ExportSource;
  readonly config: Config;
  /** Absent where nobody wants pictures: drawing is most of the time. */
  readonly pictures?: World['pictures'];
  readonly name: (person: string) => Promise<string>;
  /** Address of the workspace, for links to messages. */
  readonly workspaceUrl: string;
  /** The signal of one drawing. */
  readonly timeLimit: (ms: number) => AbortSignal;
}

/** Everything of one incident, each file as it is made: the postmortem in three forms, its pictures, the timeline, the kept answers. */
export async function* incidentFiles(
  parts: Exporting,
  incident: Incident,
  folder: string,
): AsyncGenerator<ArchiveFile> {
  const { config, source, redact, clock } = parts;
  const at = incident.timeline.at(-1)?.at ?? incident.declaredAt;
  const file = (path: string, content: string | Uint8Array): ArchiveFile => ({
    path: `${folder}/${path}`,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    at,
  });
  const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
  const people = peopleOf(incident).filter((one) => one !== STEADY);
  const names = new Map<string, string>();
  for (const one of people) names.set(one, await parts.name(one));
  const name = (person: string) => names.get(person) ?? person;
  const looks = {
    permalink: async (to: { channel: string; ts: string }) => archived(parts.workspaceUrl, to),
  };
  const places = await placesOf({ looks, world: { store: source } }, incident);
  const reading = { now: endOf(incident) ?? clock.now(), name, permalink: places.permalink };
  const writing = { incident, reading, linkOf: places.linkOf };
  const slo =
    incident.service === undefined ? undefined : config.services[incident.service.toLowerCase()]?.slo;
  const postmortem = postmortemOf(incident, reading.now, slo);
  const pictures = await drawn(parts, incident, name);
  const document = redact(postmortemDocument(postmortem, writing, pictures));
  const bytes = new Map(pictures.map((one) => [one.name, one.png]));
  const revision = Math.max(1, incident.postmortem.asked);
  yield file(
    'postmortem.html',
    htmlPage(document, (picture) => bytes.get(picture)),
  );
  yield file('postmortem.md', markdownFile(document, revision));
  yield file('postmortem.json', json(redact(postmortemRecord(postmortem, document, writing, names))));
  yield file('timeline.json', json(redact(timelineOf(incident))));
  for (const { name: picture, png } of pictures) yield file(`pictures/${picture}`, png);
  for (const note of incident.evidence) {
    const kept = await source.snapshot(incident.team, `${incidentId(incident.number)}/${note.id}`);
    if (kept === undefined || kept.length === 0) continue;
    const answer = await decompress(kept, { maxOutputLength: ANSWER_LIMIT }).catch(() => undefined);
    const id = /^E\d{1,6}$/.test(note.id) ? note.id : 'E0';
    // What cannot be unpacked is still what was kept.
    if (answer === undefined) yield file(`evidence/${id}.deflate`, kept);
    else
      yield file(
        `evidence/${id}.${/^\s*[[{]/.test(answer.toString('utf8', 0, 64)) ? 'json' : 'txt'}`,
        answer,
      );
  }
}

/** The events as they were recorded, with their times in words as well. */
function timelineOf(incident: Incident) {
  return {
    schema: 'steady-timeline',
    version: 1,
    incident: incidentId(incident.number),
    events: incident.timeline.map(({ seq, at, event }) => ({
      seq,
      at: new Date(at).toISOString(),
      ...event,
    })),
  };
}

async function drawn(parts: Exporting, incident: Incident, name: (person: string) => string) {
  const { pictures, timeLimit } = parts;
  if (!pictures) return [];
  const kinds: readonly Diagram[] = ['causes', 'timeline'];
  return Promise.all(
    kinds.map((which) => diagramOf({ ...parts, pictures }, incident, which, name, timeLimit(PATIENCE))),
  );
}

/** What is over says nothing of the time that passed since. */
function endOf(incident: Incident): Instant | undefined {
  return incident.endedAt === undefined ? undefined : (incident.timeline.at(-1)?.at ?? incident.endedAt);
}

function archived(
  workspace: string,
  { channel, ts }: { readonly channel: string; readonly ts: string },
): string {
  return `${workspace.replace(/\/+$/, '')}/archives/${channel}/p${ts.replace('.', '')}`;
}
