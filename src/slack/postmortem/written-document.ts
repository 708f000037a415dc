import type { Document } from '../../../blocks/postmortem/document.ts';
import { htmlPage } from '../../../blocks/postmortem/html-page.ts';
import { postmortemRecord } from '../../../blocks/postmortem/machine.ts';
import { markdownFile } from '../../../blocks/postmortem/markdown.ts';
import { postmortemDocument } from '../../../blocks/postmortem/postmortem-document.ts';
import type { Writing } from '../../../blocks/postmortem/say.ts';
import { BackendError, RuleViolation } from '../../domain/errors.ts';
import { type Incident, incidentId, STEADY } from '../../domain/incident.ts';
import type { Postmortem } from '../../domain/postmortem/postmortem.ts';
import { postmortemOf } from '../../domain/postmortem/postmortem-of.ts';
import { chartOf } from '../../flows/pictures/chart.ts';
import { type Diagram, diagramOf } from '../../flows/pictures/diagram.ts';
import type { Drawn } from '../../flows/pictures/drawn.ts';
import { promisedLevel } from '../../flows/promised-level.ts';
import type { Office } from '../delivery/plan.ts';
import { peopleOf, readingFor } from '../reading.ts';
import { placesOf } from './places.ts';

/** A postmortem in every form that needs no workspace. */
export interface WrittenDocument {
  readonly postmortem: Postmortem;
  readonly document: Document;
  readonly files: readonly { readonly name: string; readonly title: string; readonly content: string }[];
}

/** Charts of what the conclusion stands on; more would be a wall. */
const CHARTS = 4;
const PATIENCE = 30_000;

/** Writes it from the timeline as it stands; no secret is in any of it. */
export async function writtenDocument(
  office: Office,
  incident: Incident,
  revision: number,
): Promise<WrittenDocument> {
  const { world } = office;
  const places = await placesOf(office, incident);
  const people = peopleOf(incident);
  const reading = { ...(await readingFor(office, incident.team, people)), permalink: places.permalink };
  const writing: Writing = { incident, reading, linkOf: places.linkOf };
  const slo = promisedLevel(world, incident);
  const postmortem = postmortemOf(incident, reading.now, slo);
  const drawings = await pictures(office, incident, postmortem, reading.name);
  const shown = drawings.map(({ name, alt }) => ({ name, alt }));
  const document = world.redact(postmortemDocument(postmortem, writing, shown));
  const names = new Map(people.filter((one) => one !== STEADY).map((one) => [one, reading.name(one)]));
  const id = incidentId(incident.number);
  const base = `${id.toLowerCase()}-postmortem`;
  const bytes = new Map(drawings.map((one) => [one.name, one.png]));
  const record = world.redact(postmortemRecord(postmortem, document, writing, names));
  return {
    postmortem,
    document,
    files: [
      { name: `${base}.md`, title: `${id} postmortem, to edit`, content: markdownFile(document, revision) },
      {
        name: `${base}.html`,
        title: `${id} postmortem, to read`,
        content: htmlPage(document, (name) => bytes.get(name)),
      },
      {
        name: `${base}.json`,
        title: `${id} postmortem, for machines`,
        content: `${JSON.stringify(record, undefined, 2)}\n`,
      },
    ],
  };
}

/** What led to what, what happened when, and the charts of the evidence that it stands on. */
async function pictures(
  office: Office,
  incident: Incident,
  { keyQueries }: Postmortem,
  name: (person: string) => string,
): Promise<readonly Drawn[]> {
  const { world } = office;
  const signal = AbortSignal.timeout(PATIENCE);
  const drawn: Drawn[] = [];
  const draw = async (work: () => Promise<Drawn>, what: string) => {
    try {
      drawn.push(await work());
    } catch (error) {
      // A picture that cannot be drawn is no reason to have no document.
      if (!(error instanceof RuleViolation || error instanceof BackendError))
        world.fault(error, `picture ${what} of ${incidentId(incident.number)}`);
    }
  };
  for (const which of ['causes', 'timeline'] satisfies Diagram[])
    await draw(() => diagramOf(world, incident, which, name, signal), which);
  for (const { note } of keyQueries.slice(0, CHARTS))
    await draw(() => chartOf(world, incident, note, undefined, signal), note.id);
  return drawn;
}
