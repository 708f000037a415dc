import { createHash } from 'node:crypto';
import type { Post } from '../../domain/post.ts';
import { type Duration, MINUTE, SECOND } from '../../domain/time.ts';
import { loseChannel } from '../../flows/lose-channel.ts';
import type { IncidentRef, OutboxRow } from '../../storage/store.ts';
import { SlackRefusal, SlackUncertain } from '../outbound/contract.ts';
import type { Office, Plan } from './plan.ts';
import { planPost } from './plan-post.ts';
import { wordOfGivingUp } from './word-of-giving-up.ts';

/** How long a process may hold a row; long enough for a paced call and a look-up. */
const HELD: Duration = MINUTE;
/** Slack's own history needs a moment until a post can be found in it. */
const LOOK_AFTER: Duration = 10 * SECOND;
/** Waits between tries, the last one repeated; a post that must appear is never given up for being hard. */
const BACKOFF: readonly Duration[] = [SECOND, 2 * SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE];
/** Slack's words for a channel in which Steady cannot speak. */
const LOST: Readonly<Record<string, string>> = {
  not_in_channel: 'Steady is not in it any more',
  channel_not_found: 'it is gone, or Steady was removed from it',
  is_archived: 'it was archived',
};

/** What is planned anew when the channel is lost: it goes by direct message then. */
const SAID_OTHERWISE: ReadonlySet<Post['kind']> = new Set(['nudge', 'offer', 'update', 'phase']);

/** What asks systems or repositories first, each kind in a chain of its own: nobody waits for it, and nothing waits behind it. */
const APART: ReadonlySet<Post['kind']> = new Set(['triage', 'suggest', 'postmortem-files', 'distil']);

/** Priority of what may wait longest. */
const EDITS = 3;

export interface Delivery {
  /** Looks for what is waiting and sends it; resolves when everything but edits is out or put back. */
  flush(): Promise<void>;
  /** Resolves when what is on its way is out; looks for nothing. With `ref`, all posts of that incident. */
  sent(ref?: IncidentRef): Promise<void>;
  /** Resolves when nothing is being sent but edits of cards: those wait for their pace, and are rows like any other. */
  idle(): Promise<void>;
  /** Resolves when nothing at all is being sent. */
  quiet(): Promise<void>;
  /** Steady stops: an edit that is cut off from now on is a row, and is drawn again at the next start. */
  close(): void;
}

/** Turns rows of the outbox into messages, each once: marked before the call, remembered after it, looked up when in doubt. */
export function createDelivery(office: Office): Delivery {
  const { world } = office;
  const { store } = world;
  const sending = new Set<Promise<void>>();
  const editing = new Set<Promise<void>>();
  const chains = new Map<string, Promise<void>>();
  /** Rows this process is busy with: a clock that jumped may have ended their lease. */
  const busy = new Set<string>();

  /** Rows of one place go out in order; card edits have an order of their own, because they wait for their pace. */
  function start(row: OutboxRow): Promise<void> {
    const post = row.post as unknown as Post;
    const id = `${row.team}/${row.key}`;
    if (busy.has(id)) return Promise.resolve();
    busy.add(id);
    const edits = post.kind === 'card-edit' || post.kind === 'furnish';
    const apart = APART.has(post.kind);
    const place = `${row.team}/${row.incident ?? ''}`;
    const chain = `${place}/${apart ? post.kind : edits ? 'edits' : 'posts'}`;
    // An edit needs the message it edits, so it also waits for the posts before it.
    const before = Promise.all([chains.get(chain), edits ? chains.get(`${place}/posts`) : undefined]);
    // One message is edited at most once per 3 s: what is said next, and whoever clicked, does not wait for that.
    const { promise: handedOver, resolve: handOver } = Promise.withResolvers<void>();
    const doing = before.then(() =>
      send(row, post, edits ? () => {} : handOver).catch((error: unknown) => {
        if (!isCutOff(row)) world.fault(error, `post ${row.key}`);
      }),
    );
    const through = Promise.race([doing, handedOver]);
    chains.set(chain, through);
    const kept = doing.finally(() => {
      busy.delete(id);
      sending.delete(kept);
      editing.delete(kept);
      if (chains.get(chain) === through) chains.delete(chain);
    });
    (row.priority < EDITS ? sending : editing).add(kept);
    return through;
  }

  /** `handOver` is called once an edit is with the door, which keeps the order of edits by itself. */
  async function send(row: OutboxRow, post: Post, handOver: () => void): Promise<void> {
    let plan: Plan;
    try {
      plan = await planPost(office, row.team, post);
    } catch (error) {
      // Also where Slack refused a look: nothing was to be sent yet.
      await tryAgain(row, post, error);
      return;
    }
    try {
      await carryOut(row, plan, handOver);
    } catch (error) {
      await failed(row, post, error, placeOf(plan));
    }
  }

  async function carryOut(row: OutboxRow, plan: Plan, handOver: () => void): Promise<void> {
    switch (plan.do) {
      case 'drop':
        await store.postRefused(row.team, row.key, plan.why);
        return;
      case 'wait':
        await store.postFailed(row.team, row.key, {
          at: (await store.now()) + delay(row),
          why: plan.why,
          certain: true,
        });
        return;
      case 'post':
        await postOnce(row, plan);
        return;
      case 'edit':
        await editAll(row, plan, handOver);
        await plan.after?.();
        await store.posted(row.team, row.key, plan.edits[0]?.at ?? { channel: '', ts: '' });
        return;
      case 'whisper':
        // At most once: marked as out before the call, because nobody could find it afterwards.
        await store.posted(row.team, row.key, { channel: plan.place.channel, ts: '' });
        await office.door.ephemeral(plan.place, plan.to, plan.message);
        return;
      case 'run':
        await plan.run();
        await store.posted(row.team, row.key, { channel: '', ts: '' });
        return;
    }
  }

  /** The first edit decides whether it worked; a copy that Slack refuses to edit keeps none of the others back. */
  async function editAll(
    row: OutboxRow,
    { edits }: Extract<Plan, { do: 'edit' }>,
    handOver: () => void,
  ): Promise<void> {
    let refused: SlackRefusal | undefined;
    for (const [index, { at, message }] of edits.entries()) {
      try {
        const editing = office.door.update(at, message, { priority: row.priority });
        handOver();
        await editing;
      } catch (error) {
        if (!(error instanceof SlackRefusal)) throw error;
        if (index === 0) refused = error;
        else world.fault(error, `post ${row.key} in ${at.channel}`);
      }
    }
    if (refused) throw refused;
  }

  async function postOnce(row: OutboxRow, plan: Extract<Plan, { do: 'post' }>): Promise<void> {
    const key = opaque(row);
    const found = row.uncertain
      ? await office.looks.findByKey(plan.to, key, row.createdAt - MINUTE)
      : undefined;
    if (!found) await store.posting(row.team, row.key);
    // A message that is there already may still lack its continuation: the door knows.
    const options = { key, priority: row.priority, ...(found && { found }) };
    const sent =
      'dm' in plan.to
        ? await office.door.dm(plan.to.dm, plan.message, options)
        : await office.door.post(plan.to, plan.message, options);
    await plan.after?.(sent);
    await store.posted(row.team, row.key, sent, plan.binding);
  }

  async function failed(
    row: OutboxRow,
    post: Post,
    error: unknown,
    place: string | undefined,
  ): Promise<void> {
    if (error instanceof SlackRefusal) {
      const why = LOST[error.reason];
      if (
        why !== undefined &&
        'incident' in post &&
        (await loseChannel(world, { team: row.team, number: post.incident }, place, why))
      ) {
        const again = SAID_OTHERWISE.has(post.kind);
        if (again)
          await store.postFailed(row.team, row.key, {
            at: await store.now(),
            why: error.message,
            certain: true,
          });
        else await store.postRefused(row.team, row.key, error.message);
        return;
      }
      await store.postRefused(row.team, row.key, error.message);
      world.fault(error, `post ${row.key}`);
      return;
    }
    await tryAgain(row, post, error);
  }

  async function tryAgain(row: OutboxRow, post: Post, error: unknown): Promise<void> {
    const told = wordOfGivingUp(row, post, error);
    if (told) {
      // A row of its own, before the refusal: a crash in between says it once.
      await store.enqueue(row.team, told);
      world.postsWaiting();
      await store.postRefused(row.team, row.key, error instanceof Error ? error.message : 'failed');
      world.fault(error, `post ${row.key}, given up`);
      return;
    }
    const certain = !(error instanceof SlackUncertain);
    const at = (await store.now()) + Math.max(delay(row), certain ? 0 : LOOK_AFTER);
    await store.postFailed(row.team, row.key, {
      at,
      why: error instanceof Error ? error.message : 'failed',
      certain,
      tried: true,
    });
    if (!isCutOff(row)) world.fault(error, `post ${row.key}, tried again`);
  }

  /** Takes every row that waits; answers what becomes of those that somebody may wait for. */
  async function takeAll(): Promise<readonly Promise<void>[]> {
    const now: Promise<void>[] = [];
    for (;;) {
      const rows = await store.claimPosts({ owner: world.owner, for: HELD, limit: 25 });
      for (const row of rows) {
        const doing = start(row);
        if (row.priority < EDITS && !isSlow(row)) now.push(doing);
      }
      if (rows.length < 25) return now;
    }
  }

  let closed = false;
  /** An edit on its way while Steady stops: nothing is wrong, it is drawn again at the next start. */
  const isCutOff = (row: OutboxRow) => closed && row.priority >= EDITS;
  let looking: Promise<unknown> = Promise.resolve();
  let next: Promise<void> | undefined;
  let last: Promise<void> | undefined;

  /** Whoever asks while another looks joins the one look after it: everybody's rows are there by then. */
  function flush(): Promise<void> {
    next ??= looking.then(async () => {
      next = undefined;
      const taking = takeAll();
      looking = taking.catch(() => undefined);
      await Promise.all(await taking);
    });
    const mine = next.finally(() => {
      if (last === mine) last = undefined;
    });
    last = mine;
    return mine;
  }

  return {
    flush,
    sent: async (ref) => {
      await last;
      // Another look may have taken this incident's posts a moment before.
      if (ref) await chains.get(`${ref.team}/${ref.number}/posts`);
    },
    close: () => {
      closed = true;
    },
    idle: async () => {
      while (last !== undefined || sending.size > 0) await Promise.allSettled([last, ...sending]);
    },
    quiet: async () => {
      while (last !== undefined || sending.size + editing.size > 0)
        await Promise.allSettled([last, ...sending, ...editing]);
    },
  };
}

function isSlow(row: OutboxRow): boolean {
  return APART.has((row.post as unknown as Post).kind);
}

/** The channel that a plan speaks in; direct messages have none that could be lost. */
function placeOf(plan: Plan): string | undefined {
  if (plan.do === 'post') return 'channel' in plan.to ? plan.to.channel : undefined;
  if (plan.do === 'edit') return plan.edits[0]?.at.channel;
  return plan.do === 'whisper' ? plan.place.channel : undefined;
}

function delay(row: OutboxRow): Duration {
  return BACKOFF[Math.min(row.attempts, BACKOFF.length - 1)] ?? MINUTE;
}

/** Message metadata can be read by any app in the workspace, so the key says nothing. */
function opaque(row: OutboxRow): string {
  return createHash('sha256').update(`${row.team}/${row.key}`).digest('base64url').slice(0, 24);
}
