import { type Incident, incidentId, type Recorded, type UpdateRecord } from '../src/domain/incident.ts';
import type { Stand } from '../src/domain/investigation/stand.ts';
import { showUpdate } from '../src/domain/update.ts';
import { brief, message, some } from './fit.ts';
import { notification, sayClaim } from './headline.ts';
import { claimText, evidenceLinks } from './investigation/claim.ts';
import { ruledOutLine, sayState } from './investigation/hypothesis-card.ts';
import type { Message, Reading, TextFile } from './message.ts';
import { fitted, labelled, lines, section } from './rich.ts';
import { bold, type Inline, moment, nameOf, plain, sayMoment, words } from './text.ts';

/** The lines of an update's fields, as posted and as drafted; whole texts that do not fit are put into `files`. */
export function fieldLines(
  incident: Incident,
  fields: UpdateRecord['fields'],
  reading: Reading,
  files: TextFile[],
  max?: number,
) {
  const shown = showUpdate(fields, incident.evidence);
  const file = (part: string, title: string) => ({
    name: `inc-${incident.number}-${part}.txt`,
    title,
    files,
    ...(max !== undefined && { max }),
  });
  return [
    ...(shown.impact
      ? [labelled('Impact', claimText(shown.impact, incident.evidence, reading, file('impact', 'Impact')))]
      : []),
    ...(shown.known
      ? [
          labelled(
            'What we know',
            claimText(shown.known, incident.evidence, reading, file('what-we-know', 'What we know')),
          ),
        ]
      : []),
    ...(shown.doing === undefined
      ? []
      : [labelled('Doing', fitted(shown.doing, max ?? 2_400, reading, file('doing', 'Doing'), files))]),
  ];
}

/** *Hypothesis* is never labelled; *Ruled out* names what speaks against it. */
export function standLines(stand: Stand | undefined, evidence: Incident['evidence'], reading: Reading) {
  if (!stand) return [];
  const { leading, ruledOut } = stand;
  return [
    ...(leading
      ? [
          labelled(
            'Hypothesis',
            bold(leading.id),
            ' ',
            words(brief(leading.statement, 300), reading),
            `, ${sayState(leading.state)}`,
          ),
        ]
      : []),
    ...(ruledOut.length > 0 ? [labelled('Ruled out', ...ruledOutLine(ruledOut, evidence, reading))] : []),
  ];
}

/** An update in the channel. After a fix, the same function renders the edited record. */
export function updatePost(incident: Incident, record: UpdateRecord, reading: Reading): Message {
  const files: TextFile[] = [];
  const by = plain(
    ` · by ${nameOf(record.by, reading)}${record.publishedBy === undefined ? '' : `, published by ${nameOf(record.publishedBy, reading)}`}`,
  );
  const next: (string | Inline)[] =
    record.nextDueAt === undefined ? [] : [' · next by ', moment(record.nextDueAt, reading, { bold: true })];
  const { impact, known, doing } = showUpdate(record.fields, incident.evidence);
  const claim = impact ?? known;
  return message(
    notification(incident, 'update', claim ? sayClaim(claim) : (doing ?? '')),
    [
      lines([
        section(bold(`${incidentId(incident.number)} ${incident.severity} · update`), ...next, by),
        ...fieldLines(incident, record.fields, reading, files),
        ...standLines(record.stand, incident.evidence, reading),
      ]),
    ],
    files,
  );
}

/** *No change*, with what did change: read from the event `no-change`. */
export function heartbeatPost(incident: Incident, recorded: Recorded, reading: Reading): Message {
  const { event } = recorded;
  if (event.type !== 'no-change')
    throw new TypeError(`A heartbeat is made from no-change, not from ${event.type}`);
  const { since, dueAt } = event;
  const nth = `${since.inARow}${['th', 'st', 'nd', 'rd'][since.inARow % 100 > 10 && since.inARow % 100 < 14 ? 0 : since.inARow % 10] ?? 'th'} time`;
  const quiet = since.quietSince;
  const facts = [
    ...(since.queries > 0 ? [some(since.queries, 'query', 'queries')] : []),
    ...(since.joined.length > 0
      ? [
          `joined: ${since.joined
            .slice(0, 8)
            .map((one) => nameOf(one, reading))
            .join(', ')}${since.joined.length > 8 ? ` and ${since.joined.length - 8} more` : ''}`,
        ]
      : []),
    ...(since.entries > 0 ? [some(since.entries, 'timeline entry', 'timeline entries')] : []),
    ...(since.notes > 0 ? [some(since.notes, 'note')] : []),
  ];
  const said = quiet === undefined ? facts.join(' · ') : `nothing since ${sayMoment(quiet, reading)}, ${nth}`;
  const changed =
    quiet === undefined
      ? section(
          'Since the last word: ',
          plain(facts.join(' · ')),
          ...(since.evidence.length > 0
            ? [' (', ...evidenceLinks(since.evidence, incident.evidence), ')']
            : []),
        )
      : section('Nothing new since ', moment(quiet, reading), `, ${nth}`);
  return message(notification(incident, 'no change', said), [
    lines([
      section(
        bold(`${incidentId(incident.number)} ${incident.severity} · no change`),
        ' · next by ',
        moment(dueAt, reading, { bold: true }),
        plain(` · by ${nameOf(event.by, reading)}`),
      ),
      changed,
    ]),
  ]);
}
