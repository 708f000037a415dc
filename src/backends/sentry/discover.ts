import type { Duration, Window } from '../../domain/time.ts';
import type { Names } from '../backend.ts';
import type { Part } from '../discover-parts.ts';
import { decodeEnvironments, decodeProjects, decodeReleases, decodeTags, type Project } from './decode.ts';
import type { NamedDecode, Params, Reach } from './reach.ts';
import { organizationAnswer } from './schema.ts';

/** Pages of 100 names read of each list. */
const PAGES = 5;

/**
 * What an organization has: its name, projects, environments, recent releases, and the tags of the events of the time. `learn` is
 * told of every project, because some requests take numbers and not slugs.
 */
export function sentryParts(
  reach: Reach,
  window: Window,
  learn: (project: Project) => void,
): readonly Part[] {
  const read = async <One>(
    below: string,
    params: Params,
    decode: NamedDecode<One>,
    signal: AbortSignal,
    limit: Duration,
    pages = PAGES,
  ) => {
    const found = await reach.list(below, params, decode, signal, { limit, pages });
    return { all: found.all, truncated: found.more || found.partial.length > 0 };
  };
  const names = (all: readonly string[], truncated: boolean): Omit<Names, 'kind'> => ({
    names: [...new Set(all)],
    ...(truncated && { truncated }),
  });
  return [
    {
      kind: 'organization',
      async read(signal, limit) {
        const answer = await reach.get('', [['detailed', '0']], signal, { limit });
        const found = organizationOf(answer.body.text(1_000_000));
        if (found === undefined) throw reach.reader.unreadable(answer);
        return { names: [found] };
      },
    },
    {
      kind: 'projects',
      async read(signal, limit) {
        const params: Params = [['per_page', '100']];
        const { all, truncated } = await read(
          'projects/',
          params,
          [decodeProjects, 'decodeProjects'],
          signal,
          limit,
        );
        for (const one of all) learn(one);
        return names(
          all.map((one) => one.slug),
          truncated,
        );
      },
    },
    {
      kind: 'environments',
      async read(signal, limit) {
        const decode: NamedDecode<{ name: string }> = [decodeEnvironments, 'decodeEnvironments'];
        const { all, truncated } = await read('environments/', [], decode, signal, limit, 1);
        // Events without an environment are said to be of one without a name.
        return names(
          all.map((one) => one.name).filter((one) => one !== ''),
          truncated,
        );
      },
    },
    {
      kind: 'releases',
      async read(signal, limit) {
        const params: Params = [['per_page', '100']];
        const { all, truncated } = await read(
          'releases/',
          params,
          [decodeReleases, 'decodeReleases'],
          signal,
          limit,
          1,
        );
        return names(
          all.map((one) => one.version),
          truncated,
        );
      },
    },
    {
      kind: 'tags',
      async read(signal, limit) {
        const { all, truncated } = await read(
          'tags/',
          times(window),
          [decodeTags, 'decodeTags'],
          signal,
          limit,
          1,
        );
        return names(
          all.map((one) => one.key),
          truncated,
        );
      },
    },
  ];
}

/** The window as parameters, always absolute: a `statsPeriod` beside them would win. */
export function times({ from, to }: Window): Params {
  return [
    ['start', new Date(from).toISOString()],
    ['end', new Date(to).toISOString()],
  ];
}

/** The slug of an organization's own answer; undefined where it is none. */
export function organizationOf(body: string): string | undefined {
  try {
    return organizationAnswer.safeParse(JSON.parse(body)).data?.slug;
  } catch {
    return undefined;
  }
}
