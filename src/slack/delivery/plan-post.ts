import type { Post } from '../../domain/post.ts';
import { findIncident } from '../../flows/incident-of.ts';
import { planFurnish } from './furnish.ts';
import type { Office, Plan } from './plan.ts';
import {
  planActionDue,
  planActionSettle,
  planActionsDue,
  planActionsOrphaned,
  planActionsUnnamed,
} from './plan-actions.ts';
import { planConclusionLate, planJudge, planLookAgain, planToTest } from './plan-conclusion.ts';
import { planDistil, planDistilled } from './plan-distillation.ts';
import { planFormAgain } from './plan-form-again.ts';
import { planGuard, planGuardCheck } from './plan-guard.ts';
import { planHypothesis } from './plan-investigation.ts';
import { planDraft, planNudge, planNudgeDm, planSettle } from './plan-nudge.ts';
import {
  planCatchUp,
  planChannelLost,
  planChannelShared,
  planEvidence,
  planKept,
  planOffer,
  planOfferAnswered,
} from './plan-people.ts';
import { planPostmortem, planPostmortemFiles, planPostmortemRefused } from './plan-postmortem.ts';
import { planRecord } from './plan-record.ts';
import { planReport } from './plan-report.ts';
import { planSleep, planSleepEdit } from './plan-sleep.ts';
import { planOwnSuggestions, planSuggest, planSuggestionCard } from './plan-suggest.ts';
import {
  planAnnounced,
  planAnnouncement,
  planCard,
  planCardEdit,
  planTalk,
  planUpdateEdit,
} from './plan-talk.ts';
import { planTriage, planTriageCard } from './plan-triage.ts';

/** What a post becomes now, drawn from the incident as it stands. */
export async function planPost(office: Office, team: string, post: Post): Promise<Plan> {
  if (post.kind === 'draft') return planDraft(office, team, post);
  if (post.kind === 'form-again') return planFormAgain(office, team, post);
  if (post.kind === 'actions-due') return planActionsDue(office, team, post);
  if (post.kind === 'sleep') return planSleep(office, team, post);
  if (post.kind === 'sleep-edit') return planSleepEdit(office, team, post);
  const incident = await findIncident(office.world.store, { team, number: post.incident });
  if (!incident) return { do: 'drop', why: 'no such incident' };
  switch (post.kind) {
    case 'postmortem-files':
      return planPostmortemFiles(office, incident, post);
    case 'postmortem':
      return planPostmortem(office, incident, post);
    case 'postmortem-refused':
      return planPostmortemRefused(office, incident, post);
    case 'card':
      return planCard(office, incident);
    case 'card-edit':
      return planCardEdit(office, incident, post);
    case 'furnish':
      return planFurnish(office, incident, post);
    case 'announcement':
      return planAnnouncement(office, incident);
    case 'announced':
      return planAnnounced(office, incident, post);
    case 'update':
    case 'phase':
      return planTalk(office, incident, post);
    case 'update-edit':
      return planUpdateEdit(office, incident, post);
    case 'nudge':
      return planNudge(office, incident, post);
    case 'nudge-dm':
      return planNudgeDm(office, incident, post);
    case 'settle':
      return planSettle(office, incident, post);
    case 'offer':
      return planOffer(office, incident, post);
    case 'offer-answered':
      return planOfferAnswered(office, incident, post);
    case 'evidence':
      return planEvidence(office, incident, post);
    case 'triage':
      return planTriage(office, incident, post);
    case 'triage-card':
      return planTriageCard(office, incident, post);
    case 'suggest':
      return planSuggest(office, incident, post);
    case 'suggestion-card':
      return planSuggestionCard(office, incident, post);
    case 'own-suggestions':
      return planOwnSuggestions(office, incident, post);
    case 'record':
      return planRecord(office, incident, post);
    case 'guard':
      return planGuard(office, incident, post);
    case 'guard-check':
      return planGuardCheck(office, incident);
    case 'judge':
      return planJudge(office, incident, post);
    case 'conclusion-late':
      return planConclusionLate(office, incident, post);
    case 'look-again':
      return planLookAgain(office, incident, post);
    case 'action-due':
      return planActionDue(office, incident, post);
    case 'action-settle':
      return planActionSettle(office, incident, post);
    case 'actions-unnamed':
      return planActionsUnnamed(office, incident, post);
    case 'actions-orphaned':
      return planActionsOrphaned(office, incident, post);
    case 'hypothesis':
      return planHypothesis(office, incident, post);
    case 'report':
      return planReport(office, incident, post);
    case 'to-test':
      return planToTest(office, incident, post);
    case 'distil':
      return planDistil(office, incident);
    case 'distilled':
      return planDistilled(office, incident, post);
    case 'kept':
      return planKept(office, incident, post);
    case 'catch-up':
      return planCatchUp(office, incident, post);
    case 'channel-lost':
      return planChannelLost(office, incident, post);
    case 'channel-shared':
      return planChannelShared(office, incident, post);
  }
}
