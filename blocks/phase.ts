import { claims } from '../src/domain/claim.ts';
import { type Incident, incidentId, lasted, type Recorded } from '../src/domain/incident.ts';
import { mitigationSays, saysNow } from '../src/domain/investigation/posted-claims.ts';
import { sayMitigation } from '../src/domain/investigation/triage.ts';
import { sayDuration } from '../src/domain/time.ts';
import { ACTIONS, encodeRef } from './action-ids.ts';
import { sayActions } from './action-item.ts';
import { actions, button } from './controls.ts';
import { brief, message, shorten } from './fit.ts';
import { notification, sayClaim, stateMark } from './headline.ts';
import { claimText } from './investigation/claim.ts';
import { conclusionPost, sayReview } from './investigation/conclusion.ts';
import { interimBlocks } from './investigation/interim.ts';
import type { Message, Reading, TextFile } from './message.ts';
import { fitted, labelled, lines, section } from './rich.ts';
import { moment, nameOf, ours, plain, words } from './text.ts';

/** A phase change in the channel. `incident` is the one after the event. Throws a TypeError for other events. */
export function phasePost(incident: Incident, recorded: Recorded, reading: Reading): Message {
  const { event } = recorded;
  const files: TextFile[] = [];
  const id = incidentId(incident.number);
  const by = plain(` · by ${nameOf(event.by, reading)}`);
  const file = (part: string, title: string) => ({
    name: `inc-${incident.number}-${part}.txt`,
    title,
    files,
  });
  const nextBy = (at: number) => [' · next update by ', moment(at, reading, { bold: true })];
  const head = (words: string) => ours(`${stateMark(incident)} ${id} · ${words}`.trim(), { bold: true });
  const claimLine = (text: string | undefined, title: string) =>
    text === undefined
      ? []
      : [
          section(
            ...claimText(
              claims(text, incident.evidence),
              incident.evidence,
              reading,
              file(title.toLowerCase(), title),
            ),
          ),
        ];
  const claimed = (text: string | undefined) =>
    text === undefined ? incident.title : sayClaim(claims(text, incident.evidence));
  switch (event.type) {
    case 'mitigated': {
      const watched = incident.interim?.said === recorded.seq ? 'mitigated, monitoring' : 'mitigated';
      return message(
        notification(
          incident,
          watched,
          claimed(event.text && mitigationSays(incident, recorded.seq, event.text)),
        ),
        [
          lines([
            section(head(watched), ' ', moment(event.effectiveAt, reading), ...nextBy(event.dueAt), by),
            ...claimLine(mitigationSays(incident, recorded.seq, event.text), 'Mitigation'),
          ]),
          ...interimBlocks(incident, recorded.seq, reading),
        ],
        files,
      );
    }
    case 'resolved': {
      const after = sayDuration(lasted(incident, reading.now));
      const items = sayActions(incident);
      const cause = saysNow(incident, recorded.seq, event.text);
      return message(
        notification(
          incident,
          `resolved${event.review?.kind === 'unreviewed' ? ' (unreviewed)' : ''} after ${after}`,
          claimed(cause),
        ),
        [
          lines([
            section(
              head(event.review?.kind === 'unreviewed' ? 'resolved (unreviewed)' : 'resolved'),
              ' ',
              moment(event.effectiveAt, reading),
              ` after ${after}`,
              by,
            ),
            ...claimLine(cause, 'Resolution'),
            ...(event.review ? [labelled('Review', words(sayReview(event.review, reading), reading))] : []),
            ...(items === undefined ? [] : [section(items)]),
          ]),
          actions(
            button(ACTIONS.writePostmortem, 'Postmortem draft', encodeRef({ incident: incident.number })),
          ),
        ],
        files,
      );
    }
    case 'reopened':
      return message(
        notification(incident, 'reopened', event.reason ?? incident.title),
        [
          lines([
            section(head(`reopened as ${incident.severity}`), ...nextBy(event.dueAt), by),
            ...(event.reason === undefined
              ? []
              : [section(...fitted(event.reason, 2_400, reading, file('reason', 'Reason'), files))]),
          ]),
        ],
        files,
      );
    case 'cancelled':
      return message(
        notification(incident, 'cancelled, a false alarm', event.reason),
        [
          lines([
            section(head('cancelled: a false alarm'), by),
            labelled('Why', fitted(event.reason, 2_400, reading, file('reason', 'Reason'), files)),
          ]),
        ],
        files,
      );
    case 'merged':
      return message(notification(incident, `merged into ${incidentId(event.into)}`, incident.title), [
        lines([
          section(head(`merged into ${incidentId(event.into)}`), by),
          section(`Updates continue on ${incidentId(event.into)}.`),
        ]),
      ]);
    case 'severity-changed':
      return message(notification(incident, `severity ${event.was} to ${event.severity}`, incident.title), [
        lines([
          section(
            head(`severity ${event.was} → ${event.severity}`),
            ...(incident.promise ? nextBy(incident.promise.dueAt) : []),
            by,
          ),
          section(plain(brief(incident.title, 300))),
        ]),
      ]);
    case 'mitigation-started': {
      const said = sayMitigation(event.kind, event.target, incident.severity);
      return message(notification(incident, said), [
        lines([section(ours(`${id} · `, { bold: true }), words(shorten(said, 1_000), reading), by)]),
      ]);
    }
    case 'resolution-proposed':
    case 'conclusion-returned':
    case 'concluded': {
      const said = conclusionPost(incident, { ...recorded, event }, reading);
      if (said) return said;
      throw new TypeError(`${event.type} is not heard`);
    }
    default:
      throw new TypeError(`${event.type} is no phase change`);
  }
}
