import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../domain/errors.ts';
import type { FileReport } from '../domain/knowledge/plan-import.ts';
import { orgShelf, personalShelf } from '../domain/knowledge/shelf.ts';
import { type Importing, importKnowledge, planOf } from '../flows/knowledge/import-knowledge.ts';
import type { Clock } from '../flows/ports.ts';
import { openOrg } from '../knowledge/open-knowledge.ts';
import { type MemoryTier, readMemory } from '../knowledge/read-memory.ts';
import { createRedactor } from '../safety/redactor.ts';
import { openStore } from '../storage/open-store.ts';
import type { ImportRequest } from './composition.ts';
import { storeOptions } from './store-options.ts';

/** What an import needs besides the configuration. */
export interface ImportAround {
  readonly clock: Pick<Clock, 'now'>;
  /** The workspace that Steady serves. */
  readonly team: () => Promise<string>;
  /** Transports that git may use, for tests. */
  readonly protocols?: readonly string[];
}

/** Brings an older base in, or says what would come in; answers lines for the operator. */
export async function importMemory(
  config: Config,
  request: ImportRequest,
  { clock, team, protocols }: ImportAround,
): Promise<readonly string[]> {
  const { tiers, refused } = await readMemory(request.path, request.uid);
  const places = tiers.map((tier) => ({ tier, place: placeOf(tier, request, config) }));
  const lines = refused.map((line) => `refused  ${line}`);
  const redactor = createRedactor({
    secrets: config.secrets,
    patterns: config.redaction.patterns,
    allow: config.redaction.allow,
  });
  const needsStore = places.some(({ place }) => 'shelf' in place && !place.org?.repo);
  const scratch = await mkdtemp(join(tmpdir(), 'steady-import-'));
  const store = needsStore
    ? await openStore({ ...storeOptions(config, clock), lock: request.apply })
    : undefined;
  try {
    const kept = store && { store, team: await team() };
    for (const { tier, place } of places) {
      lines.push('', `${tier.org === undefined ? 'kb/' : `orgs/${tier.org}/`} → ${place.said}`);
      if (!('shelf' in place)) continue;
      const opened = place.org?.repo
        ? await openOrg(place.org, { dataDir: scratch, now: clock.now, ...(protocols && { protocols }) })
        : undefined;
      const asked: Importing = {
        sources: tier.files,
        shelf: place.shelf,
        now: clock.now(),
        clean: (text) => redactor.redactLeaves(text).value,
        ...(opened?.repository && { repository: opened.repository }),
        ...(kept && { kept }),
      };
      const reports = request.apply ? await importKnowledge(asked) : await planOf(asked);
      lines.push(...reports.flatMap(sayReport));
      const { why } = opened?.repository?.state() ?? {};
      if (why !== undefined) throw new ConfigError([...lines, `Nothing was pushed to ${place.said}: ${why}`]);
    }
    const nothing = 'Nothing was written. The same with --apply does it.';
    return [...lines, '', request.apply ? 'Done. Doing it again changes nothing.' : nothing];
  } finally {
    await store?.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

type Place =
  | { readonly said: string; readonly shelf: string; readonly org?: Config['knowledge']['orgs'][number] }
  | { readonly said: string };

/** A person's own files go to whom the operator names; an organisation's to the one of its name. */
function placeOf({ org }: MemoryTier, request: ImportRequest, { knowledge }: Config): Place {
  if (org === undefined && request.person !== undefined)
    return { said: `${request.person} alone`, shelf: personalShelf(request.person) };
  const name = org ?? request.org;
  if (name === undefined)
    return { said: 'nowhere: add --person U… (they alone see it) or --org NAME (everyone does)' };
  const found = knowledge.orgs.find((one) => one.name.toLowerCase() === name.toLowerCase());
  return found
    ? {
        said: `${found.name}${found.repo === undefined ? '' : ', its repository'}`,
        shelf: orgShelf(found.name),
        org: found,
      }
    : { said: `nowhere: there is no [knowledge.orgs.${name}] in the configuration` };
}

function sayReport({ path, entries, added, merged, there, notes }: FileReport): readonly string[] {
  const counts = [
    `${added} new`,
    ...(merged > 0 ? [`${merged} with counts to join`] : []),
    ...(there > 0 ? [`${there} there already`] : []),
  ];
  return [
    `  ${path}: ${entries} ${entries === 1 ? 'entry' : 'entries'}, ${counts.join(', ')}`,
    ...notes.map((note) => `    ${note}`),
  ];
}
