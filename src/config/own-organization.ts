/** Hosts of regions, which belong to nobody: https://docs.sentry.io/organization/data-storage-location/ */
const REGIONS: ReadonlySet<string> = new Set(['us', 'de', 'www']);

/** The organization that an address `https://acme.sentry.io` belongs to; undefined for any other. */
export function ownOrganization(address: string): string | undefined {
  const name = /^([a-z0-9][a-z0-9-]*)\.sentry\.io$/.exec(URL.parse(address)?.hostname ?? '')?.[1];
  return name === undefined || REGIONS.has(name) ? undefined : name;
}
