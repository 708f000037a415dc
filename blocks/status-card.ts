import { claims } from '../src/domain/claim.ts';
import { type Incident, incidentId, isOpen, lasted, ROLES } from '../src/domain/incident.ts';
import type { Conclusion } from '../src/domain/investigation/conclusion.ts';
import { leading, ruledOut } from '../src/domain/investigation/hypothesis.ts';
import type { FactField } from '../src/domain/knowledge/service-facts.ts';
import { sayDuration } from '../src/domain/time.ts';
import { showUpdate } from '../src/domain/update.ts';
import { ACTIONS, CARD_MORE, encodeRef } from './action-ids.ts';
import { sayActions } from './action-item.ts';
import { actions, button, option, overflow } from './controls.ts';
import { brief, message, shorten, some } from './fit.ts';
import { notification, sayPhase, stateMark, titleLine } from './headline.ts';
import { claimText } from './investigation/claim.ts';
import { sayReview } from './investigation/conclusion.ts';
import { ruledOutLine, standLine } from './investigation/hypothesis-card.ts';
import { ownerAndLook } from './investigation/interim.ts';
import { openTestsLine } from './investigation/open-tests.ts';
import { tierName } from './knowledge/tier-name.ts';
import type { Block, Message, Reading, TextFile } from './message.ts';
import { labelled, lines, section, small } from './rich.ts';
import { type Inline, link, moment, nameOf, ours, plain, safeUrl, sayMoment, words } from './text.ts';

/** Characters of a title in the head, which takes 150 in all; and below it, where a cut is said with an ellipsis. */
const HEAD_TITLE = 110;
const TITLE_SHOWN = 500;

/** What the card says beyond the incident itself. */
export interface CardExtras {
  /** Best-effort failures, one line each: `no permission to pin: pins:write`. */
  readonly notes?: readonly string[];
  /** False in a shared channel that the configuration names; where nothing is said, evidence is hidden in every shared one. */
  readonly evidenceHidden?: boolean;
}

/** The start message: one per incident, pinned, edited in place. It has no room for long texts: the timeline holds them whole. */
export function statusCard(incident: Incident, reading: Reading, extras: CardExtras = {}): Message {
  const { text, blocks } = cardFacts(incident, reading, extras);
  return message(text, [...blocks, controls(incident, isOpen(incident))]);
}

/** The card without its buttons. */
export function cardFacts(incident: Incident, reading: Reading, extras: CardExtras = {}): Message {
  const title = `${stateMark(incident)} ${titleLine(incident, HEAD_TITLE)}`.trim();
  return message(notification(incident, sayPhase(incident), incident.title), [
    { type: 'header', text: { type: 'plain_text', text: title, emoji: false } },
    lines([
      ...wholeTitle(incident),
      phaseLine(incident, reading),
      peopleLine(incident, reading),
      ...claimLines(incident, reading),
      ...causeLine(incident, reading),
      ...endLine(incident, reading),
      ...(isOpen(incident) ? [...interimLine(incident, reading), ...openTestsLine(incident)] : []),
      ...(isOpen(incident) ? [updateLine(incident, reading)] : []),
      linkLine(incident, reading),
    ]),
    ...remarks(incident, reading, extras),
  ]);
}

/** A title that the head cuts stands below it. */
function wholeTitle({ title }: Incident) {
  return brief(title, HEAD_TITLE) === title ? [] : [section(plain(shorten(title, TITLE_SHOWN)))];
}

function phaseLine(incident: Incident, reading: Reading) {
  const began: (string | Inline)[] = ['declared ', moment(incident.declaredAt, reading)];
  if (incident.impactSince !== undefined)
    began.unshift('impact since ', moment(incident.impactSince, reading), ' · ');
  const length = sayDuration(lasted(incident, reading.now));
  switch (incident.phase) {
    case 'investigating':
      return section(
        ours('Investigating', { bold: true }),
        ' since ',
        moment(incident.declaredAt, reading),
        ...(incident.impactSince === undefined
          ? []
          : [', impact since ', moment(incident.impactSince, reading)]),
      );
    case 'mitigated':
      return section(
        ours('Mitigated', { bold: true }),
        ' since ',
        moment(incident.mitigatedAt ?? incident.declaredAt, reading),
        ...(incident.conclusion
          ? [ours(', conclusion pending: ', { bold: true }), waitsFor(incident.conclusion, reading)]
          : []),
        ' · ',
        ...began,
      );
    case 'resolved':
      return section(
        ours('Resolved', { bold: true }),
        ' ',
        moment(incident.resolvedAt ?? reading.now, reading),
        plain(
          incident.review
            ? ` after ${length}, ${brief(sayReview(incident.review, reading), 200)} · `
            : ` after ${length} · `,
        ),
        ...began,
      );
    default:
      return section(
        ours(
          sayPhase(incident).replace(/^./, (c) => c.toUpperCase()),
          { bold: true },
        ),
        ' · ',
        ...began,
      );
  }
}

function waitsFor({ stage, judge, judgeBy }: Conclusion, reading: Reading): Inline {
  if (stage === 'questions') return plain('the five questions');
  const until = judgeBy === undefined ? '' : ` until ${sayMoment(judgeBy, reading)}`;
  return plain(
    judge === undefined ? `somebody to judge it${until}` : `${nameOf(judge, reading)} to judge it${until}`,
  );
}

function peopleLine(incident: Incident, reading: Reading) {
  const held = ROLES.flatMap((role) => {
    const who = incident[role];
    return role === 'lead' || who === undefined ? [] : [`${role} ${nameOf(who, reading)}`];
  });
  const { offer } = incident;
  const offered = offer ? [`${offer.role} offered to ${nameOf(offer.to, reading)}, not accepted yet`] : [];
  return labelled('Lead', plain([nameOf(incident.lead, reading), ...held, ...offered].join(' · ')));
}

function claimLines(incident: Incident, reading: Reading) {
  const last = incident.updates.at(-1);
  const shown = last ? showUpdate(last.fields, incident.evidence) : {};
  const files: TextFile[] = [];
  const whole = { name: 'update', title: 'the timeline', files, max: 600 };
  const impact = incident.updates.findLast((one) => one.fields.impact !== undefined);
  const claim = shown.impact ?? (impact && showUpdate(impact.fields, incident.evidence).impact);
  return [
    claim
      ? labelled('Impact', claimText(claim, incident.evidence, reading, whole))
      : labelled('Impact', 'not said yet'),
    ...(shown.known ? [labelled('Known', claimText(shown.known, incident.evidence, reading, whole))] : []),
  ];
}

/** What leads, and what was ruled out; once it is over, only where there is something to say. */
function causeLine(incident: Incident, reading: Reading) {
  const first = leading(incident);
  const out = ruledOut(incident);
  if (!first && out.length === 0) return isOpen(incident) ? [labelled('Leading', 'no hypothesis yet')] : [];
  return [
    labelled(
      'Leading',
      ...(first ? standLine(first, reading) : ['no hypothesis left']),
      ...(out.length > 0 ? [' · ruled out: ', ...ruledOutLine(out, incident.evidence, reading)] : []),
    ),
  ];
}

/** How it was concluded without being over. */
function interimLine({ interim, lead }: Incident, reading: Reading) {
  if (!interim) return [];
  const { to, ...kept } = interim;
  const shown = to === lead ? kept : interim;
  const asked = interim.answers === undefined ? [' · its five questions are not answered'] : [];
  return [labelled('Concluded', `as ${interim.as}`, ...ownerAndLook(shown, reading), ...asked)];
}

/** What was said at the end to be the cause, with its evidence. */
function endLine({ resolution, evidence }: Incident, reading: Reading) {
  if (resolution === undefined) return [];
  const whole = { name: 'resolution', title: 'the timeline', files: [], max: 600 };
  return [labelled('Cause', claimText(claims(resolution, evidence), evidence, reading, whole))];
}

function updateLine(incident: Incident, reading: Reading) {
  const last = incident.updates.at(-1);
  const { promise } = incident;
  const due = promise ? ['next due ', moment(promise.dueAt, reading, { bold: true })] : ['none promised'];
  const snoozed = promise?.snoozed
    ? [plain(` · snoozed by ${nameOf(promise.snoozed.by, reading)}: ${brief(promise.snoozed.reason, 120)}`)]
    : [];
  if (!last) return labelled('Update', 'none yet · ', ...due, ...snoozed);
  return labelled(
    'Update',
    moment(last.at, reading),
    plain(` by ${nameOf(last.by, reading)} · `),
    ...due,
    ...snoozed,
  );
}

function linkLine(incident: Incident, reading: Reading) {
  const dashboard = safeUrl(incident.link)
    ? [link(incident.link, 'Dashboard'), ...byFact(incident, 'dashboard', incident.link)]
    : [ours('No dashboard yet: '), ours('link https://…', { code: true })];
  const alert = incident.alert && (incident.alert.permalink ?? reading.permalink?.(incident.alert));
  const items = sayActions(incident);
  return section(
    ...dashboard,
    ...(alert ? [' · ', link(alert, 'Alert')] : []),
    ...(incident.service === undefined ? [] : [plain(` · service ${brief(incident.service, 100)}`)]),
    ...factsLine(incident, reading),
    ...(incident.evidence.length > 0
      ? [
          ` · ${some(incident.evidence.length, 'answer')} (${incident.evidence.length === 1 ? 'E1' : `E1–E${incident.evidence.length}`})`,
        ]
      : []),
    ...(items === undefined ? [] : [` · ${items}`]),
  );
}

/** Where something came from that nobody said here; `link …` and `service …` say it otherwise. */
function byFact({ facts }: Incident, field: FactField, shown?: string): readonly Inline[] {
  const fact = facts?.facts[field];
  if (!fact || (shown !== undefined && shown !== fact.value)) return [];
  return [plain(` (fact ${brief(fact.from.key, 40)}, ${tierName(fact.from.shelf)})`, { italic: true })];
}

function factsLine(incident: Incident, reading: Reading): readonly (string | Inline)[] {
  // What a team knows is not for another company.
  if (incident.shared) return [];
  const { repository, owner } = incident.facts?.facts ?? {};
  return [
    ...(safeUrl(repository?.value) ? [' · ', link(repository?.value, 'Repository')] : []),
    ...(owner ? [' · owner ', ...words(brief(owner.value, 80), reading), ...byFact(incident, 'owner')] : []),
  ];
}

function remarks(incident: Incident, reading: Reading, extras: CardExtras): Block[] {
  const { notes = [], evidenceHidden = incident.shared } = extras;
  const gone = incident.promise?.unreachable ?? [];
  const all = [
    ...gone.map((one) => `${nameOf(one.person, reading)} cannot be reached (${one.why}); the next is asked`),
    ...(incident.channelLost === undefined
      ? []
      : [`Steady cannot post here: ${incident.channelLost}. Reminders go by direct message`]),
    ...(evidenceHidden ? ['Shared with another company: evidence is not shown here'] : []),
    ...notes,
  ];
  if (all.length === 0) return [];
  const rest = all.length > 8 ? [`${all.length - 8} more: status`] : [];
  return [small(...all.slice(0, 8).map((one) => brief(one, 300)), ...rest)];
}

function controls(incident: Incident, open: boolean): Block {
  const id = incident.number;
  const here = encodeRef({ incident: id });
  const menu = (items: readonly (readonly [string, string])[]) =>
    overflow(
      ACTIONS.cardMore,
      items.map(([label, word]) => option(label, `${id}/-/${word}`)),
    );
  if (!open)
    return actions(
      button(ACTIONS.reopen, `Reopen ${incidentId(id)}`, here),
      menu([
        ['Timeline', CARD_MORE.timeline],
        ['Status', CARD_MORE.status],
      ]),
    );
  return actions(
    button(
      ACTIONS.postUpdate,
      'Post update',
      encodeRef({ incident: id, ...(incident.promise && { second: incident.promise.number }) }),
      'primary',
    ),
    ...(incident.phase === 'investigating' ? [button(ACTIONS.mitigate, 'Mitigated', here)] : []),
    menu([
      ['Resolve', CARD_MORE.resolve],
      ['Hand off', CARD_MORE.handOff],
      ['Timeline', CARD_MORE.timeline],
      ['Status', CARD_MORE.status],
    ]),
  );
}
