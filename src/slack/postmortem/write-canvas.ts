import { type CanvasSection, canvasMarkdown, canvasSections } from '../../../blocks/postmortem/canvas.ts';
import type { Document } from '../../../blocks/postmortem/document.ts';
import { type Incident, incidentId } from '../../domain/incident.ts';
import { fingerprint } from '../../domain/postmortem/fingerprint.ts';
import type { Written, WrittenCanvas } from '../../domain/postmortem/written.ts';
import type { Json } from '../../storage/store.ts';
import type { Office } from '../delivery/plan.ts';
import { type Looks, SlackRefusal } from '../outbound/contract.ts';
import { type CanvasLine, canvasParts } from './canvas-lines.ts';

type Outcome = Pick<Written, 'canvas' | 'noCanvas' | 'left'>;

/** Where a canvas's id is remembered from before it is on the timeline. */
const keyOf = (incident: Incident) => `${incidentId(incident.number)}/postmortem/canvas`;
const MAKING = 'making';

/** Slack's words for what the workspace or the app may not do, with the one line that says what is missing. */
const WHY: Readonly<Record<string, string>> = {
  missing_scope: 'No canvas: the app lacks the scope `canvases:write`. The files have everything.',
  canvas_disabled_user_team:
    'No canvas: canvases are switched off in this workspace. The files have everything.',
  free_team_canvas_tab_already_exists:
    'No canvas: a free workspace has one per channel, and this channel has one. The files have everything.',
  team_tier_cannot_create_channel_canvases:
    'No canvas: the plan of this workspace has none. The files have everything.',
  restricted_action: 'No canvas: an admin does not let apps make one. The files have everything.',
};

/**
 * Makes the canvas once, seen by the incident's channel and nobody else; later brings those of its sections up to date that
 * still stand as they were written. What Slack refuses is said, and nothing else waits for it.
 */
export async function writeCanvas(office: Office, incident: Incident, document: Document): Promise<Outcome> {
  const before = incident.postmortem.written.findLast((one) => one.canvas)?.canvas;
  try {
    if (before) return await bringUpToDate(office, before, document);
    return { canvas: await makeOnce(office, incident, document), left: [] };
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    const gone = error.reason === 'canvas_not_found' || error.reason === 'canvas_deleted';
    const known = gone
      ? 'The canvas is gone: somebody deleted it. The files have everything.'
      : WHY[error.reason];
    return {
      ...(before && { canvas: before }),
      noCanvas:
        known ?? `No canvas: Slack answered \`${error.reason.slice(0, 60)}\`. The files have everything.`,
      left: [],
    };
  }
}

/**
 * What was written is remembered before anybody is let in. A process that died while it made the canvas finds it by its title;
 * nobody has seen it by then, so it is written whole.
 */
async function makeOnce(office: Office, incident: Incident, document: Document): Promise<WrittenCanvas> {
  const { door, looks, world } = office;
  const { team } = incident;
  const key = keyOf(incident);
  const known = await world.store.recall(team, key);
  let made = known === undefined || known === MAKING ? undefined : (known as unknown as WrittenCanvas);
  if (!made) {
    const found = known === MAKING ? await looks.canvasTitled(document.title, office.self) : undefined;
    if (known === undefined) await world.store.remember(team, key, MAKING);
    if (found !== undefined) await door.replaceInCanvas(found, canvasMarkdown(document));
    const id = found ?? (await create(office, incident, document));
    made = { id, sections: canvasSections(document).map(written) };
    await world.store.remember(team, key, made as unknown as Json);
  }
  await door.letIntoCanvas(made.id, incident.channel);
  const url = await addressOf(looks, made.id);
  return { ...made, ...(url !== undefined && { url }) };
}

async function create({ door }: Office, { channel }: Incident, document: Document): Promise<string> {
  const markdown = canvasMarkdown(document);
  try {
    return await door.createCanvas(document.title, markdown);
  } catch (error) {
    const free =
      error instanceof SlackRefusal && error.reason === 'free_teams_cannot_create_non_tabbed_canvases';
    if (!free) throw error;
    return door.createCanvas(document.title, markdown, channel);
  }
}

async function addressOf(looks: Looks, id: string): Promise<string | undefined> {
  try {
    return (await looks.canvas(id)).url;
  } catch (error) {
    // Its address is a convenience; the canvas is there.
    if (error instanceof SlackRefusal) return undefined;
    throw error;
  }
}

function written({ key, title, lines }: CanvasSection): WrittenCanvas['sections'][number] {
  return { key, title, lines: printOf(lines) };
}

function printOf(lines: readonly string[]): string {
  return fingerprint(lines.join('\n'));
}

/** Replaces what stands as it was written; what a person touched is theirs, and is named. */
async function bringUpToDate(
  { door, looks }: Office,
  before: WrittenCanvas,
  document: Document,
): Promise<Outcome> {
  const { html, url } = await looks.canvas(before.id);
  const address = url ?? before.url;
  const known = { id: before.id, ...(address !== undefined && { url: address }) };
  if (html === undefined)
    return {
      canvas: before,
      noCanvas: 'The canvas could not be read (scope `files:read`), so it was left as it is.',
      left: [],
    };
  const parts = canvasParts(html);
  const left: string[] = [];
  const sections: WrittenCanvas['sections'][number][] = [];
  for (const now of canvasSections(document)) {
    const was = before.sections.find((one) => one.key === now.key);
    if (was?.lines === printOf(now.lines)) {
      sections.push(was);
      continue;
    }
    const same = parts.filter(({ title }) => title === now.title);
    const [only] = same;
    const stand = only && same.length === 1 ? printOf(only.lines.map(({ text }) => text)) : undefined;
    if (stand === printOf(now.lines)) {
      // A process died after it had written this one.
      sections.push(written(now));
      continue;
    }
    const ids = was && only && stand === was.lines ? await idsOf(looks, before.id, only.lines) : undefined;
    const [first, ...others] = ids ?? [];
    if (first === undefined) {
      if (was) sections.push(was);
      left.push(now.title);
      continue;
    }
    await door.replaceInCanvas(before.id, now.markdown, first);
    for (const id of others) await door.deleteInCanvas(before.id, id);
    sections.push(written(now));
  }
  return { canvas: { ...known, sections }, left };
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
