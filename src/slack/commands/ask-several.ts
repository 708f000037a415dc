import { evidenceCard } from '../../../blocks/evidence/evidence-card.ts';
import type { Message } from '../../../blocks/message.ts';
import { notice } from '../../../blocks/notice.ts';
import { BackendError } from '../../domain/errors.ts';
import type { Answer } from '../../domain/evidence.ts';
import { type Asking, ask, evidenceRow } from '../../flows/ask.ts';
import { recordAnswers, recorderOf } from '../../flows/evidence/record-answers.ts';
import { readingOf } from '../call.ts';
import type { Call, Said } from '../command-row.ts';
import { refuseWhereShared } from '../evidence/evidence-place.ts';
import { askingFor, discoverMissing, incidentFor, PATIENCE, whereItIs } from './ask.ts';

/**
 * Asks one thing of each at once. Every answer is a card of its own; one that fails is told beside those that came. The test of a
 * hypothesis is one question, so then the first alone is asked. Throws the first failure where nothing came.
 */
export async function askSeveral(
  call: Call,
  questions: readonly Pick<Asking, 'backend' | 'query'>[],
): Promise<Said> {
  const { bot, request } = call;
  const incident = await incidentFor(call);
  await refuseWhereShared(call, incident);
  const signal = AbortSignal.timeout(PATIENCE);
  const askings = await Promise.all(
    questions.slice(0, call.test ? 1 : undefined).map((one) => askingFor(call, one, incident)),
  );
  const outcomes = await Promise.all(
    askings.map(async (asking): Promise<Answer | BackendError> => {
      try {
        if (request.kind === 'click') await discoverMissing(bot.world.telemetry, asking.backend, signal);
        return await ask(bot.world, asking, signal);
      } catch (error) {
        if (error instanceof BackendError) return error;
        throw error;
      }
    }),
  );
  const answers = outcomes.filter((one): one is Answer => !(one instanceof BackendError));
  const [failure] = outcomes.filter((one) => one instanceof BackendError);
  const [asking] = askings;
  if (failure && answers.length === 0) throw failure;
  if (!asking) throw new TypeError('There was nobody to ask');
  const reading = await readingOf(call);
  const failed = failure && notice(failure, reading, { asked: call.again });
  if (!incident) {
    const cards = answers.map((answer) => evidenceCard({ evidence: answer }, reading));
    return {
      kind: request.kind === 'slash' ? 'private' : 'thread',
      message: together([...cards, ...(failed ? [failed] : [])]),
    };
  }
  const { notes } = await recordAnswers(bot.world, incident, answers, recorderOf(asking), {
    posts: (recorded) => recorded.map((note) => evidenceRow(incident, note, asking)),
    ...(asking.test && { test: asking.test }),
  });
  const [first] = notes;
  if (request.kind === 'slash' && first && !failed) return whereItIs(call, incident, first.id);
  return { kind: 'posted', ...(failed && { also: failed }) };
}

/** Messages under each other as one; what does not fit with the first follows it. */
function together([first, ...others]: readonly Message[]): Message {
  if (!first) throw new TypeError('There was nothing to say');
  return { ...first, more: [...(first.more ?? []), ...others] };
}
