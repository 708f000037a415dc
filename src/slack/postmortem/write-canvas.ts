import { canvasMarkdown, canvasSections } from '../../../blocks/postmortem/canvas.ts';
import type { Document } from '../../../blocks/postmortem/document.ts';
import { type Incident, incidentId } from '../../domain/incident.ts';
import type { Written, WrittenCanvas } from '../../domain/postmortem/written.ts';
import type { Json } from '../../storage/store.ts';
import type { Office } from '../delivery/plan.ts';
import { type Looks, SlackRefusal } from '../outbound/contract.ts';
import { bringUpToDate, writtenSection } from './edit-canvas.ts';

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
export async function writeCanvas(
  office: Office,
  incident: Incident,
  document: Document,
  revision: number,
): Promise<Outcome> {
  const before = incident.postmortem.written.findLast((one) => one.canvas)?.canvas;
  try {
    if (before) return await bringUpToDate(office, incident, before, canvasSections(document), revision);
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
    made = { id, sections: canvasSections(document).map(writtenSection) };
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
