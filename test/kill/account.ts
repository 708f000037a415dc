import { DEFAULT_CADENCE, ladder } from '../../src/domain/cadence.ts';
import { fold } from '../../src/domain/evolve.ts';
import type { IncidentEvent, Recorded } from '../../src/domain/incident.ts';
import { orgShelf } from '../../src/domain/knowledge/shelf.ts';
import { type Instant, MINUTE, SECOND } from '../../src/domain/time.ts';
import { shelvedOf } from '../../src/flows/knowledge/shelve.ts';
import { APP, TEAM } from '../../src/sandbox/slack/options.ts';
import { openStore, type StoreOptions } from '../../src/storage/open-store.ts';
import { plainText } from '../slack-kit/plain-text.ts';
import type { SlackKit } from '../slack-kit/slack-kit.ts';
import type { Conversation, Message } from '../slack-kit/types.ts';
import { STRIDE } from './kill-kit.ts';

/** What remains of an incident when all is over, without times: two runs of the same story leave the same. */
export interface Account {
  /** Every message of the app, with its place, sorted. */
  readonly said: readonly string[];
  /** The timeline as it is stored, in order. */
  readonly events: readonly string[];
  /** Rungs said in the channel, their threads and direct messages. */
  readonly rungs: readonly string[];
  readonly topic: string;
  readonly pins: number;
  readonly marks: readonly string[];
  /** Files that somebody can see, each with where. */
  readonly files: readonly string[];
  /** Every canvas: who was let in, and what it says. */
  readonly canvases: readonly string[];
  /** What is known afterwards, to whom. */
  readonly kept: readonly string[];
  /** What is wrong whatever the story was: a key posted twice, a rung before its time or too late. */
  readonly wrong: readonly string[];
}

/** Of a document's words, in which times are; the words themselves are compared in the canvas. */
const FINGERPRINT = /"(head|shown|base|lines)":(?:"[^"]*"|\[[^\]]*\])/g;

/** Ids in between went to what was begun and never seen. */
const CANVAS = /\bF[0-9A-Z]{8,}\b/g;

/** A rung may be as late as time goes on at once, and as Slack's retry after a crash. */
const LATE_AT_MOST = MINUTE + SECOND + 2 * STRIDE;

export async function accountOf(kit: SlackKit, storage: StoreOptions): Promise<Account> {
  const conversations = [...kit.workspace.state.conversations.values()];
  const said = conversations.flatMap((place) =>
    place.messages.filter(isApps).map((message) => ({ place, message })),
  );
  const { recorded, kept } = await storedIn(storage);
  const checkout = conversations.find((one) => one.name === 'checkout');
  const rungs = rungsOf(recorded);
  return {
    said: said
      .map(({ place, message }) => `${placeOf(place, message)}: ${timeless(plainText(message))}`)
      .sort(),
    // Triggers and windows have random names.
    events: recorded.map(({ event }) =>
      timeless(
        JSON.stringify(event)
          .replace(/"request":"(slash|submit|click)\/[^"]*"/, '"request":"$1"')
          .replace(FINGERPRINT, '"$1"')
          .replace(CANVAS, 'F'),
      ),
    ),
    rungs: rungs.map(({ promise, rung }) => `${promise}/${rung}`),
    topic: timeless(checkout?.topic ?? ''),
    pins: checkout?.pins.length ?? 0,
    marks: conversations.flatMap((place) =>
      place.messages.flatMap((message) =>
        message.reactions
          .filter((one) => one.users.includes(APP.botUserId))
          .map((one) => `${one.name} on ${timeless(message.text)}`),
      ),
    ),
    files: [...kit.workspace.state.files.values()]
      .filter((one) => one.completed && one.shares.length > 0)
      .map((one) => `${one.name} in ${one.shares.map(({ conversation }) => conversation).join(', ')}`)
      .sort(),
    canvases: [...kit.workspace.state.canvases.values()].map(({ title, access, blocks }) =>
      [title, [...access].join(' '), ...blocks.map(({ markdown }) => markdown)].map(timeless).join('\n'),
    ),
    kept,
    wrong: [
      ...doubledKeys(said.map(({ message }) => message)),
      ...rungs.flatMap(({ promise, rung, at, due }) =>
        due !== undefined && at >= due && at <= due + LATE_AT_MOST
          ? []
          : [
              `rung ${promise}/${rung} at ${new Date(at).toISOString()}, due ${due && new Date(due).toISOString()}`,
            ],
      ),
    ],
  };
}

function isApps(message: Message): boolean {
  return message.user === APP.botUserId && message.subtype === undefined && message.tombstone !== true;
}

function placeOf(place: Conversation, message: Message): string {
  const where = place.kind === 'dm' ? `dm ${[...place.members].sort().join(' ')}` : place.name;
  const parent = place.messages.find((one) => one.ts === message.threadTs && one.ts !== message.ts);
  return parent === undefined ? where : `${where} > ${timeless(parent.text).slice(0, 60)}`;
}

/** Numbers and times differ between two runs; what is said does not. */
function timeless(text: string): string {
  return text
    .replace(/\d[\d.,:]*(?:ms|min|s|m|h)?(?: ?(?:ms|min|s|h|UTC)\b)?/g, '#')
    .replace(/# ?(?:[#–]\s?)*#/g, '#');
}

async function storedIn(
  storage: StoreOptions,
): Promise<{ readonly recorded: readonly Recorded[]; readonly kept: readonly string[] }> {
  const store = await openStore({ ...storage, lock: false, readOnly: true });
  try {
    const timeline = await store.load({ team: TEAM.id, number: 1 });
    const known = await store.knowledge(TEAM.id, [orgShelf('acme')]);
    return {
      recorded: (timeline?.events ?? []).map(({ seq, at, body }) => ({
        seq,
        at,
        event: body as unknown as IncidentEvent,
      })),
      kept: known.map((row) => timeless(JSON.stringify(shelvedOf(row).entry))).sort(),
    };
  } finally {
    await store.close();
  }
}

function rungsOf(recorded: readonly Recorded[]) {
  return recorded.flatMap(({ at, event }, index) => {
    if (event.type !== 'nudged') return [];
    const before = fold(TEAM.id, 1, recorded.slice(0, index));
    const due: Instant | undefined =
      before?.promise && ladder(before.promise, DEFAULT_CADENCE).find((step) => step.rung === event.rung)?.at;
    return [{ promise: event.promise, rung: event.rung, at, due }];
  });
}

function doubledKeys(messages: readonly Message[]): readonly string[] {
  const keyed = messages.filter((one) => one.metadata !== undefined);
  return [...Map.groupBy(keyed, (one) => JSON.stringify(one.metadata)).values()]
    .filter((same) => same.length > 1)
    .map((same) => `posted ${same.length} times: ${same[0]?.text}`);
}
