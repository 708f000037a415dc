import { announcement } from '../../blocks/announcement.ts';
import { catchUp } from '../../blocks/catch-up.ts';
import { doneLine } from '../../blocks/done.ts';
import { draftMessage } from '../../blocks/draft.ts';
import { comparisonMessage } from '../../blocks/evidence/comparison.ts';
import { dashboardsMessage } from '../../blocks/evidence/dashboards.ts';
import { discoveryCard } from '../../blocks/evidence/discovery.ts';
import { evidenceCard } from '../../blocks/evidence/evidence-card.ts';
import { evidenceList } from '../../blocks/evidence/evidence-list.ts';
import { schemaCard } from '../../blocks/evidence/schema.ts';
import { sourcesCard } from '../../blocks/evidence/sources.ts';
import { fileIsThere } from '../../blocks/file-there.ts';
import { givenUpMessage } from '../../blocks/given-up.ts';
import { handoffDone, handoffOffer } from '../../blocks/handoff.ts';
import { helpFor, helpList, helpMessage } from '../../blocks/help.ts';
import { updateHints } from '../../blocks/hints.ts';
import { homeView } from '../../blocks/home.ts';
import { keptMessage } from '../../blocks/kept.ts';
import { listMessage } from '../../blocks/list.ts';
import type { Message, Reading, View } from '../../blocks/message.ts';
import { declareModal } from '../../blocks/modals/declare.ts';
import { entryModal } from '../../blocks/modals/entry.ts';
import { handoffModal } from '../../blocks/modals/handoff.ts';
import { mitigateModal } from '../../blocks/modals/mitigate.ts';
import { supplyModal } from '../../blocks/modals/supply.ts';
import { updateModal } from '../../blocks/modals/update.ts';
import { notice, withheld } from '../../blocks/notice.ts';
import { nudgeKept, nudgePost, nudgeReply, nudgeSnoozed } from '../../blocks/nudge.ts';
import { phasePost } from '../../blocks/phase.ts';
import { statusMessage } from '../../blocks/status.ts';
import { statusCard } from '../../blocks/status-card.ts';
import { timelineMessage } from '../../blocks/timeline/timeline.ts';
import { heartbeatPost, updatePost } from '../../blocks/update.ts';
import type { Waiting } from '../../blocks/waiting.ts';
import { welcome } from '../../blocks/welcome.ts';
import { keptSoFar } from '../../src/domain/cadence.ts';
import type { Command } from '../../src/domain/command.ts';
import type { Comparison } from '../../src/domain/comparison.ts';
import { BackendError, RuleViolation } from '../../src/domain/errors.ts';
import { type Answer, evidence } from '../../src/domain/evidence.ts';
import { noteOf } from '../../src/domain/evidence-note.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { createNameLinks } from '../../src/domain/name-links.ts';
import { HOUR, MINUTE } from '../../src/domain/time.ts';
import { hintsFor } from '../../src/domain/update.ts';
import { actionMessages, actionViews } from './gallery-actions.ts';
import { closingMessages, closingViews } from './gallery-closing.ts';
import {
  type InvestigationPaint,
  investigationMessages,
  investigationViews,
} from './gallery-investigation.ts';
import { knowledgeMessages, knowledgeViews, offeredQuery } from './gallery-knowledge.ts';
import { postmortemMessages, postmortemViews } from './gallery-postmortem.ts';
import {
  ANSWER,
  at,
  BO,
  CHANNEL,
  DECLARE,
  KAI,
  LEA,
  lastEvent,
  lastUpdate,
  recordAnswer,
  story,
} from './sample.ts';
import { reportsOf } from './sample-reports.ts';

/** What a picture of every message is drawn from. */
export interface Paint {
  /** Every text a person or a backend could have written. */
  readonly words: string;
  /** How many of everything there are, at least 1. */
  readonly many: number;
  /** Every name a person could have. */
  readonly name: string;
}

export interface Shown {
  readonly name: string;
  readonly message?: Message;
  readonly view?: View;
}

type Step = readonly [now: number, by: string, command: Command];

/** Every message, modal and the home tab once or more, all from the same words and counts. */
export function gallery({ words, many, name }: Paint): readonly Shown[] {
  const reading: Reading = {
    now: at('14:40'),
    name: () => name,
    permalink: () => 'https://example.slack.com/archives/C1/p1',
    nameLinks: createNameLinks([
      { pattern: '[A-Z]{2,9}-\\d{1,9}', url: 'https://issues.example.com/browse/$0' },
      { pattern: '\\S{1,90}', url: 'https://names.example.com/$0' },
    ]),
  };
  const text = words.trim() === '' ? `x${words}` : words;
  const fields = { impact: `${text} (E1)`, known: text, doing: text };
  const labels = { code: words, [words || 'k']: 'v' };
  const answer: Answer = {
    ...ANSWER,
    source: words || 'x',
    query: words,
    warnings: Array.from({ length: many }, () => words),
    completeness: { kind: 'partial', why: words },
    result: {
      kind: 'series',
      series: Array.from({ length: many }, (_, i) => ({
        labels: { ...labels, i: `${i}` },
        samples: [Number.NaN, Number.POSITIVE_INFINITY, i].map((value, n) => ({
          at: at('14:10') + n * MINUTE,
          value,
        })),
      })),
    },
  };
  const request: Answer = {
    ...answer,
    reproduction: { kind: 'request', method: 'POST', url: 'https://p.example/api', body: words },
  };
  const long: Answer = {
    ...answer,
    reproduction: {
      kind: 'permalink',
      url: `https://p.example/?q=${encodeURIComponent(words.toWellFormed())}`,
    },
  };
  const rows: Answer = {
    ...answer,
    result: {
      kind: 'rows',
      columns: [words, 'n'],
      rows: Array.from({ length: many }, (_, i) => [words, i, null, { words }]),
    },
  };
  const prose: Answer = {
    ...answer,
    result: { kind: 'text', text: words },
    reproduction: { kind: 'supplied', permalink: 'https://example.slack.com/p1', by: BO },
  };
  const better: Answer = { ...rows, corrected: words, cost: { took: 1, examined: 48_211, matched: 0 } };
  const empty: Answer = {
    ...ANSWER,
    result: { kind: 'series', series: [] },
    window: { from: at('01:00'), to: at('14:00') + 30_000 },
  };

  const table: Answer = {
    ...answer,
    result: {
      kind: 'rows',
      columns: ['route', 'count'],
      rows: Array.from({ length: many + 1 }, (_, i) => [words.slice(0, 20), i]),
    },
  };
  const noteFrom = (one: Answer, id: string) => noteOf(evidence(one, id, LEA));
  const other = { ...answer, result: { kind: 'series', series: [] } } as const;
  const again = { before: noteFrom(answer, 'E1'), after: { ...noteFrom(other, 'E2'), again: 'E1' } };
  const againInRows = { before: noteFrom(rows, 'E1'), after: { ...noteFrom(table, 'E2'), again: 'E1' } };
  const comparison: Comparison = {
    measure: words,
    unit: words,
    changes: Array.from({ length: Math.min(many, 50) }, (_, i) => ({
      name: words,
      ...(i % 3 !== 0 && { before: i }),
      ...(i % 3 !== 1 && { after: 1e12 / (i + 1) }),
    })),
    changed: many,
    same: many,
    limits: [words, words],
  };

  const first = { ...DECLARE, title: text, service: words };
  const base: Step[] = [
    [at('14:08'), LEA, { type: 'give-role', role: 'comms', to: BO }],
    [at('14:09'), LEA, recordAnswer(answer)],
    ...Array.from(
      { length: many },
      (_, i): Step => [at('14:20') + i, KAI, { type: 'note', text: `${text} ${i}` }],
    ),
    [at('14:21'), KAI, { type: 'join', person: KAI }],
    [
      at('14:22'),
      LEA,
      {
        type: 'add-entry',
        message: { channel: CHANNEL, ts: '1.2' },
        text: words,
        author: BO,
        writtenAt: at('14:20'),
        how: 'reaction',
      },
    ],
    [at('14:30'), LEA, { type: 'update', fields }],
  ];
  const incident = story(base, first);
  const plus = (...more: Step[]): Incident => story(more, first, incident);
  const told = (...more: Step[]): Message => {
    const after = plus(...more);
    return phasePost(after, lastEvent(after), reading);
  };
  const quiet = plus([at('14:35'), LEA, { type: 'no-change' }]);
  const busy = plus(
    [at('14:34'), KAI, { type: 'note', text }],
    [at('14:34'), KAI, recordAnswer(answer)],
    [at('14:35'), LEA, { type: 'no-change' }],
  );
  const snoozed = plus(
    [at('14:36'), LEA, { type: 'unreachable', promise: 2, person: BO, why: words }],
    [at('14:36'), LEA, { type: 'lose-channel', why: words }],
    [at('14:36'), LEA, { type: 'share-channel' }],
    [at('14:36'), LEA, { type: 'offer', role: 'ops', to: KAI }],
    [at('14:36'), LEA, { type: 'snooze', for: 15 * MINUTE, reason: text }],
  );
  const offered = plus([at('14:36'), LEA, { type: 'offer', role: 'lead', to: KAI }]);
  const accepted = plus(
    [at('14:36'), LEA, { type: 'offer', role: 'lead', to: KAI }],
    [at('14:37'), KAI, { type: 'accept-offer', seq: offered.version }],
  );
  const declined = plus(
    [at('14:36'), LEA, { type: 'offer', role: 'lead', to: KAI }],
    [at('14:37'), KAI, { type: 'decline-offer', seq: offered.version }],
  );
  const asked = plus(
    [at('15:01'), LEA, { type: 'nudge', promise: 2, rung: 'due', asked: [LEA], passed: [] }],
    [at('15:05'), LEA, { type: 'nudge', promise: 2, rung: 'late', asked: [LEA, BO], passed: [] }],
  );
  const nudge = { promise: 2, rung: 'due', promisedAt: at('15:00'), overdueBy: 0, ask: [LEA] } as const;
  const resolved = plus([at('14:38'), LEA, { type: 'override', reason: 'it is over', text }]);
  const mitigated = plus([at('14:38'), LEA, { type: 'mitigate', text }]);
  const several = Array.from({ length: many }, (_, i) => ({
    ...incident,
    number: i + 1,
    lead: i % 2 === 0 ? LEA : BO,
  }));
  const drafts = several.map((one) => ({ incident: one, promise: 2, fields }));
  const held = { incident, promise: 2, fields, held: words, key: `INC-42/held-3/${LEA}` };
  const waiting = several.flatMap((one): Waiting[] => [
    { incident: one.number, kind: 'update-due', at: at('15:01'), second: 2 },
    { incident: one.number, kind: 'held-draft', at: at('14:01'), says: words, second: 2, key: 'k' },
    { incident: one.number, kind: 'offer', at: at('14:01'), says: 'lead', second: 9 },
    { incident: one.number, kind: 'question', at: at('14:01'), says: words },
  ]);
  const record = lastUpdate(incident);
  const names = Array.from({ length: many }, (_, i) => `${words}_${i}`);
  const discovery = {
    at: at('14:30'),
    took: 120,
    lists: [
      { kind: 'metrics', names, truncated: true },
      { kind: 'jobs', names: names.slice(0, 2), about: { [names[0] ?? '']: words } },
    ],
    missing: [{ kind: 'labels', why: words, nextStep: words, command: `curl '${words}'` }],
  };
  const row = {
    name: 'update',
    usage: words,
    does: words,
    group: { word: 'talk', title: 'Talk to the channel' },
    first: 1,
    synonyms: names,
    examples: names,
  };
  const card = (one: Answer) => ({
    evidence: evidence(one, 'E1', LEA),
    incident,
    asker: KAI,
    unchecked: words,
  });
  const refused = new BackendError('unknown-source', `Prometheus prod has no metric \`${words}\`.`, {
    nearest: names.slice(0, 5),
    nextStep: 'Take one of the nearest, or list all with `discover prom metrics`.',
    command: `curl ${words}`,
    position: { line: 1, column: 7 },
    retryAt: at('14:50'),
  });
  const found: InvestigationPaint = { incident, plus, words, text, reading, answer };
  const messages: Readonly<Record<string, Message | undefined>> = {
    ...investigationMessages(found),
    ...knowledgeMessages({ words, many, reading }),
    ...actionMessages(found),
    ...postmortemMessages({ ...found, many }),
    'status card': statusCard(incident, reading),
    'status card with every remark': statusCard(snoozed, reading, {
      notes: [words, 'no permission to pin: pins:write'],
    }),
    'status card mitigated': statusCard(mitigated, reading),
    'status card resolved': statusCard(resolved, reading),
    'status card cancelled': statusCard(plus([at('14:38'), LEA, { type: 'cancel', reason: text }]), reading),
    update: updatePost(incident, record, reading),
    'update published by another': updatePost(incident, { ...record, by: BO, publishedBy: LEA }, reading),
    'no change': heartbeatPost(quiet, lastEvent(quiet), reading),
    'no change, though something did': heartbeatPost(busy, lastEvent(busy), reading),
    mitigated: told([at('14:38'), LEA, { type: 'mitigate', text }]),
    resolved: told([at('14:38'), LEA, { type: 'override', reason: 'it is over', text }]),
    reopened: told(
      [at('14:38'), LEA, { type: 'override', reason: 'it is over' }],
      [at('14:39'), LEA, { type: 'reopen', reason: text }],
    ),
    cancelled: told([at('14:38'), LEA, { type: 'cancel', reason: text }]),
    merged: told([
      at('14:38'),
      LEA,
      { type: 'merge', into: { number: 41, phase: 'investigating', title: words } },
    ]),
    severity: told([at('14:38'), LEA, { type: 'severity', severity: 'P2' }]),
    nudge: nudgePost(asked, { ...nudge, hasDraft: true }, reading),
    'nudge without a draft': nudgePost(asked, { ...nudge, overdueBy: HOUR }, reading),
    'nudge again': nudgeReply(
      asked,
      { ...nudge, rung: 'escalate', overdueBy: 15 * MINUTE, ask: [KAI] },
      reading,
    ),
    'nudge put off': nudgeSnoozed(asked, { by: LEA, dueAt: at('15:16'), reason: words }, reading),
    'nudge kept': nudgeKept(asked, { dueAt: at('15:00'), at: at('15:04') }, reading),
    draft: draftMessage([{ incident, promise: 2, fields }], reading),
    'draft held': draftMessage([held], reading),
    drafts: draftMessage(drafts, reading),
    evidence: evidenceCard(card(answer), reading),
    'evidence with a saved query': evidenceCard({ ...card(answer), offered: offeredQuery(words) }, reading),
    'evidence without a link': evidenceCard(card(request), reading),
    'evidence with a long link': evidenceCard(card(long), reading),
    'evidence in rows': evidenceCard(card(rows), reading),
    'evidence in a table': evidenceCard({ ...card(table), total: many * 1_000 }, reading),
    'evidence again': evidenceCard({ ...card(answer), again, earlier: again.before }, reading),
    'evidence again, in rows': evidenceCard({ ...card(rows), again: againInRows }, reading),
    comparison: comparisonMessage(incident, again.before, again.after, comparison, reading),
    'comparison without a difference': comparisonMessage(
      incident,
      again.before,
      again.after,
      { measure: 'rows', changes: [], changed: 0, same: many, limits: [] },
      reading,
    ),
    'list of evidence': evidenceList(incident, reading),
    'list of no evidence': evidenceList({ ...incident, evidence: [] }, reading),
    'file is there': fileIsThere(incident, words || 'x', 'https://example.slack.com/files/x', false),
    'evidence with a better way to ask': evidenceCard(card(better), reading),
    'evidence supplied': evidenceCard(card(prose), reading),
    'evidence empty': evidenceCard(card(empty), reading),
    'answer of no incident': evidenceCard({ evidence: answer }, reading),
    discovery: discoveryCard(discovery, { title: words || 'x', age: MINUTE, command: 'discover prom' }),
    'discovery filtered': discoveryCard(discovery, {
      title: 'Prometheus prod',
      age: 0,
      command: 'discover prom',
      kind: 'metrics',
      filter: words,
    }),
    dashboards: dashboardsMessage(
      names.slice(0, 20).map((title) => ({
        title,
        folder: words,
        tags: names,
        url: 'https://g.example/d/shop?from=1&to=2',
      })),
      {
        title: words,
        words,
        window: { from: at('13:00'), to: at('14:00') },
        list: 'discover grafana dashboards',
      },
      reading,
    ),
    'dashboards without any': dashboardsMessage(
      [],
      { title: 'Grafana prod', words, window: { from: at('13:00'), to: at('14:00') }, list: words },
      reading,
    ),
    'discovery of nothing': discoveryCard(
      { ...discovery, lists: [], missing: [] },
      { title: 'Prometheus prod', age: 0, command: 'discover prom' },
    ),
    'all sources': sourcesCard(
      names.map((one) => ({ title: words || 'x', command: `discover ${one}`, discovery, age: MINUTE })),
    ),
    schema: schemaCard(
      {
        source: words,
        at: at('14:30'),
        note: words,
        truncated: true,
        fields: names.map((one) => ({
          name: one,
          type: words,
          unit: words,
          description: words,
          keys: names,
        })),
      },
      { title: words, values: { before: `values prom ${words}`, after: 'env:prod' } },
      reading,
    ),
    'schema of nothing': schemaCard(
      { source: 'up', at: at('14:30'), fields: [] },
      { title: 'Prometheus prod' },
      reading,
    ),
    'evidence empty, with what to look into': evidenceCard(
      card({ ...empty, lookInto: { source: words, field: words } }),
      reading,
    ),
    'notice of a rule': notice(
      new RuleViolation(
        'x',
        `${words} \`${words}\` *${words}* @{${LEA}}`,
        names.map((one) => ({ label: one, command: one })),
      ),
      reading,
    ),
    'notice of a backend': notice(refused, reading, { asked: `prom ${words}`, query: words }),
    'notice of a time-out': notice(new BackendError('timeout', words), reading, { asked: words }),
    'given up': givenUpMessage({ at: reading.now, tries: 5, reference: words || 'r' }, reading),
    'notice of a fault': notice(new Error(words), reading, { reference: words || 'r' }),
    withheld: withheld(),
    help: helpMessage(
      Array.from({ length: many }, () => row),
      reading,
    ),
    'help for a kind': helpList(
      Array.from({ length: many }, () => row),
      reading,
    ),
    'help for one': helpFor(row, reading),
    list: listMessage(several, reading),
    'list of none': listMessage([], reading),
    timeline: timelineMessage(accepted, reading),
    'timeline of an end': timelineMessage(resolved, reading),
    status: statusMessage(incident, waiting, reading),
    'catch-up': catchUp(incident, reading),
    'hand-off offer': offered.offer && handoffOffer(offered, offered.offer, reading),
    'hand-off done': handoffDone(accepted, lastEvent(accepted), reading),
    'hand-off declined': handoffDone(declined, lastEvent(declined), reading),
    ...closingMessages(resolved, words),
    kept: keptMessage(resolved, keptSoFar(resolved, at('14:38'))),
    done: doneLine(incident, words || 'x', reading),
    welcome: welcome(),
    announcement: announcement(incident, reading),
    'announcement of an end': announcement(resolved, reading),
    hints: updateHints(
      incident,
      record,
      [
        ...hintsFor(fields, incident.evidence),
        { kind: 'vague', field: 'impact', word: words, offer: { evidence: 'E1', value: '41.2' } },
        { kind: 'unknown-evidence', field: 'known', id: 'E9' },
        { kind: 'guessed-eta', words },
        { kind: 'impact-missing' },
        { kind: 'doing-missing' },
      ],
      reading,
    ),
    ...reportsOf({ words, many }, { incident, asker: KAI }, reading),
    'no hints': updateHints(incident, record, [], reading),
  };
  const views: Readonly<Record<string, View>> = {
    ...investigationViews(found),
    ...knowledgeViews(words),
    ...actionViews(found),
    ...postmortemViews({ ...found, many }),
    home: homeView({
      open: several,
      waiting,
      led: several.filter((one) => one.lead === LEA).map((one) => one.number),
      reading,
    }),
    'home of a newcomer': homeView({ open: [], waiting: [], led: [], reading }),
    'modal: declare': declareModal(
      {
        title: words,
        severity: 'P1',
        service: words,
        link: words,
        impactSince: at('13:58'),
        channel: CHANNEL,
      },
      { channel: CHANNEL },
    ),
    'modal: declare, empty': declareModal({}, {}),
    'modal: update': updateModal(incident, { fields, next: 30 * MINUTE, meta: { incident: 42, promise: 2 } }),
    'modal: fix': updateModal(incident, {
      fields,
      next: 90_000,
      meta: { incident: 42, seq: 7 },
      fixing: true,
    }),
    'modal: mitigate': mitigateModal(incident, { incident: 42 }),
    ...closingViews(incident, words),
    'modal: hand off': handoffModal(incident, { incident: 42 }),
    'modal: save as evidence': supplyModal({ text: words, audience: words }, several, { channel: CHANNEL }),
    'modal: save a file as evidence': supplyModal({ text: '', file: words }, [], { incident: 42 }),
    'modal: entry': entryModal(words, several, { channel: CHANNEL }),
  };
  return [
    ...Object.entries(messages).map(([each, message]): Shown => {
      if (message === undefined) throw new Error(`${each} was not drawn`);
      return { name: each, message };
    }),
    ...Object.entries(views).map(([each, view]): Shown => ({ name: each, view })),
  ];
}

/** A message with everything that follows it. */
export function whole(message: Message): readonly Message[] {
  return [message, ...(message.more ?? []).flatMap(whole)];
}
