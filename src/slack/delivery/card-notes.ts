import type { Incident } from '../../domain/incident.ts';
import type { Store } from '../../storage/store.ts';

function keyOf(incident: Incident): string {
  return `card-notes/${incident.number}`;
}

/** Lines on the card that say what Slack would not let Steady do. */
export async function notesOf(store: Store, incident: Incident): Promise<readonly string[]> {
  const notes = await store.recall(incident.team, keyOf(incident));
  return Array.isArray(notes) ? notes.filter((one): one is string => typeof one === 'string') : [];
}

export function rememberNotes(store: Store, incident: Incident, notes: readonly string[]): Promise<void> {
  return store.remember(incident.team, keyOf(incident), notes);
}
