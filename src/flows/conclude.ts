import type { Command } from '../domain/command.ts';
import type { LessonChoice } from '../domain/distillation.ts';
import type { Incident, Severity } from '../domain/incident.ts';
import type { QuestionAnswer } from '../domain/investigation/conclusion.ts';
import type { Instant } from '../domain/time.ts';
import { type Acted, type Asker, act } from './act.ts';
import { personSeat } from './judge-seat.ts';
import type { World } from './ports.ts';

export interface Answered {
  readonly answers: readonly QuestionAnswer[];
  /** A new proposal, or other words for the one that waits. */
  readonly proposal?: { readonly text?: string; readonly at?: Instant };
  /** What it taught: kept until it is over, and saved then. */
  readonly choice?: LessonChoice;
}

/** The five answers; where all are *yes*, somebody independent is asked to judge, unless the severity may do without. */
export async function answerQuestions(
  world: World,
  incident: Incident,
  { answers, proposal, choice }: Answered,
  asker: Asker,
): Promise<Acted> {
  const skipJudge = mayGoUnjudged(world.skipJudge, incident.severity);
  const judge = skipJudge ? undefined : await (world.judge ?? personSeat)(world, incident, asker.by);
  const commands: Command[] = [
    ...(proposal ? [{ type: 'resolve', ...proposal } as const] : []),
    ...(choice ? [{ type: 'draft-distillation', choice } as const] : []),
    { type: 'answer-questions', answers, skipJudge, ...(judge !== undefined && { judge }) },
  ];
  return act(world, incident, commands, asker);
}

function mayGoUnjudged(skip: readonly Severity[] | undefined, severity: Severity): boolean {
  return skip?.includes(severity) ?? false;
}
