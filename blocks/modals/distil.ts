import { incidentId } from '../../src/domain/incident.ts';
import { CALLBACKS, encodeMeta, type Meta } from '../action-ids.ts';
import type { View } from '../message.ts';
import { plainText } from './fields.ts';
import { type LessonForm, lessonBlocks } from './lessons.ts';

/** What an incident taught, where it ended without its closing form. */
export function distilModal(meta: Meta, lessons: LessonForm): View {
  const [, ...blocks] = lessonBlocks(lessons);
  return {
    type: 'modal',
    callback_id: CALLBACKS.distil,
    title: plainText(`${incidentId(lessons.incident)} taught us`.slice(0, 24)),
    submit: plainText('Keep it'),
    close: plainText('Not now'),
    notify_on_close: true,
    private_metadata: encodeMeta(meta),
    blocks,
  };
}
