import { BackendError } from '../../domain/errors.ts';
import { type Answer, answered, type Reproduction } from '../../domain/evidence.ts';
import { HOUR, type Window } from '../../domain/time.ts';
import type { Backend, BackendDeps, Question } from '../backend.ts';
import { discoverParts } from '../discover-parts.ts';
import { getAnswer } from '../get-answer.ts';
import { readAndKeep } from '../read-and-keep.ts';
import { withQuery } from '../request-parts.ts';
import { compressed } from '../snapshot.ts';
import { sayShare } from './amount.ts';
import { createPyroscopeApi, mergeMessage, NODES, pathOf } from './api.ts';
import { decodeDiff, decodeProfile, type ProfilePiece } from './decode.ts';
import type { Tally } from './flame-graph.ts';
import { VALUES } from './kept.ts';
import { checkEarlier, withinLimits } from './limits.ts';
import { matchProfile } from './match.ts';
import { grafanaLink, ownLink, type ProfileView } from './permalink.ts';
import { readProfileType } from './profile-type.ts';
import { type ProfileQuestion, readQuestion } from './question.ts';
import { PYROSCOPE_READABLE, readableRequest } from './readable.ts';
import { diffRows, sayWhole, sayWholeDiff, topRows } from './rows.ts';
import type { PyroscopeDeployment } from './settings.ts';

/** Pyroscope's HTTP API: https://grafana.com/docs/pyroscope/latest/reference-server-api/ */
export function createPyroscope(deployment: PyroscopeDeployment, deps: BackendDeps): Backend {
  const { now } = deps;
  const title = `Pyroscope ${deployment.name}`;
  const api = createPyroscopeApi(deployment, deps, title);
  const { client } = api;
  /** Asked once, where its own pages are linked to. */
  let version: Promise<string | undefined> | undefined;

  async function versionKnown(signal: AbortSignal): Promise<string | undefined> {
    version ??= api.version(signal);
    try {
      return await version;
    } catch (error) {
      version = undefined;
      // A link less is no reason to keep the answer back.
      if (error instanceof BackendError) return undefined;
      throw error;
    }
  }

  async function reproduction(view: ProfileView, body: object, signal: AbortSignal): Promise<Reproduction> {
    const { linkUrl, grafanaUid } = deployment;
    const method = view.question.earlier ? 'Diff' : 'SelectMergeStacktraces';
    const url =
      linkUrl !== undefined && grafanaUid !== undefined
        ? grafanaLink({ base: linkUrl, uid: grafanaUid }, view)
        : ownLink(linkUrl ?? deployment.url, await versionKnown(signal), view);
    return url === undefined
      ? { kind: 'request', method: 'POST', url: client.address(pathOf(method)), body: JSON.stringify(body) }
      : { kind: 'permalink', url };
  }

  return {
    tool: 'pyroscope',
    deployment: deployment.name,
    title,
    readable: PYROSCOPE_READABLE,

    async discover(wanted, signal, options = {}) {
      const { window } = withinLimits(wanted, now(), title);
      return await discoverParts(
        [
          {
            kind: 'services',
            read: async (within, limit) => ({
              names: await api.values('service_name', window, undefined, within, limit),
            }),
          },
          {
            kind: 'types',
            read: async (within, limit) => ({ names: await api.types(window, within, limit) }),
          },
          {
            kind: 'labels',
            read: async (within, limit) => ({ names: await api.labels(window, undefined, within, limit) }),
          },
        ],
        { ...options, now, signal },
      );
    },

    match: (query, discovery) =>
      matchProfile(query, discovery, { title, list: `discover profile env:${deployment.name}` }),

    async query({ matched, window: wanted }: Question, signal): Promise<Answer> {
      const askedAt = now();
      const question = readQuestion(matched.query);
      if ('why' in question) throw new TypeError('A question that cannot be read was matched');
      const { earlier } = question;
      const { window, less, notes } = withinLimits(wanted, askedAt, title);
      if (earlier) checkEarlier(earlier, askedAt, title);
      const body = earlier
        ? { left: mergeMessage(question, earlier), right: mergeMessage(question, window) }
        : mergeMessage(question, window);
      const answer = await api.call(earlier ? 'Diff' : 'SelectMergeStacktraces', body, signal, {
        byHand: matched.unchecked === undefined,
        at: question.at,
      });
      const {
        found: profile,
        snapshot,
        bytes,
      } = await readAndKeep(answer, () =>
        together(
          earlier
            ? api.pieces<ProfilePiece>(answer, decodeDiff, 'decodeDiff', signal)
            : api.pieces<ProfilePiece>(answer, decodeProfile, 'decodeProfile', signal),
        ),
      );
      const partial = [...(less === undefined ? [] : [less]), ...cutOff(profile)];
      const { result, said } = shown(question, profile, window);
      return answered({
        tool: 'pyroscope',
        deployment: deployment.name,
        source: title,
        query: matched.query,
        window,
        askedAt,
        result,
        completeness:
          partial.length === 0 ? { kind: 'complete' } : { kind: 'partial', why: partial.join('; ') },
        cost: { took: now() - askedAt, bytes },
        warnings: [...(matched.hints ?? []), ...said.map(client.quote), ...notes, ...partial],
        reproduction: await reproduction({ question, window }, body, signal),
        snapshot,
      });
    },

    async schema(source, wanted, signal) {
      const at = now();
      const { window } = withinLimits(wanted, at, title);
      const names = await api.labels(window, selectorOf(source), signal);
      return { source, at, fields: names.map((name) => ({ name, type: 'label' })) };
    },

    async values(source, field, wanted, signal) {
      const askedAt = now();
      const { window, notes } = withinLimits(wanted, askedAt, title);
      const message = { name: field, matchers: [selectorOf(source)], start: window.from, end: window.to };
      const names = await api.values(field, window, selectorOf(source), signal);
      const body = JSON.stringify(message);
      return answered({
        tool: 'pyroscope',
        deployment: deployment.name,
        source: title,
        query: `${VALUES}${field} in ${selectorOf(source)}`,
        window,
        askedAt,
        result: { kind: 'rows', columns: ['value'], rows: names.map((name) => [name]) },
        completeness: { kind: 'complete' },
        cost: { took: now() - askedAt },
        warnings: notes,
        reproduction: { kind: 'request', method: 'POST', url: client.address(pathOf('LabelValues')), body },
        snapshot: await compressed([Buffer.from(JSON.stringify(names))]),
      });
    },

    async get(typed, window, signal) {
      const { path, query } = readableRequest(typed, window, title);
      return await getAnswer(
        {
          tool: 'pyroscope',
          deployment: deployment.name,
          readable: PYROSCOPE_READABLE,
          client,
          reader: api.reader,
          now,
          failure: api.failure,
        },
        withQuery(path, query),
        signal,
      );
    },

    async probe(signal) {
      const known = await api.version(signal);
      const types = await api.types({ from: now() - HOUR, to: now() }, signal);
      return `Pyroscope${known === undefined ? '' : ` ${client.quote(known)}`}, with ${types.length} profile ${types.length === 1 ? 'type' : 'types'}`;
    },

    close: () => client.close(),
  };
}

interface Merged {
  readonly total: number;
  readonly before: number;
  readonly cutOff: number;
  readonly cutOffBefore: number;
  readonly functions: readonly Tally[];
}

async function together(pieces: AsyncIterable<ProfilePiece>): Promise<Merged> {
  let head = { total: 0, before: 0, cutOff: 0, cutOffBefore: 0 };
  const functions: Tally[] = [];
  for await (const piece of pieces)
    if (piece.kind === 'head') head = piece;
    else functions.push(...piece.functions);
  return { ...head, functions };
}

function shown(question: ProfileQuestion, profile: Merged, window: Window) {
  const { unit } = readProfileType(question.type);
  const { earlier } = question;
  const length = window.to - window.from;
  if (profile.functions.length === 0) return { result: topRows(profile, unit), said: [] };
  if (!earlier) return { result: topRows(profile, unit), said: [sayWhole(profile, unit, length)] };
  const lengths = { now: length, before: earlier.to - earlier.from };
  return { result: diffRows(profile, unit, lengths), said: sayWholeDiff(profile, unit, lengths) };
}

/** What the server left out because it is small. */
function cutOff({ total, before, cutOff: now, cutOffBefore }: Merged): readonly string[] {
  if (now === 0 && cutOffBefore === 0) return [];
  const part = sayShare(Math.max(now, cutOffBefore), Math.max(total, before));
  return [
    `${part} lies in functions too small to be told apart: the server was asked for ${NODES.toLocaleString('en')} nodes`,
  ];
}

/** A service's name stands for its selector. */
function selectorOf(source: string): string {
  return source.startsWith('{') ? source : `{service_name=${JSON.stringify(source)}}`;
}
