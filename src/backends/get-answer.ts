import type { BackendError } from '../domain/errors.ts';
import { type Answer, answered, type Result } from '../domain/evidence.ts';
import type { Instant } from '../domain/time.ts';
import type { Params } from './api-way.ts';
import { decodeDocument } from './decode-document.ts';
import type { HttpClient } from './http-client.ts';
import type { HttpAnswer } from './http-exchange.ts';
import type { KeptPiece } from './kept-answer.ts';
import { readAndKeep } from './read-and-keep.ts';
import { type Reader, readPieces } from './read-pieces.ts';
import { readablePath } from './readable-path.ts';
import { withQuery } from './request-parts.ts';

/** How one deployment is asked for what no command covers. */
export interface GetWay {
  readonly tool: string;
  readonly deployment: string;
  readonly readable: readonly string[];
  readonly client: Pick<HttpClient, 'request' | 'address'>;
  readonly reader: Reader;
  readonly now: () => Instant;
  /** What an answer that is not a success means. */
  failure(answer: HttpAnswer, path: string, params: Params): BackendError;
}

const MODULE = { href: new URL('./decode-document.ts', import.meta.url).href, name: 'decodeDocument' };

/**
 * `Backend.get` over HTTP: one GET from the allow-list as an answer of the moment it was asked, reproduced by its request. Its
 * query is the request line. Throws BackendError.
 */
export async function getAnswer(way: GetWay, typed: string, signal: AbortSignal): Promise<Answer> {
  const { client, reader, now } = way;
  const askedAt = now();
  const { path, query } = readablePath(typed, way.readable, reader.title);
  const answer = await client.request({ method: 'GET', path, query }, signal);
  if (answer.status < 200 || answer.status > 299) throw way.failure(answer, path, query);
  const read = await readAndKeep(answer, () =>
    together(readPieces<KeptPiece>(reader, answer, decodeDocument, MODULE, signal)),
  );
  return answered({
    tool: way.tool,
    deployment: way.deployment,
    source: reader.title,
    query: `GET ${withQuery(path, query)}`,
    window: { from: askedAt, to: askedAt },
    askedAt,
    result: read.found,
    completeness: { kind: 'complete' },
    cost: { took: now() - askedAt, bytes: read.bytes },
    warnings: [],
    reproduction: { kind: 'request', method: 'GET', url: client.address(path, query) },
    snapshot: read.snapshot,
  });
}

async function together(pieces: AsyncIterable<KeptPiece>): Promise<Result> {
  let columns: readonly string[] = [];
  const rows: (readonly unknown[])[] = [];
  for await (const piece of pieces) {
    if (piece.kind === 'text') return { kind: 'text', text: piece.text };
    if (piece.kind !== 'rows') continue;
    columns = piece.columns;
    rows.push(...piece.rows);
  }
  return { kind: 'rows', columns, rows };
}
