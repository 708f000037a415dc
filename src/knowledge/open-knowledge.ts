import { readFile as readText } from 'node:fs/promises';
import { join } from 'node:path';
import { KINDS } from '../domain/knowledge/entry.ts';
import { type KnowledgeFile, readFile } from '../domain/knowledge/read-file.ts';
import type { Secret } from '../domain/secret.ts';
import type { Instant } from '../domain/time.ts';
import { openRepository, type Repository } from './repository.ts';

export interface OrgPlace {
  readonly name: string;
  readonly repo?: string;
  readonly branch?: string;
  readonly username?: string;
  readonly token?: Secret;
  readonly sshKey?: string;
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

/** Opens what organisations share; nothing is fetched yet. Each repository has a folder of its own below `dataDir`. */
export async function openOrgs(
  orgs: readonly OrgPlace[],
  { dataDir, now }: { readonly dataDir: string; readonly now: () => Instant },
): Promise<readonly { readonly name: string; readonly repository?: Repository }[]> {
  return await Promise.all(
    orgs.map(async ({ name, repo, branch, username, token, sshKey }) => ({
      name,
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
        }),
      }),
    })),
  );
}
