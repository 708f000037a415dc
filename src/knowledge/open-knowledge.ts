import { readFile as readText } from 'node:fs/promises';
import { join } from 'node:path';
import { KINDS } from '../domain/knowledge/entry.ts';
import { type KnowledgeFile, readFile } from '../domain/knowledge/read-file.ts';
import type { SleepSchedule } from '../domain/knowledge/sleep-schedule.ts';
import type { Secret } from '../domain/secret.ts';
import type { Duration, Instant } from '../domain/time.ts';
import { openRepository, type Repository } from './repository.ts';

export interface OrgPlace {
  readonly name: string;
  readonly repo?: string;
  readonly branch?: string;
  readonly username?: string;
  readonly token?: Secret;
  readonly sshKey?: string;
  /** The name of a channel. */
  readonly channel?: string;
}

export interface KnowledgePlaces {
  readonly orgs: readonly OrgPlace[];
  readonly staleAfter: Duration;
  readonly sleepAt: SleepSchedule | undefined;
  readonly sleepWhen: number;
}

/** Where programs are found; nothing of the environment is handed on to them. */
const PATH = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin';

/** The files that ship with Steady. */
export async function shippedFiles(): Promise<readonly KnowledgeFile[]> {
  return await Promise.all(
    KINDS.map(async (kind) =>
      readFile(kind, await readText(new URL(`../../kb/${kind}.md`, import.meta.url), 'utf8')),
    ),
  );
}

export interface OpenOrg {
  readonly name: string;
  readonly repository?: Repository;
  /** Its id. */
  readonly channel?: string;
  readonly indexed: Map<string, ReadonlyMap<string, KnowledgeFile>>;
}

export interface OpenKnowledge {
  readonly shipped: readonly KnowledgeFile[];
  readonly orgs: readonly OpenOrg[];
  readonly staleAfter: Duration;
  readonly sleepWhen: number;
  readonly sleepAt?: SleepSchedule;
}

/** What opening needs besides the settings. */
export interface Surroundings {
  readonly dataDir: string;
  readonly now: () => Instant;
  /** The id of a channel by its name; without it no organisation has one. */
  readonly channelId?: (name: string) => Promise<string>;
  /** Transports that git may use, for tests. */
  readonly protocols?: readonly string[];
}

/** Everything that is known besides the timeline: what ships, and what organisations share; nothing is fetched yet. */
export async function openKnowledge(
  { orgs, staleAfter, sleepWhen, sleepAt }: KnowledgePlaces,
  around: Surroundings,
): Promise<OpenKnowledge> {
  return {
    shipped: await shippedFiles(),
    orgs: await Promise.all(orgs.map((org) => openOrg(org, around))),
    staleAfter,
    sleepWhen,
    ...(sleepAt && { sleepAt }),
  };
}

/** Each repository has a folder of its own below `dataDir`. */
export async function openOrg(
  { name, repo, branch, username, token, sshKey, channel }: OrgPlace,
  { dataDir, now, channelId, protocols }: Surroundings,
): Promise<OpenOrg> {
  return {
    name,
    indexed: new Map(),
    ...(channel !== undefined && channelId && { channel: await channelId(channel) }),
    ...(repo !== undefined && {
      repository: await openRepository({
        url: repo,
        folder: join(dataDir, 'knowledge', name),
        now,
        path: PATH,
        ...(branch !== undefined && { branch }),
        ...(token !== undefined && {
          credentials: { password: token, ...(username !== undefined && { username }) },
        }),
        ...(sshKey !== undefined && { sshKey }),
        ...(protocols && { protocols }),
      }),
    }),
  };
}
