import type { Backend } from '../backends/backend.ts';
import { RuleViolation } from '../domain/errors.ts';
import type { Answer } from '../domain/evidence.ts';
import type { EvidenceNote } from '../domain/evidence-note.ts';
import { type Incident, incidentId, type MessageRef, type PersonId } from '../domain/incident.ts';
import type { Post } from '../domain/post.ts';
import type { Duration, Window } from '../domain/time.ts';
import type { IncidentRef } from '../storage/store.ts';
import type { Asker } from './act.ts';
import type { Telemetry, World } from './ports.ts';
import { row } from './posts-for.ts';
import { recordAnswers, recorderOf } from './record-answers.ts';

export interface Asking {
  readonly backend: Backend;
  readonly query: string;
  /** Absolute: resolved once, asked, shown and linked the same. */
  readonly window: Window;
  readonly step?: Duration;
  readonly by: PersonId;
  readonly via?: MessageRef;
  /** What asked, so that it is recorded once. */
  readonly request?: Pick<Asker, 'key' | 'resumed'>;
  /** Said on the card beside the backend's own warnings. */
  readonly note?: string;
  /** The planned test of a hypothesis that it is asked for. */
  readonly test?: { readonly hypothesis: string; readonly number: number };
  /** The thread that the card goes to; the status card's where there is none. */
  readonly thread?: MessageRef;
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
      `No ${tool} is configured. Whoever runs Steady adds \`[${tool}.deployments.NAME]\` to its config.toml; \`steady init\` shows every section.`,
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

/** Discover, match, query: the only way to an answer. */
export async function ask(
  world: Pick<World, 'telemetry'>,
  asking: Asking,
  signal: AbortSignal,
): Promise<Answer> {
  const { backend, query, window, step } = asking;
  const matched = await world.telemetry.match(backend, query, window, signal);
  const answer = await backend.query({ matched, window, ...(step !== undefined && { step }) }, signal);
  const notes = [
    asking.note,
    matched.unchecked === undefined ? undefined : `not checked: ${matched.unchecked}`,
  ];
  const corrected = matched.corrected === undefined ? {} : { corrected: matched.corrected };
  return {
    ...answer,
    ...corrected,
    warnings: [...notes.filter((one) => one !== undefined), ...answer.warnings],
  };
}

/** Asks for an incident: the answer becomes E1, E2 …, its bytes are kept, its card is a row that goes out once. */
export async function askForIncident(
  world: World,
  ref: IncidentRef,
  asking: Asking,
  signal: AbortSignal,
): Promise<{ readonly incident: Incident; readonly note: EvidenceNote }> {
  const answer = await ask(world, asking, signal);
  const { incident, notes } = await recordAnswers(world, ref, [answer], recorderOf(asking), {
    posts: (recorded) => recorded.map((note) => evidenceRow(ref, note, asking)),
    ...(asking.test && { test: asking.test }),
  });
  const [note] = notes;
  if (!note) throw new TypeError('Recording evidence gave no note');
  return { incident, note };
}

function evidenceRow(ref: IncidentRef, note: EvidenceNote, asking: Asking) {
  const post: Post = {
    kind: 'evidence',
    incident: ref.number,
    id: note.id,
    for: asking.by,
    ...(asking.thread && { thread: asking.thread }),
  };
  return row(`${incidentId(ref.number)}/${note.id}`, post);
}
