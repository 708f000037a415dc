import { BackendError } from '../../domain/errors.ts';
import type { HttpClient } from '../http-client.ts';
import type { HttpAnswer, HttpRequest } from '../http-exchange.ts';

/** Both ways through a Grafana to what is behind it; a data source may let only one through. */
const BASES = [
  // Forwards basic auth; the only one that Amazon Managed Grafana has.
  (uid: string) => `/api/datasources/proxy/uid/${encodeURIComponent(uid)}`,
  // The only one that Azure Managed Grafana has.
  (uid: string) => `/api/datasources/uid/${encodeURIComponent(uid)}/resources`,
] as const;

/** Such an answer may mean that this way is closed. */
const CLOSED: ReadonlySet<number> = new Set([401, 403, 500]);

/** The way to one data source's own API. What answered last time is tried first. */
export interface WayThrough {
  request(asked: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  /** Where a path of the data source is, below Grafana's own address. */
  path(path: string): string;
}

export function createWayThrough(client: Pick<HttpClient, 'request'>, uid: string): WayThrough {
  let first = 0;
  const path = (base: number, below: string) => `${BASES[base === 0 ? 0 : 1](uid)}${below}`;

  return {
    path: (below) => path(first, below),

    async request(asked, signal) {
      const tried = first;
      const answer = await client.request({ ...asked, path: path(tried, asked.path) }, signal);
      if (!CLOSED.has(answer.status)) return answer;
      const other = 1 - tried;
      const second = await secondTry({ ...asked, path: path(other, asked.path) }, signal);
      // What the first says is worth more where neither lets us through.
      if (!second || CLOSED.has(second.status) || second.status === 404) return answer;
      first = other;
      return second;
    },
  };

  async function secondTry(asked: HttpRequest, signal: AbortSignal): Promise<HttpAnswer | undefined> {
    try {
      return await client.request(asked, signal);
    } catch (error) {
      if (error instanceof BackendError) return undefined;
      throw error;
    }
  }
}
