import type { ActionEvent } from '../../src/domain/action-item.ts';
import type { Instant } from '../../src/domain/time.ts';
import type { Reading } from '../message.ts';
import { nameOf } from '../text.ts';
import type { Told } from './told.ts';

/** What one event of an action item says on the timeline. */
export function toldAction(event: ActionEvent, reading: Reading): Told {
  const id = event.action;
  switch (event.type) {
    case 'action-added':
      return {
        says: [`action item ${id}`, ...forWhom(event, reading)],
        parts: [{ text: event.text }],
        ...(event.link !== undefined && { url: event.link }),
      };
    case 'action-changed':
      return {
        says: [`changed ${id}`, ...forWhom(event, reading)],
        ...(event.text !== undefined && { parts: [{ text: event.text }] }),
      };
    case 'action-closed':
      return {
        says: `${event.how === 'done' ? 'did' : 'dropped'} ${id}`,
        ...(event.reason !== undefined && { parts: [{ text: event.reason }] }),
      };
    case 'action-reopened':
      return { says: `reopened ${id}` };
  }
}

function forWhom(
  { owner, dueAt }: { readonly owner?: string; readonly dueAt?: Instant },
  reading: Reading,
): readonly (string | Instant)[] {
  return [
    ...(owner === undefined ? [] : [` for ${nameOf(owner, reading)}`]),
    ...(dueAt === undefined ? [] : [', due ', dueAt]),
  ];
}
