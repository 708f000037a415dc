import type { HttpRequest } from './http-exchange.ts';

/** Path and query string of a request, below the deployment's own path. */
export function pathOf(base: URL, path: string, query: HttpRequest['query']): string {
  return withQuery(`${base.pathname.replace(/\/+$/, '')}${path}`, query ?? []);
}

/** An address with these parameters. */
export function withQuery(address: string, query: NonNullable<HttpRequest['query']>): string {
  return query.length > 0 ? `${address}?${encode(query)}` : address;
}

/** The form or document of a request, without a line break. */
export function bodyOf({
  form,
  json,
}: HttpRequest): { readonly type: string; readonly text: string } | undefined {
  if (form) return { type: 'application/x-www-form-urlencoded', text: encode(form) };
  return json === undefined ? undefined : { type: 'application/json', text: JSON.stringify(json) };
}

/** Percent-encoded throughout: a `+` for a blank is read differently by different servers. */
function encode(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&');
}
