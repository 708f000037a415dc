import { keptMessage } from '../../blocks/kept.ts';
import { distilledMessage } from '../../blocks/knowledge/distillation.ts';
import type { Message, View } from '../../blocks/message.ts';
import { distilModal } from '../../blocks/modals/distil.ts';
import type { LessonForm } from '../../blocks/modals/lessons.ts';
import { resolveModal } from '../../blocks/modals/resolve.ts';
import { keptSoFar } from '../../src/domain/cadence.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Lesson } from '../../src/domain/knowledge/lessons.ts';
import { at } from './sample.ts';

/** As many as the timeline ever proposes. */
export function lessons(words: string): readonly Lesson[] {
  const one = (id: string, kind: Lesson['kind'], proof?: string): Lesson => ({
    id,
    kind,
    key: `INC-42 ${words}`.slice(0, 79).toWellFormed(),
    text: words,
    about: words,
    ...(proof !== undefined && { proof }),
    named: [],
  });
  return [
    one('incident', 'incidents'),
    ...['H1', 'H2', 'C1'].map((id) => one(`fact/${id}`, 'facts', 'E1')),
    ...['E1', 'E2', 'E3'].map((id) => one(`query/${id}`, 'queries', id)),
    one('pattern/H1', 'patterns'),
  ];
}

export function closingMessages(incident: Incident, words: string): Readonly<Record<string, Message>> {
  const entries = lessons(words).map(({ kind, key }) => ({ shelf: 'org/acme', kind, key }));
  return {
    'kept, with what it taught': keptMessage(incident, keptSoFar(incident, at('14:38')), lessons(words)),
    'distillation: kept': distilledMessage(incident, entries),
    'distillation: kept for one': distilledMessage(incident, [
      { shelf: 'personal/U0LEA', kind: 'incidents', key: words },
    ]),
  };
}

export function closingViews(incident: Incident, words: string): Readonly<Record<string, View>> {
  const form: LessonForm = {
    incident: 42,
    lessons: lessons(words),
    audience: { org: words.slice(0, 100).toWellFormed() || 'acme', private: false, workspace: words },
  };
  const alone: LessonForm = {
    ...form,
    audience: { private: true, org: words.slice(0, 100).toWellFormed() || 'acme', workspace: words },
    editing: true,
  };
  return {
    'modal: resolve': resolveModal(incident, { incident: 42 }, form),
    'modal: resolve, put away before': resolveModal(
      incident,
      { incident: 42 },
      {
        ...form,
        audience: { private: false, workspace: words },
        choice: { out: ['incident', 'fact/H1'], keep: [{ id: 'pattern/H1', text: words }], reason: words },
      },
      { text: words, answers: [{ question: 'mechanism', says: 'no' }] },
    ),
    'modal: resolve, private, with words': resolveModal(incident, { incident: 42 }, alone),
    'modal: distil': distilModal({ incident: 42 }, form),
  };
}
