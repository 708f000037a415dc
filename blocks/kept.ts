import type { Kept } from '../src/domain/cadence.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { Lesson } from '../src/domain/knowledge/lessons.ts';
import { MINUTE, sayDuration } from '../src/domain/time.ts';
import { message } from './fit.ts';
import { notification } from './headline.ts';
import { distilOffer } from './knowledge/distillation.ts';
import type { Message } from './message.ts';
import { lines, section } from './rich.ts';
import { plain } from './text.ts';

/** One private message to the lead at the end: `kept 6 of 6, longest silence 28 min`; with `owed`, what it taught is asked once. */
export function keptMessage(incident: Incident, kept: Kept, owed: readonly Lesson[] = []): Message {
  const said = sayKept(kept);
  return message(notification(incident, said), [
    lines([section(plain(`INC-${incident.number}: ${said}.`))]),
    ...(owed.length > 0 ? distilOffer(incident, owed) : []),
  ]);
}

/** The same words for status and lists; says so where nothing was due. A silence below a minute is none. */
export function sayKept({ kept, of, onTimeRate, longestSilence }: Kept): string {
  const said = onTimeRate === null ? 'no update fell due' : `kept ${kept} of ${of}`;
  return longestSilence < MINUTE ? said : `${said}, longest silence ${sayDuration(longestSilence)}`;
}
