import type { ActionEvent, ActionItem } from '../action-item.ts';
import type { Incident } from '../incident.ts';
import type { Evolvers } from './promise.ts';

/** What is to be done because of it. */
export const ACTIONS = {
  'action-added': (incident, { action: id, text, owner, dueAt, link, by }, { seq, at }) => ({
    ...incident,
    actions: [
      ...incident.actions,
      {
        id,
        seq,
        text,
        by,
        at,
        asked: { seq, at },
        ...(owner !== undefined && { owner }),
        ...(dueAt !== undefined && { dueAt }),
        ...(link !== undefined && { link }),
      },
    ],
  }),
  'action-changed': (incident, { action, text, owner, dueAt }, { seq, at }) =>
    onAction(incident, action, (one) => ({
      ...one,
      ...(text !== undefined && { text }),
      ...(owner !== undefined && { owner }),
      ...(dueAt !== undefined && { dueAt }),
      // Other words do not make anybody wait anew.
      ...((owner !== undefined || dueAt !== undefined) && { asked: { seq, at } }),
    })),
  'action-closed': (incident, { action, how, reason, by }, { at }) =>
    onAction(incident, action, (one) => ({
      ...one,
      closed: { at, by, how, ...(reason !== undefined && { reason }) },
    })),
  'action-reopened': (incident, { action }, { seq, at }) =>
    onAction(incident, action, ({ closed: _again, ...one }) => ({ ...one, asked: { seq, at } })),
} satisfies Partial<Evolvers<ActionEvent['type']>>;

function onAction(incident: Incident, id: string, change: (one: ActionItem) => ActionItem): Incident {
  return { ...incident, actions: incident.actions.map((one) => (one.id === id ? change(one) : one)) };
}
