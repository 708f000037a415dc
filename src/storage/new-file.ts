import { constants, copyFile, link, open, unlink } from 'node:fs/promises';
import { ConfigError } from '../domain/errors.ts';

/**
 * Writes a file (0600) that appears under its name only when it is whole, and never over one that is there. Throws ConfigError
 * where it cannot be written.
 */
export async function writeNewFile(
  file: string,
  write: (out: (chunks: AsyncIterable<Buffer>) => Promise<void>) => Promise<void>,
): Promise<void> {
  process.umask(0o077);
  const partial = `${file}.partial`;
  const out = await open(partial, 'wx', 0o600).catch((error: unknown) => {
    throw cannotWrite(partial, error);
  });
  try {
    await write((chunks) => out.writeFile(chunks));
    await out.sync();
    await appear(partial, file).catch((error: unknown) => {
      throw cannotWrite(file, error);
    });
  } finally {
    await out.close().catch(() => undefined);
    await unlink(partial);
  }
}

/** A link, unlike a rename, never replaces a file that is there; some shared folders know no links. */
async function appear(partial: string, file: string): Promise<void> {
  try {
    await link(partial, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    await copyFile(partial, file, constants.COPYFILE_EXCL);
  }
}

function cannotWrite(file: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST')
    return new ConfigError([`${file} exists already. Name a new file, or move it away.`]);
  return new ConfigError([`${file} cannot be written (${code ?? String(error)}). Name another place.`]);
}
