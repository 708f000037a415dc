import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ARCHIVE_INDEX } from '../../blocks/postmortem/archive-index.ts';
import { ConfigError } from '../domain/errors.ts';
import { type Incident, incidentId } from '../domain/incident.ts';
import type { Entry } from '../domain/knowledge/entry.ts';
import { KINDS } from '../domain/knowledge/entry.ts';
import { formatEntry } from '../domain/knowledge/write-file.ts';
import { findIncident } from '../flows/incident-of.ts';
import { writeNewFile } from '../storage/new-file.ts';
import type { ExportRequest } from './composition.ts';
import { type Exporting, incidentFiles } from './export-incident.ts';
import { type ArchiveFile, tar } from './tar.ts';

/** What came of it. */
export interface Exported {
  readonly incidents: number;
  /** Private incidents that were left out because nobody named them. */
  readonly leftOut: number;
}

/**
 * Writes incidents and the organisations' knowledge as one archive (`.tar.gz`, 0600) that needs no Steady to be read. One incident is
 * held at a time. A private one is in it only where it is named as such, in a folder of its own.
 */
export async function writeArchive(parts: Exporting, request: ExportRequest): Promise<Exported> {
  const counted = { incidents: 0, leftOut: 0 };
  await writeNewFile(request.file, async (out) => {
    const files = archiveFiles(parts, request, counted);
    await pipeline(Readable.from(tar(files), { objectMode: false }), createGzip(), out);
  });
  return counted;
}

type Counted = { -readonly [K in keyof Exported]: Exported[K] };

async function* archiveFiles(
  parts: Exporting,
  { only, private: named }: ExportRequest,
  counted: Counted,
): AsyncGenerator<ArchiveFile> {
  const now = parts.clock.now();
  const missing = new Set([...(only ?? []), ...named]);
  const rows: string[] = [];
  for await (const ref of parts.source.incidents()) {
    const wanted = only === undefined || only.includes(ref.number) || named.includes(ref.number);
    if (!wanted) continue;
    const incident = await findIncident(parts.source, ref);
    if (!incident) continue;
    missing.delete(ref.number);
    if (incident.private && !named.includes(ref.number)) {
      counted.leftOut += 1;
      continue;
    }
    const folder = folderOf(incident);
    yield* incidentFiles(parts, incident, folder);
    counted.incidents += 1;
    rows.push(ARCHIVE_INDEX.row(parts.redact(rowOf(incident, folder))));
  }
  if (missing.size > 0)
    throw new ConfigError([
      `There is no ${[...missing].map(incidentId).join(', ')} here. \`steady export all FILE\` takes every incident that is not private.`,
    ]);
  const knowledge: string[] = [];
  for await (const file of knowledgeFiles(parts, now)) {
    knowledge.push(file.path);
    yield file;
  }
  const index = [
    ARCHIVE_INDEX.begin(new Date(now).toISOString().slice(0, 16)),
    ...rows,
    ARCHIVE_INDEX.end(knowledge),
  ];
  yield { path: 'index.html', bytes: Buffer.from(index.join('')), at: now };
}

/** Generated from ids alone: no title leads anywhere. */
function folderOf(incident: Incident): string {
  const team = safe(incident.team);
  return `${incident.private ? 'private' : 'incidents'}/${team}/${incidentId(incident.number)}`;
}

function safe(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 40) || '_';
}

function rowOf(incident: Incident, folder: string) {
  return {
    folder,
    id: incidentId(incident.number),
    title: incident.title,
    severity: incident.severity,
    phase: incident.phase,
    day: new Date(incident.declaredAt).toISOString().slice(0, 10),
    private: incident.private,
  };
}

/** What teams know, as the markdown that it also is in their repositories. */
async function* knowledgeFiles({ source, redact }: Exporting, at: number): AsyncGenerator<ArchiveFile> {
  for (const { team, shelf } of await source.orgShelves()) {
    for (const kind of KINDS) {
      const rows = await source.knowledge(team, [shelf], kind);
      if (rows.length === 0) continue;
      const text = rows.map((row) => formatEntry(redact(row.entry as unknown as Entry))).join('\n');
      const path = `knowledge/${safe(team)}/${safe(shelf.slice('org/'.length))}/kb/${kind}.md`;
      yield { path, bytes: Buffer.from(text), at };
    }
  }
}
