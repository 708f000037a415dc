/** Where the next page of a list begins; undefined at its end. https://docs.sentry.io/api/pagination/ */
export function nextCursor(link: string | undefined): string | undefined {
  for (const part of (link ?? '').slice(0, 4_000).split(/,\s*(?=<)/)) {
    if (!/;\s*rel="next"/.test(part) || !/;\s*results="true"/.test(part)) continue;
    return /;\s*cursor="([^"]+)"/.exec(part)?.[1];
  }
  return undefined;
}
