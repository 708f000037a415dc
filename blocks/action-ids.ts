import { LESSON_INPUTS } from './knowledge/lesson-inputs.ts';

/**
 * Every `action_id` that Steady renders. A value is a hint and never an authority: team, channel and message find the row,
 * and person, phase and promise are checked again. `42/3` below is incident/promise, written by `encodeRef`.
 */
export const ACTIONS = Object.freeze({
  /** Card, home tab, heartbeat notice. Opens the update modal. Value `42/3`. */
  postUpdate: 'post-update',
  /** Card. Opens the mitigate modal. Value `42`. */
  mitigate: 'mitigate',
  /** Card of an ended incident. Value `42`. */
  reopen: 'reopen',
  /** Card: overflow menu; option values are `42/<one of CARD_MORE>`. */
  cardMore: 'card-more',
  /** Draft, nudge. Posts the stored draft as it is. Value `42/3`, for a held draft `42/3/<key of the draft>`. */
  postDraft: 'post-draft',
  /** Draft, nudge. Opens the update modal filled with the draft. Value as `post-draft`. */
  editDraft: 'edit-draft',
  /** Held draft. Throws it away. Value as `post-draft`. */
  discardDraft: 'discard-draft',
  /** Draft, nudge. A heartbeat. Value `42/3`. */
  noChange: 'no-change',
  /** Draft, nudge: static select; option values are written by `encodeSnooze`: `42/3/15m/waiting for a deploy`. */
  snooze: 'snooze',
  /** Draft, nudge. Opens the hand-off modal. Value `42/3`. */
  handOff: 'hand-off',
  /** Hand-off offer. Value `42/<seq of the offer>`. */
  acceptOffer: 'accept-offer',
  /** Hand-off offer. Value `42/<seq of the offer>`. */
  declineOffer: 'decline-offer',
  /** Hints after an update. Opens the update modal on what was posted. Value `42/<seq of the update>`. */
  fixUpdate: 'fix-update',
  /** Evidence card. Asks the same query over the same window again. Value `42/<number of the evidence>`: `42/7` is E7. */
  rerun: 'rerun',
  /** Evidence card. Draws what was kept of the answer into the thread. Value as `rerun`. */
  chart: 'chart',
  /** Evidence card. Compares with an earlier one of the same query. Value `42/7/E3`. */
  compare: 'compare',
  /** Evidence card: overflow menu; option values are `42/7/<one of EVIDENCE_MORE>`. */
  evidenceMore: 'evidence-more',
  /** Evidence card: a link, which still reports its click. Value as `rerun`. */
  openEvidence: 'open-evidence',
  /** Refusals, *did you mean*, discovery, pickers. Numbered: `say:0`, `say:1`. The value is the command, as typed after the mention. */
  say: 'say',
  /** Board, hypothesis cards. Opens the hypothesis modal. Value `42`, `42/-/under:H2`, `42/-/says:<its sentence>`. */
  stateHypothesis: 'state-hypothesis',
  /** Hypothesis card. Opens the test modal. Value `42/-/H2`. */
  runTest: 'run-test',
  /** Hypothesis card. Opens the attach modal. Value `42/-/H2`. */
  addEvidence: 'add-evidence',
  /** Evidence card: menu. Option values `42/7/H2:for` attach E7 to H2; `42/7` opens the attach modal. */
  attachEvidence: 'attach-evidence',
  /** Hypothesis and evidence card. How a test ended. Numbered. Value `42/<test>/H2/held`. */
  judgeTest: 'judge-test',
  /** Opens the five questions: of a proposed resolution with value `42`, of the conclusion of this seq with `42/<seq>`. */
  answerQuestions: 'answer-questions',
  /** Triage card. Announces a mitigation. Numbered. Value `42/<seq of the triage>/rollback`. */
  announceMitigation: 'announce-mitigation',
  /** What an incident looks like. Numbered. Value `42/<seq of the suggestions>/<place among them>/<one of SUGGESTION_CLICKS>`. */
  suggestion: 'suggestion',
  /** Evidence card. Asks a saved query. Value `42/7/<shelf>/<id of the entry>`: offered beside E7. */
  runKnown: 'run-known',
  /** Guard. It is not shown in `status` again. Value `42/-/no-lead/12`. */
  guardNotNow: 'guard-not-now',
  /** A question of understanding. Numbered. Value `42/<seq of the question>/yes`. */
  confirm: 'confirm',
  /**
   * Claim card, hints, `verify`. Numbered. Value `42/<seq of the claim>/<its field or ->` shows what may verify it; menus add
   * the evidence, `…/E7`, and the number picked of it, `…/E7/2`.
   */
  verifyClaim: 'verify-claim',
  /** The judge's brief. Opens the form of the judge. Value `42`. */
  judgeIt: 'judge-it',
  /** Action item: it is done. Value `42/<number of the item>`: `42/3` is A3. */
  actionDone: 'action-done',
  /** Action item: its date moves to a week from now. Value as `action-done`. */
  actionNextWeek: 'action-next-week',
  /** Action item. Opens the modal that asks why. Value as `action-done`. */
  actionDrop: 'action-drop',
  /** Action item. Opens the modal for its owner and date. Value as `action-done`. */
  actionHand: 'action-hand',
  /** Postmortem message. Opens the form for what only people can say. Value `42`. */
  fillPostmortem: 'fill-postmortem',
  /** Postmortem message, resolved. Writes the postmortem, or writes it again. Value `42`. */
  writePostmortem: 'write-postmortem',
  /** What an incident taught: opens the form of it. Value `42`. */
  distil: 'distil',
  /** In that form: shows the words of what is kept, to be changed. Value `42`. */
  editLessons: 'edit-lessons',
  /** A form that came just before a crash: it is taken now. Value: the key of its draft. */
  formAgain: 'form-again',
  /** The same form: it is thrown away. Value as `form-again`. */
  formDiscard: 'form-discard',
  /** Home tab, welcome. Opens the declare modal. No value. */
  openDeclare: 'open-declare',
  /** List. Shows the status of one incident. Numbered. Value `42`. */
  pickIncident: 'pick-incident',
} as const);

export type ActionKind = (typeof ACTIONS)[keyof typeof ACTIONS];

/** What the card's *More* menu offers; the second part of its option values. */
export const CARD_MORE = Object.freeze({
  resolve: 'resolve',
  handOff: 'hand-off',
  timeline: 'timeline',
  status: 'status',
} as const);

/** What an evidence card's *More* menu offers; the last part of its option values. */
export const EVIDENCE_MORE = Object.freeze({
  /** The whole answer as a file. */
  rows: 'rows',
  /** The card onto the timeline and among the channel's pins. */
  pin: 'pin',
  /** The chart with what was usual just before. */
  baseline: 'baseline',
  /** Query, window and link kept for whoever clicks. */
  save: 'save',
} as const);

/** What can be done with a suggestion; the last part of its values. */
export const SUGGESTION_CLICKS = Object.freeze({
  run: 'run',
  show: 'show',
  helped: 'helped',
  dismiss: 'dismiss',
} as const);

/** Every modal's `callback_id`. Each has a file in modals/ that also reads its submission. */
export const CALLBACKS = Object.freeze({
  declare: 'declare',
  update: 'update',
  mitigate: 'mitigate',
  resolve: 'resolve',
  interim: 'interim',
  distil: 'distil',
  handOff: 'hand-off',
  entry: 'entry',
  supply: 'supply',
  hypothesis: 'hypothesis',
  test: 'test',
  attach: 'attach',
  judge: 'judge',
  correction: 'correction',
  correctEntry: 'correct-entry',
  remember: 'remember',
  bugfix: 'bugfix',
  actionDrop: 'action-drop',
  actionHand: 'action-hand',
  postmortem: 'postmortem',
  home: 'home',
} as const);

/** Inputs of modals: each is `block_id` and `action_id` at once, so that an update of the view keeps what was typed. */
export const INPUTS = Object.freeze({
  title: 'title',
  severity: 'severity',
  service: 'service',
  link: 'link',
  impactStart: 'impact-start',
  channel: 'channel',
  impact: 'impact',
  known: 'known',
  doing: 'doing',
  next: 'next',
  words: 'words',
  kind: 'kind',
  at: 'at',
  person: 'person',
  role: 'role',
  incident: 'incident',
  statement: 'statement',
  disproof: 'disproof',
  strategy: 'strategy',
  method: 'method',
  expected: 'expected',
  query: 'query',
  evidence: 'evidence',
  hypothesis: 'hypothesis',
  side: 'side',
  mechanism: 'mechanism',
  tested: 'tested',
  assumptions: 'assumptions',
  alternatives: 'alternatives',
  counterfactual: 'counterfactual',
  causation: 'causation',
  causationWhy: 'causation-why',
  judgedAssumptions: 'judged-assumptions',
  judgedAssumptionsWhy: 'judged-assumptions-why',
  judgedAlternatives: 'judged-alternatives',
  judgedAlternativesWhy: 'judged-alternatives-why',
  gaps: 'gaps',
  fixSymptom: 'fix-symptom',
  fixMechanism: 'fix-mechanism',
  fixIntroduced: 'fix-introduced',
  fixTest: 'fix-test',
  fix: 'fix',
  fixRan: 'fix-ran',
  gapsWhy: 'gaps-why',
  factors: 'factors',
  well: 'well',
  badly: 'badly',
  lessons: 'lessons',
  observability: 'observability',
  ...LESSON_INPUTS,
} as const);

/** `say:2` → `say`; undefined for an action that is not ours. */
export function actionKind(actionId: string): ActionKind | undefined {
  const kind = actionId.replace(/:\d+$/, '');
  return Object.values(ACTIONS).find((one) => one === kind);
}

/** The n-th of several equal buttons in one block: Slack refuses equal ids there. */
export function numbered(kind: ActionKind, n: number): string {
  return `${kind}:${n}`;
}

/** What a value points at. `second` is a promise, a seq or an evidence number, as the action's line above says. */
export interface Ref {
  readonly incident: number;
  readonly second?: number;
  /** The rest: a draft's key, a menu's word. May hold slashes. */
  readonly rest?: string;
}

export function encodeRef({ incident, second, rest }: Ref): string {
  if (rest !== undefined) return `${incident}/${second ?? '-'}/${rest}`;
  return second === undefined ? `${incident}` : `${incident}/${second}`;
}

/** Undefined for anything that `encodeRef` does not write. */
export function decodeRef(value: string | undefined): Ref | undefined {
  const found = /^(\d{1,9})(?:\/(\d{1,9}|-)(?:\/([\s\S]+))?)?$/.exec(value ?? '');
  if (!found) return undefined;
  const [, incident, second, rest] = found;
  return {
    incident: Number(incident),
    ...(second !== undefined && second !== '-' && { second: Number(second) }),
    ...(rest !== undefined && { rest }),
  };
}

/** `private_metadata` of a modal: ids only, and hints like any value. */
export interface Meta {
  readonly incident?: number;
  readonly promise?: number;
  /** An update that is being fixed. */
  readonly seq?: number;
  /** Where it was opened, and the message it is about. */
  readonly channel?: string;
  readonly ts?: string;
  /** Key of the stored draft it was filled from. */
  readonly draft?: string;
  /** What of the incident it is about: a hypothesis, a claim. */
  readonly about?: string;
  /** Key of the stored alert or message that a declare or an entry was opened on. */
  readonly source?: string;
}

export function encodeMeta(meta: Meta): string {
  const text = JSON.stringify(meta);
  if (text.length > 3000) throw new RangeError('private_metadata holds ids only');
  return text;
}

/** An empty record for anything that is not ours. */
export function decodeMeta(text: string | undefined): Meta {
  let read: unknown;
  try {
    read = JSON.parse(text ?? '');
  } catch {
    return {};
  }
  if (typeof read !== 'object' || read === null) return {};
  const numbers = ['incident', 'promise', 'seq'];
  const texts = ['channel', 'ts', 'draft', 'source', 'about'];
  return Object.fromEntries(
    Object.entries(read).filter(
      ([key, value]) =>
        (numbers.includes(key) && Number.isSafeInteger(value)) ||
        (texts.includes(key) && typeof value === 'string'),
    ),
  );
}
