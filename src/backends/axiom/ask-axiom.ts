import type { z } from 'zod';
import type { BackendDeps } from '../backend.ts';
import type { Decode } from '../decoder.ts';
import { DEFAULT_TIMEOUT } from '../http-client.ts';
import type { HttpAnswer } from '../http-exchange.ts';
import { type Reader, readPieces } from '../read-pieces.ts';
import { unreadable } from '../unreadable.ts';
import { type AxiomPiece, decodeApl, decodeMpl } from './decode.ts';
import { type DocumentPiece, decodeDocument } from './decode-document.ts';
import { type Asked, createRoutes, type Route, type Routes } from './routes.ts';
import type { AxiomDeployment } from './settings.ts';

/** Asks one Axiom and reads what comes back. Throws only BackendError. */
export interface AxiomClient extends Routes {
  readonly title: string;
  /** A document whose shape is checked. */
  read<Out>(route: Route, asked: Asked, shape: z.ZodType<Out>, signal: AbortSignal): Promise<Out>;
  /** The same of an answer that is there already. Takes the body. */
  document(answer: HttpAnswer, signal: AbortSignal): Promise<unknown>;
  checked<Out>(answer: HttpAnswer, value: unknown, shape: z.ZodType<Out>): Out;
  /** The pieces of a query's answer. Takes the body. */
  pieces(answer: HttpAnswer, language: 'apl' | 'mpl', signal: AbortSignal): AsyncIterable<AxiomPiece>;
}

const module = (file: string, name: string) => ({ href: new URL(file, import.meta.url).href, name });

export function createAxiomClient(deployment: AxiomDeployment, deps: BackendDeps): AxiomClient {
  const title = `Axiom ${deployment.name}`;
  const section = `[axiom.deployments.${deployment.name}]`;
  const routes = createRoutes(deployment, deps);
  const reader: Reader = {
    decoder: deps.decoder,
    title,
    timeout: deployment.timeout ?? DEFAULT_TIMEOUT,
    unreadable: (answer) => unreadable(answer, { title, product: 'Axiom', section }),
  };
  const decoded = <Piece>(
    answer: HttpAnswer,
    decode: Decode<Piece>,
    file: string,
    name: string,
    signal: AbortSignal,
  ) => readPieces(reader, answer, decode, module(file, name), signal);

  async function document(answer: HttpAnswer, signal: AbortSignal): Promise<unknown> {
    const items: unknown[] = [];
    for await (const piece of decoded<DocumentPiece>(
      answer,
      decodeDocument,
      './decode-document.ts',
      'decodeDocument',
      signal,
    ))
      if (piece.kind === 'whole') return piece.value;
      else items.push(...piece.items);
    return items;
  }

  function checked<Out>(answer: HttpAnswer, value: unknown, shape: z.ZodType<Out>): Out {
    const read = shape.safeParse(value);
    if (read.success) return read.data;
    throw reader.unreadable(answer);
  }

  return {
    ...routes,
    title,
    document,
    checked,

    async read(route, asked, shape, signal) {
      const answer = await routes.ask(route, asked, signal);
      return checked(answer, await document(answer, signal), shape);
    },

    pieces: (answer, language, signal) =>
      language === 'apl'
        ? decoded<AxiomPiece>(answer, decodeApl, './decode.ts', 'decodeApl', signal)
        : decoded<AxiomPiece>(answer, decodeMpl, './decode.ts', 'decodeMpl', signal),
  };
}
