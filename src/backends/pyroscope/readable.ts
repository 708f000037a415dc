import { BackendError } from '../../domain/errors.ts';
import type { Window } from '../../domain/time.ts';
import { type ReadablePath, readablePath } from '../readable-path.ts';

/** What `Backend.get` may read. */
export const PYROSCOPE_READABLE: readonly string[] = [
  '/pyroscope/render',
  '/pyroscope/render-diff',
  '/api/v1/status/buildinfo',
  '/ready',
];

/** The request for a typed path, over absolute times: one that the server cannot read it takes for now, without a word. */
export function readableRequest(typed: string, { from, to }: Window, title: string): ReadablePath {
  const { path, query } = readablePath(typed, PYROSCOPE_READABLE, title);
  const moves = query.find(
    ([key, value]) => /(?:^from|^until|From|Until)$/.test(key) && !/^\d{8,19}$/.test(value),
  );
  if (moves)
    throw new BackendError(
      'bad-query',
      `\`${moves[0]}\` is no absolute time, so the answer could not be had again.`,
      {
        asked: title,
        nextStep:
          'Leave it out and say the time with `since:` or with `from:` and `to:`; or write seconds since 1970.',
      },
    );
  const untimed = path === '/pyroscope/render' && !query.some(([key]) => key === 'from' || key === 'until');
  const seconds = (at: number) => String(Math.round(at / 1_000));
  return {
    path,
    query: untimed ? [...query, ['from', seconds(from)], ['until', seconds(to)]] : query,
  };
}
