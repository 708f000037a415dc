import { fileIsThere } from '../../../blocks/file-there.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { EvidenceNote } from '../../domain/evidence-note.ts';
import { type Incident, incidentId } from '../../domain/incident.ts';
import { sayWindowUtc } from '../../domain/say-window.ts';
import { type RowsAsked, rowsOf } from '../../flows/evidence/rows-of.ts';
import { chartKey, chartOf } from '../../flows/pictures/chart.ts';
import type { Drawn } from '../../flows/pictures/drawn.ts';
import { type Asked, threadOf } from '../call.ts';
import type { Said } from '../command-row.ts';
import type { Place, SharedFile } from '../outbound/contract.ts';
import { askAgain, PATIENCE } from './evidence-again.ts';
import { refuseWhereShared } from './evidence-place.ts';

/** The chart of an evidence into the thread, once. With `baseline`, the time before it is asked first, as an evidence of its own. */
export async function shareChart(
  asked: Asked,
  incident: Incident,
  note: EvidenceNote,
  { baseline = false }: { readonly baseline?: boolean } = {},
): Promise<Said> {
  await refuseWhereShared(asked, incident);
  const signal = AbortSignal.timeout(PATIENCE);
  const earlier = baseline ? await timeBefore(asked, incident, note, signal) : undefined;
  return shareOnce(asked, incident, chartKey(incident, note, earlier), `${note.id} chart`, async () =>
    pictureFile(await chartOf(asked.bot.world, incident, note, earlier, signal)),
  );
}

/** A picture as a file that is shared. */
export function pictureFile({ png, name, title, alt }: Drawn): SharedFile {
  return { content: png, about: () => ({ name, title, alt }) };
}

/** The same query over the same length of time right before, asked now where it was not. */
async function timeBefore(
  asked: Asked,
  incident: Incident,
  note: EvidenceNote,
  signal: AbortSignal,
): Promise<EvidenceNote> {
  const { from, to } = note.window;
  if (from === to)
    throw new RuleViolation(
      'no-time-before',
      `${note.id} is of one moment, so there is no stretch of time before it to compare with. Ask over a window, such as \`since:30m\`.`,
    );
  const window = { from: from - (to - from), to: from };
  return askAgain(
    asked,
    incident,
    note,
    { window, note: `the time before ${note.id}, for its chart` },
    signal,
  );
}

/** All rows of an evidence as a file in the thread, once per format. */
export async function shareRows(
  asked: Asked,
  incident: Incident,
  note: EvidenceNote,
  format?: 'csv' | 'ndjson',
): Promise<Said> {
  await refuseWhereShared(asked, incident);
  const key = `${incidentId(incident.number)}/${note.id}/rows-${format ?? 'any'}`;
  return shareOnce(asked, incident, key, `all rows of ${note.id}`, async () => {
    const rows = await rowsOf(asked.bot.world, incident, note, format, AbortSignal.timeout(PATIENCE));
    return {
      content: rows.text,
      about: () => ({
        name: `${note.id.toLowerCase()}-rows.${rows.sofar().format}`,
        title: `${note.id} rows`,
        comment: sayRows(note, rows.sofar()),
      }),
    };
  });
}

function sayRows(note: EvidenceNote, { rows, cut, full }: RowsAsked): string {
  const what = `${note.id}: ${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}, ${sayWindowUtc(note.window)}`;
  const limits = [
    ...(note.partial === undefined ? [] : [`the answer itself is partial: ${note.partial.slice(0, 200)}`]),
    ...(cut ? ['only the beginning of the answer was kept, the rest is missing here'] : []),
    ...(full ? ['the file is full, the rest is missing here'] : []),
  ];
  return limits.length === 0 ? what : `${what}. ⚠ ${limits.join('; ')}`;
}

/**
 * Makes a file and shares it in the thread that asked, unless the same is there already. Whoever clicks twice, or after a
 * crash in between, finds one.
 */
export async function shareOnce(
  asked: Asked,
  incident: Incident,
  key: string,
  what: string,
  make: () => Promise<SharedFile>,
): Promise<Said> {
  const { bot, request } = asked;
  const { store, inTurn } = bot.world;
  const place = await placeOf(asked, incident);
  const remembered = `file/${key}/${place.channel}/${place.thread ?? ''}`;
  const share = async (): Promise<Said> => {
    const known = await store.recall(request.team, remembered);
    const there = typeof known === 'string' ? await bot.looks.file(known) : undefined;
    if (there === undefined)
      await bot.door.share(place, await make(), {
        ...(typeof known === 'string' && { known }),
        remember: (id) => store.remember(request.team, remembered, id),
      });
    const elsewhere = request.kind === 'slash';
    if (there === undefined && !elsewhere) return { kind: 'posted' };
    const message = fileIsThere(incident, what, there, elsewhere && there === undefined);
    return request.resumed ? { kind: 'posted' } : { kind: 'private', message };
  };
  return inTurn ? inTurn(`${request.team}/${remembered}`, share) : share();
}

/** The thread that asked; under the status card where there is none. */
async function placeOf({ bot, request }: Asked, incident: Incident): Promise<Place> {
  const thread = threadOf(request);
  if (request.channel !== undefined && request.kind !== 'slash' && (thread !== undefined || request.direct))
    return { channel: request.channel, ...(thread !== undefined && { thread }) };
  const card = (await bot.world.store.bindings(incident, 'card')).at(-1);
  return { channel: incident.channel, ...(card && { thread: card.ts }) };
}

/** An evidence of this incident by its name. */
export function evidenceNamed(incident: Incident, id: string): EvidenceNote {
  const found = incident.evidence.find((one) => one.id === id);
  if (found) return found;
  const last = incident.evidence.at(-1);
  throw new RuleViolation(
    'no-such-evidence',
    last
      ? `${incidentId(incident.number)} has no ${id}; its evidence goes from E1 to ${last.id}.`
      : `${incidentId(incident.number)} has no evidence yet. Ask something: \`help prom\`.`,
    last ? [{ label: 'List the evidence', command: 'evidence' }] : [],
  );
}
