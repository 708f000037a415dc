import { type FlameFrame, readFrames, type Tally, tallies } from './flame-graph.ts';
import { flameGraphAnswer, namesAnswer, profileTypesAnswer } from './schema.ts';

/** What a merged profile holds, function by function. */
export type ProfilePiece =
  | {
      readonly kind: 'head';
      /** All of it, of the later and of the earlier profile. */
      readonly total: number;
      readonly before: number;
      /** What was too small to be sent by itself. */
      readonly cutOff: number;
      readonly cutOffBefore: number;
    }
  | { readonly kind: 'functions'; readonly functions: readonly Tally[] };

const PIECE = 1_000;
/** The name of what the server leaves out beyond the nodes that were asked for. */
const CUT_OFF = 'other';

/** Decodes an answer of `SelectMergeStacktraces`. Throws SyntaxError, TypeError or ZodError when it is not one. */
export function* decodeProfile(bytes: Uint8Array): Iterable<ProfilePiece> {
  yield* pieces(framesOf(bytes, false));
}

/** Decodes an answer of `Diff`, whose left is the earlier. */
export function* decodeDiff(bytes: Uint8Array): Iterable<ProfilePiece> {
  yield* pieces(framesOf(bytes, true));
}

export function framesOf(bytes: Uint8Array, compared: boolean): readonly FlameFrame[] {
  const { flamegraph } = flameGraphAnswer.parse(parse(bytes));
  return flamegraph ? readFrames(flamegraph, compared) : [];
}

/** Decodes an answer of `LabelNames` or `LabelValues`. */
export function* decodeNames(bytes: Uint8Array): Iterable<readonly string[]> {
  yield* some(namesAnswer.parse(parse(bytes)).names);
}

/** Decodes an answer of `ProfileTypes` to ids. */
export function* decodeTypes(bytes: Uint8Array): Iterable<readonly string[]> {
  yield* some(profileTypesAnswer.parse(parse(bytes)).profileTypes.map(({ ID }) => ID));
}

export function* pieces(frames: readonly FlameFrame[]): Iterable<ProfilePiece> {
  const root = frames[0];
  const functions = tallies(frames);
  const cut = functions.find(({ name }) => name === CUT_OFF);
  yield {
    kind: 'head',
    total: root?.total ?? 0,
    before: root?.before ?? 0,
    cutOff: cut?.self ?? 0,
    cutOffBefore: cut?.selfBefore ?? 0,
  };
  const named = functions.filter(({ name }) => name !== CUT_OFF);
  for (let from = 0; from < named.length; from += PIECE)
    yield { kind: 'functions', functions: named.slice(from, from + PIECE) };
}

function* some(names: readonly string[]): Iterable<readonly string[]> {
  for (let from = 0; from < names.length; from += PIECE) yield names.slice(from, from + PIECE);
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}
