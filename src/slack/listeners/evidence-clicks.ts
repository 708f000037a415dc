import { ACTIONS, EVIDENCE_MORE, type Ref } from '../../../blocks/action-ids.ts';
import { comparisonMessage } from '../../../blocks/evidence/comparison.ts';
import type { EvidenceNote } from '../../domain/evidence-note.ts';
import type { Incident } from '../../domain/incident.ts';
import { compareEvidence } from '../../flows/evidence/compare-evidence.ts';
import { type Asked, readingOf } from '../call.ts';
import type { Said } from '../command-row.ts';
import { askAgain, PATIENCE } from '../evidence/evidence-again.ts';
import { evidenceNamed, shareChart, shareRows } from '../evidence/evidence-files.ts';
import { refuseWhereShared } from '../evidence/evidence-place.ts';
import { pinEvidence } from '../evidence/pin-evidence.ts';
import { saveEvidence } from '../evidence/save-evidence.ts';

/** Clicks on an evidence card; undefined for any other. */
export function evidenceClick(
  asked: Asked,
  kind: string,
  incident: Incident,
  { second, rest }: Ref,
): Promise<Said> | undefined {
  const click = clicks(asked, kind, incident, rest);
  return click && onEvidence(incident, second, click);
}

/** A name that is none of this incident's is refused like everything else that is asked. */
async function onEvidence(
  incident: Incident,
  second: number | undefined,
  click: (note: EvidenceNote) => Promise<Said>,
): Promise<Said> {
  return click(evidenceNamed(incident, `E${second}`));
}

function clicks(
  asked: Asked,
  kind: string,
  incident: Incident,
  rest: string | undefined,
): ((note: EvidenceNote) => Promise<Said>) | undefined {
  switch (kind) {
    case ACTIONS.chart:
      return (note) => shareChart(asked, incident, note);
    case ACTIONS.rerun:
      return (note) => rerun(asked, incident, note);
    case ACTIONS.compare:
      return (note) => compare(asked, incident, evidenceNamed(incident, rest ?? ''), note);
    case ACTIONS.evidenceMore:
      return more(asked, incident, rest);
    default:
      return undefined;
  }
}

function more(
  asked: Asked,
  incident: Incident,
  word: string | undefined,
): ((note: EvidenceNote) => Promise<Said>) | undefined {
  switch (word) {
    case EVIDENCE_MORE.rows:
      return (note) => shareRows(asked, incident, note);
    case EVIDENCE_MORE.baseline:
      return (note) => shareChart(asked, incident, note, { baseline: true });
    case EVIDENCE_MORE.pin:
      return (note) => pinEvidence(asked, incident, note);
    case EVIDENCE_MORE.save:
      return (note) => saveEvidence(asked, incident, note);
    default:
      return undefined;
  }
}

/** What grew and what shrank between two evidences, for all to see in the thread. */
export async function compare(
  asked: Asked,
  incident: Incident,
  before: EvidenceNote,
  after: EvidenceNote,
): Promise<Said> {
  await refuseWhereShared(asked, incident);
  const signal = AbortSignal.timeout(PATIENCE);
  const comparison = await compareEvidence(asked.bot.world, incident, before, after, signal);
  const message = comparisonMessage(incident, before, after, comparison, await readingOf(asked, incident));
  return { kind: 'thread', message };
}

/** The same query over the same length of time, ending now. */
async function rerun(asked: Asked, incident: Incident, before: EvidenceNote): Promise<Said> {
  await refuseWhereShared(asked, incident);
  const now = asked.bot.world.clock.now();
  const { from, to } = before.window;
  const again = {
    window: { from: now - (to - from), to: now },
    note: `again: ${before.id} over a window of the same length, ending now`,
    compared: true,
  };
  await askAgain(asked, incident, before, again, AbortSignal.timeout(PATIENCE));
  return { kind: 'posted' };
}
