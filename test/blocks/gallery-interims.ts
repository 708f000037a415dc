import { catchUp } from '../../blocks/catch-up.ts';
import { handoffOffer } from '../../blocks/handoff.ts';
import { boardMessage } from '../../blocks/investigation/hypothesis-card.ts';
import { handedTests, lookAgain } from '../../blocks/look-again.ts';
import type { Message, Reading, View } from '../../blocks/message.ts';
import { interimModal } from '../../blocks/modals/interim.ts';
import { phasePost } from '../../blocks/phase.ts';
import { statusCard } from '../../blocks/status-card.ts';
import type { Command } from '../../src/domain/command.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { QUESTIONS } from '../../src/domain/investigation/conclusion.ts';
import { at, BO, KAI, LEA, lastEvent } from './sample.ts';

type Plus = (...more: (readonly [now: number, by: string, command: Command])[]) => Incident;

/** The five questions of what was concluded last, answered with *not sure* or all with *yes*. */
function left(incident: Incident, yes = false): Incident {
  const answers = QUESTIONS.map(({ name: question }) =>
    yes ? ({ question, says: 'yes', evidence: 'E1' } as const) : ({ question, says: 'unsure' } as const),
  );
  return evolve(
    incident,
    {
      seq: incident.version + 1,
      at: at('14:39'),
      event: { type: 'questions-answered', of: incident.interim?.seq ?? 0, answers, by: LEA },
    },
    incident,
  );
}

function stalledIn(plus: Plus, text: string): Incident {
  return plus(
    [at('14:31'), KAI, { type: 'state-hypothesis', statement: `it is ${text}`, disproof: `no ${text}` }],
    [at('14:38'), LEA, { type: 'conclude', as: 'stalled', lookAt: at('15:38'), text }],
  );
}

/** What is concluded while it goes on, and what it leaves to test. */
export function interimMessages(
  plus: Plus,
  text: string,
  reading: Reading,
): Readonly<Record<string, Message>> {
  const stalled = stalledIn(plus, text);
  const open = left(stalled);
  const watched = plus(
    [at('14:37'), LEA, { type: 'mitigate' }],
    [at('14:38'), LEA, { type: 'conclude', as: 'monitoring', text }],
  );
  const together = plus([at('14:38'), LEA, { type: 'conclude', as: 'monitoring', text }]);
  const told = (one: Incident, seq = watched.version) => {
    const recorded = one.timeline.find((each) => each.seq === seq);
    if (!recorded) throw new Error(`No event ${seq}`);
    return phasePost(one, recorded, reading);
  };
  return {
    'mitigated, monitoring': told(together, together.version - 1),
    monitoring: phasePost(watched, lastEvent(watched), reading),
    'monitoring, with what is to test': told(left(watched)),
    'monitoring, all answered': told(left(watched, true)),
    'status card, stalled': statusCard(stalled, reading),
    'status card, with what is to test': statusCard(open, reading),
    'board, with what is to test': boardMessage(open, reading),
    'hand-off, with what is to test': handoffOffer(
      open,
      { seq: 9, role: 'lead', from: LEA, to: BO, at: at('14:38') },
      reading,
    ),
    'catch-up, with what is to test': catchUp(open, reading),
    'handed to whoever leads': handedTests(open, reading),
    'time to look again': lookAgain(stalled, 'stalled', stalled.version, reading),
    'time to look again, with what is to test': lookAgain(open, 'stalled', stalled.version, reading),
  };
}

export function interimView(plus: Plus, text: string): View {
  const stalled = stalledIn(plus, text);
  if (!stalled.interim) throw new Error('Not concluded');
  return interimModal(stalled, stalled.interim, { incident: 42, seq: stalled.version });
}
