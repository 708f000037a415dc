import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { group, MESSAGE_BUDGET, MESSAGES_IN_A_ROW, message, some, weight } from '../fit.ts';
import { notification, titleLine } from '../headline.ts';
import type { Message, Reading, TextFile } from '../message.ts';
import { bullets, lines, section } from '../rich.ts';
import { bold, moment, ours } from '../text.ts';
import { ROW_SHOWN, rowTime, timelineRow, timelineText } from './timeline-row.ts';
import { told } from './told.ts';

/**
 * Every event, oldest first. What takes more than a few messages, or has texts longer than a row, comes whole as a file too;
 * then the newest rows are the ones shown.
 */
export function timelineMessage(incident: Incident, reading: Reading): Message {
  const events = [...incident.timeline].sort((a, b) => rowTime(a) - rowTime(b) || a.seq - b.seq);
  const long = events.some(
    (one) => told(one, reading).parts?.some(({ text }) => text.length > ROW_SHOWN) ?? false,
  );
  const rows = events.slice(-2_000).map((one) => timelineRow(one, incident.evidence, reading));
  const groups = group(rows, (row) => weight(row) + 2, { weight: MESSAGE_BUDGET - 500, pieces: 80 });
  const shown = groups.slice(-MESSAGES_IN_A_ROW);
  const hidden = events.length - shown.reduce((sum, one) => sum + one.length, 0);
  const name = `inc-${incident.number}-timeline.txt`;
  const files: TextFile[] =
    long || hidden > 0
      ? [
          {
            name,
            title: `${incidentId(incident.number)} timeline`,
            text: events.map((one) => timelineText(one, incident.evidence, reading)).join('\n'),
          },
        ]
      : [];
  const text = notification(incident, 'timeline', some(events.length, 'event'));
  const head = lines([
    section(
      bold(`${titleLine(incident)} · timeline`),
      ours(`\n${some(events.length, 'event')} since `),
      moment(incident.declaredAt, reading),
      ...(files.length === 0
        ? []
        : [
            ours(
              hidden > 0
                ? `; the newest ${events.length - hidden} here, all of them whole in ${name}`
                : `; long texts are whole in ${name}`,
            ),
          ]),
    ),
  ]);
  const [first = [], ...rest] = shown;
  const whole = message(text, [head, bullets(first.length > 0 ? first : [section('Nothing yet.')])], files);
  if (rest.length === 0) return whole;
  return { ...whole, more: rest.map((part) => ({ text: `${text} (continued)`, blocks: [bullets(part)] })) };
}
