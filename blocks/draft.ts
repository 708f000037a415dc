import { type Incident, incidentId } from '../src/domain/incident.ts';
import { standOf } from '../src/domain/investigation/stand.ts';
import type { Instant } from '../src/domain/time.ts';
import type { UpdateFields } from '../src/domain/update.ts';
import { ACTIONS, encodeRef } from './action-ids.ts';
import { actions, button } from './controls.ts';
import { brief, message, some } from './fit.ts';
import { notification, plainNotification } from './headline.ts';
import type { Block, Message, Reading, TextFile } from './message.ts';
import { promiseControls } from './nudge.ts';
import { lines, section } from './rich.ts';
import { bold, moment, notation, sayMoment } from './text.ts';
import { fieldLines, standLines } from './update.ts';

/** One stored draft that its reader must act on. */
export interface DraftItem {
  readonly incident: Incident;
  /** Number of the promise it is for. */
  readonly promise: number;
  readonly fields: UpdateFields;
  /** Why it was held instead of posted; such a draft is thrown away or edited, not snoozed. */
  readonly held?: string;
  /** Key of the stored draft; goes into the buttons of a held one. */
  readonly key?: string;
}

/** A direct message: one or several drafts, each with its own buttons. */
export function draftMessage(items: readonly DraftItem[], reading: Reading): Message {
  const [only] = items;
  const files: TextFile[] = [];
  const blocks = items.flatMap((item, index): Block[] => [
    ...(index > 0 ? [{ type: 'divider' } as const] : []),
    ...draftBlocks(item, reading, files),
  ]);
  if (items.length !== 1 || !only)
    return message(
      plainNotification(
        `${some(items.length, 'update')} to send: ${items.map((one) => incidentId(one.incident.number)).join(', ')}`,
      ),
      blocks,
      files,
    );
  const due = dueAt(only);
  const said =
    only.held === undefined
      ? due === undefined
        ? 'update due'
        : `update due ${sayMoment(due, reading)}`
      : 'your update is held';
  return message(notification(only.incident, said, only.held ?? only.incident.title), blocks, files);
}

function dueAt({ incident, promise }: DraftItem): Instant | undefined {
  return incident.promise?.number === promise ? incident.promise.dueAt : undefined;
}

/** One draft with its buttons; also in `status` and on the home tab. */
export function draftBlocks(item: DraftItem, reading: Reading, files: TextFile[]): Block[] {
  const { incident, promise, fields, held, key } = item;
  const id = incidentId(incident.number);
  const due = dueAt(item);
  const head =
    held === undefined
      ? section(
          bold(`${id} ${incident.severity}`),
          ...(due === undefined
            ? [': an update is due.']
            : [': an update is due at ', moment(due, reading, { bold: true }), '.']),
          ' A draft from the timeline:',
        )
      : section(
          bold(`${id} ${incident.severity}`),
          ': your update is held. ',
          notation(brief(held, 500), reading),
        );
  const value = encodeRef({
    incident: incident.number,
    second: promise,
    ...(key !== undefined && { rest: key }),
  });
  const said = fieldLines(incident, fields, reading, files, 700);
  const shown =
    said.length > 0 ? [...said, ...standLines(standOf(incident), incident.evidence, reading)] : said;
  return [
    lines([head]),
    lines(shown.length > 0 ? shown : [section('Nothing is on the timeline yet. One sentence is enough.')]),
    held === undefined
      ? promiseControls(incident, promise, shown.length > 0)
      : actions(
          button(ACTIONS.editDraft, 'Edit', value, 'primary'),
          button(ACTIONS.discardDraft, 'Discard', value),
        ),
  ];
}
