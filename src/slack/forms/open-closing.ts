import type { Meta } from '../../../blocks/action-ids.ts';
import type { View } from '../../../blocks/message.ts';
import { distilModal } from '../../../blocks/modals/distil.ts';
import type { Submitted } from '../../../blocks/modals/fields.ts';
import { readResolveDraft, resolveModal } from '../../../blocks/modals/resolve.ts';
import { mayDistil } from '../../domain/decide/distillation.ts';
import { mustBeOpen } from '../../domain/decide/rules.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Asked } from '../call.ts';
import type { Said } from '../command-row.ts';
import { choiceFrom, lessonForm, lessonsRead, offeredIn, takeUp } from './closing-form.ts';
import { metaOf, openModal } from './open-modal.ts';

/** The end: what it was, its five questions, what it taught. Begins with what the same person put away. */
export async function openResolve(asked: Asked, incident: Incident): Promise<Said> {
  mustBeOpen(incident);
  const held = await takeUp(asked, incident);
  const lessons = lessonForm(asked, incident, held?.choice);
  const meta = metaOf(asked, { incident: incident.number, about: offeredIn(lessons) });
  return openModal(asked, resolveModal(incident, meta, lessons, held?.resolve));
}

/** What it taught, alone. */
export async function openDistil(asked: Asked, incident: Incident): Promise<Said> {
  mayDistil(incident);
  const held = await takeUp(asked, incident);
  const lessons = lessonForm(asked, incident, held?.choice);
  const meta = metaOf(asked, { incident: incident.number, about: offeredIn(lessons) });
  return openModal(asked, distilModal(meta, lessons));
}

/** The same form with the words of what is ticked, to be changed; everything filled in stays. */
export async function withWords(
  asked: Asked,
  incident: Incident,
  shown: { readonly meta: Meta; readonly values: Submitted; readonly alone: boolean },
): Promise<View> {
  const { meta, values, alone } = shown;
  const held = await takeUp(asked, incident);
  const choice = choiceFrom(asked, incident, lessonsRead(values, meta.about), held?.choice);
  const lessons = { ...lessonForm(asked, incident, choice), editing: true };
  const now = { ...meta, about: offeredIn(lessons) };
  return alone ? distilModal(now, lessons) : resolveModal(incident, now, lessons, readResolveDraft(values));
}
