import {
  actionHint,
  actionsDue,
  actionsMine,
  actionsOf,
  actionsOrphaned,
  actionsUnnamed,
} from '../../blocks/actions.ts';
import { formAgainMessage } from '../../blocks/form-again.ts';
import { homeView } from '../../blocks/home.ts';
import type { Message, View } from '../../blocks/message.ts';
import { actionDropModal, actionHandModal } from '../../blocks/modals/action.ts';
import { phasePost } from '../../blocks/phase.ts';
import { statusCard } from '../../blocks/status-card.ts';
import type { ActionItem } from '../../src/domain/action-item.ts';
import { DAY } from '../../src/domain/time.ts';
import type { InvestigationPaint } from './gallery-investigation.ts';
import { at, BO, KAI, LEA, lastEvent } from './sample.ts';

type Paint = Pick<InvestigationPaint, 'incident' | 'plus' | 'text' | 'reading'>;

/** One done, one due, one late with a ticket, one that nobody does yet, and as many more. */
function withActions({ plus, text }: Paint, more = 0) {
  return plus(
    [at('14:31'), KAI, { type: 'add-action', text: `1 ${text}`, owner: BO, dueAt: at('14:39') }],
    [
      at('14:32'),
      KAI,
      {
        type: 'add-action',
        text: `2 ${text}`,
        owner: LEA,
        dueAt: at('14:32') + 4 * DAY,
        link: 'https://t.example.com/PROJ-1',
      },
    ],
    [at('14:33'), KAI, { type: 'add-action', text: `3 ${text}` }],
    [at('14:34'), BO, { type: 'close-action', action: 'A1', how: 'dropped', reason: `it ${text}` }],
    ...Array.from(
      { length: more },
      (_, n) => [at('14:35'), KAI, { type: 'add-action', text: `${n + 4} ${text}`, owner: LEA }] as const,
    ),
  );
}

/** Action items, in every message that asks for them. */
export function actionMessages(paint: Paint): Readonly<Record<string, Message>> {
  const { reading, incident, text } = paint;
  const few = withActions(paint);
  const many = withActions(paint, 60);
  const of = (one: typeof few) => one.actions.map((item) => ({ incident: one, item }));
  const over = paint.plus(
    [at('14:36'), LEA, { type: 'add-action', text: `1 ${text}` }],
    [at('14:38'), LEA, { type: 'override', reason: `it ${text}` }],
  );
  return {
    'actions: of an incident': actionsOf(few, reading),
    'actions: of an incident, many': actionsOf(many, reading),
    'actions: none': actionsOf(incident, reading),
    'actions: mine': actionsMine(of(many), reading),
    'actions: none of mine': actionsMine([], reading),
    'actions: due': actionsDue(of(few).slice(1), reading),
    'actions: due, one': actionsDue(of(few).slice(1, 2), reading),
    'actions: due, all closed': actionsDue(of(few).slice(0, 1), reading),
    'actions: unnamed': actionsUnnamed(of(few).slice(2), reading),
    'actions: orphaned': actionsOrphaned(BO, of(many).slice(1), reading),
    'actions: hint': actionHint(
      few,
      'A3',
      'nobody can tell when that is done. What exactly changes, and where?',
      reading,
    ),
    'a form that came before a restart': formAgainMessage(text, 'form/submit/V1/2'),
    'status card with action items': statusCard(over, reading),
    'resolved with action items': phasePost(over, lastEvent(over), reading),
  };
}

export function actionViews(paint: Paint): Readonly<Record<string, View>> {
  const many = withActions(paint, 60);
  const item = many.actions[1] as ActionItem;
  return {
    'modal: action, hand over': actionHandModal(many, item, { channel: 'C1' }),
    'modal: action, drop': actionDropModal(many, item, { channel: 'C1' }),
    'home with action items': homeView({
      open: [],
      waiting: [],
      led: [],
      actions: many.actions.map((one) => ({ incident: many, item: one })),
      reading: paint.reading,
    }),
  };
}
