import { judgeBrief } from '../../../blocks/investigation/judge-brief.ts';
import { handedTests, lookAgain } from '../../../blocks/look-again.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { type Incident, isOpen, STEADY } from '../../domain/incident.ts';
import { openTests } from '../../domain/investigation/interim.ts';
import type { Post } from '../../domain/post.ts';
import { act } from '../../flows/act.ts';
import type { Office, Plan } from './plan.ts';
import { reading } from './plan-talk.ts';

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

/** The brief, to the person who was asked; nothing once it is judged. */
export async function planJudge(office: Office, incident: Incident, { to }: Of<'judge'>): Promise<Plan> {
  const waits = incident.conclusion?.stage === 'judge' || incident.review?.kind === 'unreviewed';
  if (!waits) return { do: 'drop', why: 'nothing waits for a judge' };
  return {
    do: 'post',
    to: { dm: to },
    message: judgeBrief(incident, await reading(office, incident)),
    binding: { kind: 'judge', id: to, incident: incident.number },
  };
}

/** Nobody answered or judged in time: the domain says what follows. */
export async function planConclusionLate(
  { world, directory }: Office,
  incident: Incident,
  { proposal }: Of<'conclusion-late'>,
): Promise<Plan> {
  if (incident.conclusion?.seq !== proposal) return { do: 'drop', why: 'it has moved on' };
  return {
    do: 'run',
    run: async () => {
      const owes = incident.conclusion?.judge ?? incident.lead;
      const zone = await directory.zone(incident.team, owes);
      try {
        await act(world, incident, { type: 'conclusion-late', proposal, zone }, { by: STEADY });
      } catch (error) {
        if (!(error instanceof RuleViolation)) throw error;
      }
    },
  };
}

/** Whoever leads hears that the time they named has come. */
export async function planLookAgain(
  office: Office,
  incident: Incident,
  { seq }: Of<'look-again'>,
): Promise<Plan> {
  const event = incident.timeline.find((one) => one.seq === seq)?.event;
  if (event?.type !== 'concluded' || !isOpen(incident)) return { do: 'drop', why: 'it has moved on' };
  return {
    do: 'post',
    to: { dm: incident.lead },
    message: lookAgain(incident, event.as, seq, await reading(office, incident)),
  };
}

/** Whoever leads by now is handed what somebody else's answers left open. */
export async function planToTest(office: Office, incident: Incident, { to }: Of<'to-test'>): Promise<Plan> {
  if (!isOpen(incident) || openTests(incident).length === 0)
    return { do: 'drop', why: 'nothing is left to test' };
  return { do: 'post', to: { dm: to }, message: handedTests(incident, await reading(office, incident)) };
}
