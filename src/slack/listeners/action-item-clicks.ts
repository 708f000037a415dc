import { ACTIONS, type Meta, type Ref } from '../../../blocks/action-ids.ts';
import {
  actionDropModal,
  actionHandModal,
  readActionDrop,
  readActionHand,
} from '../../../blocks/modals/action.ts';
import type { Submitted } from '../../../blocks/modals/fields.ts';
import { actionNamed } from '../../domain/decide/actions.ts';
import { DAY } from '../../domain/time.ts';
import { mayClickAction } from '../action-access.ts';
import type { Asked } from '../call.ts';
import type { Said } from '../command-row.ts';
import { closeAction, dropAction, handAction } from '../commands/actions.ts';
import { metaOf, openModal } from '../forms/open-modal.ts';

const WEEK = 7 * DAY;
const KINDS: ReadonlySet<string> = new Set([
  ACTIONS.actionDone,
  ACTIONS.actionNextWeek,
  ACTIONS.actionDrop,
  ACTIONS.actionHand,
]);

export function isActionItemClick(kind: string): boolean {
  return KINDS.has(kind);
}

/** *Done*, *Next week*, *Drop*, *Hand to …*; its owner may click wherever they are asked. */
export async function actionItemClick(asked: Asked, kind: string, ref: Ref): Promise<Said> {
  const id = `A${ref.second ?? 0}`;
  const incident = await mayClickAction(asked, ref.incident, id);
  const item = actionNamed(incident, id);
  switch (kind) {
    case ACTIONS.actionDone:
      return closeAction(asked, incident, id);
    case ACTIONS.actionNextWeek: {
      const dueAt = asked.bot.world.clock.now() + WEEK;
      return handAction(asked, incident, id, { dueAt });
    }
    case ACTIONS.actionDrop:
      return openModal(asked, actionDropModal(incident, item, metaOf(asked)));
    default:
      return openModal(asked, actionHandModal(incident, item, metaOf(asked)));
  }
}

export async function actionHandSubmit(asked: Asked, meta: Meta, values: Submitted): Promise<Said> {
  const { incident, item } = await ofForm(asked, meta);
  const { owner, dueAt } = readActionHand(values);
  // The form knows seconds only: a date that nobody touched stays the one it was.
  const same = dueAt !== undefined && dueAt === seconds(item.dueAt);
  return handAction(asked, incident, item.id, {
    ...(owner !== undefined && { owner }),
    ...(dueAt !== undefined && !same && { dueAt }),
  });
}

export async function actionDropSubmit(asked: Asked, meta: Meta, values: Submitted): Promise<Said> {
  const { incident, item } = await ofForm(asked, meta);
  return dropAction(asked, incident, item.id, readActionDrop(values));
}

async function ofForm(asked: Asked, { incident: number, about = '' }: Meta) {
  const incident = await mayClickAction(asked, number ?? 0, about);
  return { incident, item: actionNamed(incident, about) };
}

function seconds(at: number | undefined): number | undefined {
  return at === undefined ? undefined : Math.floor(at / 1000) * 1000;
}
