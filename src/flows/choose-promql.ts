import type { Backend } from '../backends/backend.ts';
import { BY_HAND, RuleViolation } from '../domain/errors.ts';
import { chooseBackend } from './ask.ts';
import type { Telemetry } from './ports.ts';

/** How the same is asked again of one that is picked. */
export interface AskAgain {
  environment(env: string): string;
  /** Of a system behind a Grafana, as a question to that begins with it. */
  source(word: string): string;
}

/**
 * What answers PromQL: a Prometheus, and where none is configured the data source of a Grafana that speaks it. Of several that is
 * the default one; where that is of another kind, whoever asks picks. Throws RuleViolation.
 */
export async function choosePromql(
  telemetry: Telemetry,
  env: string | undefined,
  again: AskAgain,
  signal: AbortSignal,
): Promise<Backend> {
  const { backends } = telemetry;
  if (backends.some((one) => one.tool === 'prometheus'))
    return chooseBackend(telemetry, 'prometheus', env, again.environment);
  const front = backends.find((one) => one.behind);
  if (!front)
    throw new RuleViolation(
      'backend-off',
      `Neither a Prometheus nor a Grafana is configured. Whoever runs Steady adds \`[prometheus.deployments.NAME]\` or \`[grafana.deployments.NAME]\` to its config.toml; \`steady init\` shows every section. Until then ${BY_HAND}.`,
    );
  const whole = chooseBackend(telemetry, front.tool, env, again.environment);
  const parts = await partsOf(telemetry, whole, signal);
  const usual = usualOf(parts);
  if (usual) return usual;
  const words = parts.flatMap(({ part }) => part?.word ?? []);
  throw new RuleViolation(
    'which-source',
    parts.length > 0
      ? `Which data source of ${whole.title}? ${words.slice(0, 8).join(', ')}`
      : `${whole.title} has no data source that answers PromQL, so nothing can be chosen. \`discover grafana\` shows what it has.`,
    words.slice(0, 5).map((word) => ({ label: word, command: again.source(word) })),
  );
}

/** What answers PromQL where nobody can be asked which is meant: the first Prometheus, else the usual data source of the first Grafana. */
export async function usualPromql(telemetry: Telemetry, signal: AbortSignal): Promise<Backend | undefined> {
  const { backends } = telemetry;
  const direct = backends.find((one) => one.tool === 'prometheus');
  const whole = backends.find((one) => one.behind);
  return direct ?? (whole && usualOf(await partsOf(telemetry, whole, signal)));
}

/** The data source that a typed text begins with, among those of a Grafana, and the rest of the text. */
export async function promqlNamed(
  telemetry: Telemetry,
  whole: Backend,
  typed: string,
  signal: AbortSignal,
): Promise<{ readonly backend: Backend; readonly rest: string } | undefined> {
  const fits = (await partsOf(telemetry, whole, signal)).flatMap((backend) => {
    const word = backend.part?.word ?? '';
    const next = typed.slice(word.length, word.length + 1);
    const begins = typed.toLowerCase().startsWith(word.toLowerCase()) && /^(?:\s|)$/.test(next);
    return begins ? [{ backend, rest: typed.slice(word.length).trim() }] : [];
  });
  return fits.toSorted((a, b) => a.rest.length - b.rest.length)[0];
}

function usualOf(parts: readonly Backend[]): Backend | undefined {
  const [first] = parts;
  return parts.length === 1 || first?.part?.usual ? first : undefined;
}

async function partsOf(
  telemetry: Telemetry,
  whole: Backend,
  signal: AbortSignal,
): Promise<readonly Backend[]> {
  // What there is, is known once it was discovered.
  await telemetry.discovery(whole, signal);
  return whole.behind?.('promql', whole) ?? [];
}
