import type { Captions, Picture } from '../../charts/picture.ts';
import { BackendError } from '../../domain/errors.ts';
import type { EvidenceNote } from '../../domain/evidence-note.ts';
import { sayWindowUtc } from '../../domain/say-window.ts';
import type { World } from '../ports.ts';

/** A picture ready to be shared. */
export interface Drawn {
  readonly name: string;
  readonly title: string;
  /** What it shows, in words and numbers. */
  readonly alt: string;
  readonly png: Uint8Array;
}

/** What stands around every picture of an evidence. */
export function captionsOf(note: EvidenceNote, warnings: readonly string[]): Captions {
  return {
    title: `${note.id} · ${note.source} · ${sayWindowUtc(note.window)}`,
    query: note.query.slice(0, 1_000),
    warnings,
    notes: [],
  };
}

/** Takes secrets out of every text first: nobody can take them out of a picture. */
export async function drawn(
  world: Pick<World, 'pictures' | 'redact'>,
  picture: Picture,
  about: Omit<Drawn, 'png'> & { readonly signal: AbortSignal },
): Promise<Drawn> {
  const { signal, ...said } = about;
  const clean = withoutSecrets(picture, world.redact);
  try {
    return { ...said, png: await world.pictures.draw(clean, signal) };
  } catch (error) {
    if (signal.aborted)
      throw new BackendError('timeout', 'The picture could not be drawn in time.', {
        nextStep: 'Try again in a moment.',
      });
    throw error;
  }
}

function withoutSecrets(picture: Picture, redact: World['redact']): Picture {
  if (picture.kind !== 'series') return redact(picture);
  const { lines, ...rest } = picture;
  const names = redact(lines.map(({ name }) => name));
  return { ...redact(rest), lines: lines.map((line, index) => ({ ...line, name: names[index] ?? '' })) };
}
