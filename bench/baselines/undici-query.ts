import { request } from 'undici';
import type { Window } from '../../src/domain/time.ts';

/** The same question asked with nothing around it: one request, its JSON read. */
export async function askBarely(
  address: string,
  query: string,
  window: Window,
  step: number,
): Promise<unknown> {
  const answer = await request(`${address}/api/v1/query_range`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      query,
      start: String(window.from / 1_000),
      end: String(window.to / 1_000),
      step: String(step / 1_000),
    }).toString(),
  });
  return answer.body.json();
}
