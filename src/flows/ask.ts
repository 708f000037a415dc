import type { Backend } from '../backends/backend.ts';
import { BY_HAND, RuleViolation } from '../domain/errors.ts';
import { type Answer, isEmpty } from '../domain/evidence.ts';
import type { EvidenceNote } from '../domain/evidence-note.ts';
import { type Incident, incidentId, type MessageRef, type PersonId } from '../domain/incident.ts';
import type { Post } from '../domain/post.ts';
import type { Duration, Window } from '../domain/time.ts';
import type { IncidentRef } from '../storage/store.ts';
import type { Asker } from './act.ts';
import { recordAnswers, recorderOf } from './evidence/record-answers.ts';
import { lookIntoOf, unknownFields } from './evidence/unknown-fields.ts';
import type { Telemetry, World } from './ports.ts';
import { row } from './row.ts';

/** Who makes an answer evidence, and where its card goes. */
export interface Recording {
  readonly by: PersonId;
  readonly via?: MessageRef;
  /** What asked, so that it is recorded once. */
  readonly request?: Pick<Asker, 'key' | 'resumed'>;
  /** The thread that the card goes to; the status card's where there is none. */
  readonly thread?: MessageRef;
  /** The planned test of a hypothesis that it is asked for. */
  readonly test?: { readonly hypothesis: string; readonly number: number };
  /** The evidence whose query is asked again: its card says what differs. */
  readonly again?: string;
}

export interface Asking extends Recording {
  readonly backend: Backend;
  readonly query: string;
  /** Absolute: resolved once, asked, shown and linked the same. */
  readonly window: Window;
  readonly step?: Duration;
  /** Said on the card beside the backend's own warnings. */
  readonly note?: string;
  /** The incident that it is asked for: what was learnt of a source is remembered for it. */
  readonly about?: string;
}

/** Picks the deployment to ask: the only one of its kind, the named one, or the one bound to the channel. */
export function chooseBackend(
  telemetry: Telemetry,
  tool: string,
  env: string | undefined,
  again: (env: string) => string,
): Backend {
  const ofTool = telemetry.backends.filter((one) => one.tool === tool);
  const named = env === undefined ? undefined : ofTool.find((one) => one.deployment === env);
  if (named) return named;
  const [only] = ofTool;
  if (env === undefined && only && ofTool.length === 1) return only;
  if (!only) {
    throw new RuleViolation(
      'backend-off',
      `No ${tool} is configured. Whoever runs Steady adds \`[${tool}.deployments.NAME]\` to its config.toml; \`steady init\` shows every section. Until then ${BY_HAND}.`,
    );
  }
  const names = ofTool.map((one) => one.deployment);
  const question = env === undefined ? `Which ${tool}?` : `There is no ${tool} \`${env}\`.`;
  throw new RuleViolation(
    'which-environment',
    `${question} ${names.map((name) => `\`env:${name}\``).join(', ')}`,
    names.slice(0, 5).map((name) => ({ label: name, command: again(name) })),
  );
}

/** Every deployment of these tools in one environment, chosen the same way: what is said of all of them is said of none else. */
export function chooseBackends(
  telemetry: Telemetry,
  tools: readonly string[],
  env: string | undefined,
  again: (env: string) => string,
): readonly Backend[] {
  const all = telemetry.backends.filter((one) => tools.includes(one.tool));
  const names = [...new Set(all.map((one) => one.deployment))];
  const chosen = all.filter((one) => one.deployment === (env ?? (names.length === 1 ? names[0] : undefined)));
  if (chosen.length > 0) return chosen;
  if (names.length === 0)
    throw new RuleViolation(
      'backend-off',
      `No ${tools.join(' or ')} is configured. Whoever runs Steady adds ${tools.map((tool) => `\`[${tool}.deployments.NAME]\``).join(' or ')} to its config.toml; \`steady init\` shows every section. Until then ${BY_HAND}.`,
    );
  throw new RuleViolation(
    'which-environment',
    `${env === undefined ? 'Which environment?' : `None of them is \`${env}\`.`} ${names.map((name) => `\`env:${name}\``).join(', ')}`,
    names.slice(0, 5).map((name) => ({ label: name, command: again(name) })),
  );
}

/** Discover, match, look at the schema, query: the only way to an answer. What was once read by its path is read so again. */
export async function ask(
  world: Pick<World, 'telemetry' | 'schemas'>,
  asking: Asking,
  signal: AbortSignal,
): Promise<Answer> {
  const { backend, query, window, step } = asking;
  const path = /^GET (\/.*)$/s.exec(query)?.[1];
  if (path !== undefined && backend.get)
    return withNotes(await backend.get(path, window, signal), [asking.note]);
  const matched = await world.telemetry.match(backend, query, window, signal);
  const unknown = await unknownFields(world, asking, matched, signal);
  const answer = await backend.query({ matched, window, ...(step !== undefined && { step }) }, signal);
  const lookInto = isEmpty(answer.result) ? lookIntoOf(matched) : undefined;
  const unchecked = matched.unchecked === undefined ? undefined : `not checked: ${matched.unchecked}`;
  return {
    ...withNotes(answer, [asking.note, unchecked, ...unknown]),
    ...(matched.corrected !== undefined && { corrected: matched.corrected }),
    ...(lookInto && { lookInto }),
  };
}

function withNotes(answer: Answer, notes: readonly (string | undefined)[]): Answer {
  return { ...answer, warnings: [...notes.filter((one) => one !== undefined), ...answer.warnings] };
}

/** Asks for an incident: the answer becomes E1, E2 …, its bytes are kept, its card is a row that goes out once. */
export async function askForIncident(
  world: World,
  ref: IncidentRef,
  asking: Asking,
  signal: AbortSignal,
): Promise<{ readonly incident: Incident; readonly note: EvidenceNote }> {
  const about = `${ref.team}/${incidentId(ref.number)}`;
  return recordAnswer(world, ref, await ask(world, { ...asking, about }, signal), asking);
}

/** Makes an answer evidence of an incident, whichever way it came. */
export async function recordAnswer(
  world: World,
  ref: IncidentRef,
  answer: Answer,
  asking: Recording,
): Promise<{ readonly incident: Incident; readonly note: EvidenceNote }> {
  const { incident, notes } = await recordAnswers(world, ref, [answer], recorderOf(asking), {
    posts: (recorded) => recorded.map((note) => evidenceRow(ref, note, asking)),
    ...(asking.test && { test: asking.test }),
    ...(asking.again !== undefined && { again: asking.again }),
  });
  const [note] = notes;
  if (!note) throw new TypeError('Recording evidence gave no note');
  return { incident, note };
}

/** The card of an evidence, as a row that goes out once. */
export function evidenceRow(ref: IncidentRef, note: EvidenceNote, asking: Recording) {
  const post: Post = {
    kind: 'evidence',
    incident: ref.number,
    id: note.id,
    for: asking.by,
    ...(asking.thread && { thread: asking.thread }),
  };
  return row(`${incidentId(ref.number)}/${note.id}`, post);
}
