import type { Backend, Matched } from '../../backends/backend.ts';
import { BackendError } from '../../domain/errors.ts';
import { type Snippet, snippetsOf } from '../../domain/knowledge/body-parts.ts';
import { SHIPPED, type Shelved } from '../../domain/knowledge/shelf.ts';
import type { RunnableQuery } from '../../domain/knowledge/suggestion.ts';
import type { World } from '../ports.ts';

/** Languages of blocks of code, and the tool that is asked in each. */
const TOOL_OF: Readonly<Record<string, string>> = {
  promql: 'prometheus',
  apl: 'axiom',
  logql: 'loki',
};
/** The name that stands for any service in what ships. */
const EXAMPLE = '"checkout"';

/**
 * The first query of an entry that can be asked here: a system of its language is configured, and every source that it names was
 * discovered. Names in what ships are examples, so its service becomes the incident's; without one, such a query is none.
 */
export async function runnableQuery(
  world: Pick<World, 'telemetry'>,
  { shelf, entry }: Pick<Shelved, 'shelf' | 'entry'>,
  service: string | undefined,
  signal: AbortSignal,
): Promise<RunnableQuery | undefined> {
  for (const snippet of snippetsOf(entry)) {
    const query = shelf === SHIPPED ? aboutService(snippet, service) : snippet.code;
    const tool = TOOL_OF[snippet.language];
    if (query === undefined || tool === undefined) continue;
    for (const backend of world.telemetry.backends.filter((one) => one.tool === tool)) {
      if (await exists(world, backend, query, signal)) return { tool, deployment: backend.deployment, query };
    }
  }
  return undefined;
}

function aboutService({ code }: Snippet, service: string | undefined): string | undefined {
  if (!code.includes(EXAMPLE)) return code;
  // A name that would need quoting could say more than a name.
  return service !== undefined && /^[\w.-]{1,100}$/.test(service)
    ? code.replaceAll(EXAMPLE, `"${service}"`)
    : undefined;
}

/** Whether a query can be asked here as it stands. */
export async function exists(
  world: Pick<World, 'telemetry'>,
  backend: Backend,
  query: string,
  signal: AbortSignal,
): Promise<boolean> {
  const matched = await matchedHere(world, backend, query, signal);
  if (!matched || matched.unchecked !== undefined) return false;
  // A hint that could be followed is about style; any other says that a value is not there.
  return (matched.hints ?? []).length === 0 || matched.corrected !== undefined;
}

/** What a query names, where all of it is there by what is known; nothing is discovered again for it. */
export async function matchedHere(
  { telemetry }: Pick<World, 'telemetry'>,
  backend: Backend,
  query: string,
  signal: AbortSignal,
): Promise<Matched | undefined> {
  try {
    const discovery = await telemetry.discovery(backend, signal);
    const listed = new Set([...discovery.lists, ...discovery.missing].map(({ kind }) => kind));
    if (backend.needs?.(query).some((kind) => !listed.has(kind))) return undefined;
    return backend.match(query, discovery);
  } catch (error) {
    if (error instanceof BackendError) return undefined;
    throw error;
  }
}
