import { sayEvidence } from '../../src/domain/draft-update.ts';
import { linkOf } from '../../src/domain/evidence-note.ts';
import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { brief, message, some } from '../fit.ts';
import { notification } from '../headline.ts';
import type { Message, Reading } from '../message.ts';
import { lines, section, small } from '../rich.ts';
import { bold, link, moment, ours, plain } from '../text.ts';

const SHOWN = 20;

/** What was found so far, newest first: its number first, then when it was asked and the link. */
export function evidenceList(incident: Incident, reading: Reading): Message {
  const { evidence } = incident;
  const shown = evidence.slice(-SHOWN).toReversed();
  const rest = evidence.length - shown.length;
  const title = `${incidentId(incident.number)} · ${some(evidence.length, 'evidence', 'evidences')}`;
  return message(notification(incident, some(evidence.length, 'evidence', 'evidences')), [
    lines([
      section(bold(title)),
      ...(shown.length === 0
        ? [section('Nothing was asked yet. ', ours('help prom', { code: true }), ' says how.')]
        : []),
      ...shown.map((note) =>
        section(
          link(linkOf(note), note.id, { bold: true }),
          ours('  '),
          plain(brief(sayEvidence(note).replace(` (${note.id})`, ''), 160)),
          ours(note.partial === undefined ? '' : ' · partial result'),
          ours(' · '),
          plain(brief(note.source, 60)),
          ours(' '),
          moment(note.window.to, reading),
        ),
      ),
    ]),
    ...(rest > 0 ? [small(`${some(rest, 'older one', 'older ones')} not shown: the timeline has all.`)] : []),
  ]);
}
