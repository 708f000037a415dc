import { BackendError } from '../domain/errors.ts';
import type { Duration } from '../domain/time.ts';
import type { Decode, DecodeModule, Decoder } from './decoder.ts';
import type { HttpAnswer } from './http-exchange.ts';

/** How one deployment's answers are read. */
export interface Reader {
  readonly decoder: Decoder;
  /** As people name the deployment. */
  readonly title: string;
  readonly timeout: Duration;
  /** What to say of a body that the decode function refuses. */
  unreadable(answer: HttpAnswer): BackendError;
}

/** The pieces of an answer; one that is not what it should be becomes a BackendError. */
export async function* readPieces<Piece>(
  reader: Reader,
  answer: HttpAnswer,
  decode: Decode<Piece>,
  module: DecodeModule,
  signal: AbortSignal,
): AsyncGenerator<Piece> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(reader.timeout)]);
  try {
    yield* reader.decoder.decode<Piece, undefined>(decode, module, answer.body, undefined, either);
  } catch (error) {
    if (error instanceof BackendError) throw error;
    if (either.aborted)
      throw new BackendError('timeout', `The answer of ${reader.title} could not be read in time.`, {
        asked: reader.title,
      });
    throw reader.unreadable(answer);
  }
}
