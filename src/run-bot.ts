import { createKeptAnswers } from './answers/kept-answers.ts';
import { createDecoder } from './backends/decoder.ts';
import { createDiscoveryCache } from './backends/discovery-cache.ts';
import { createKeptReader } from './backends/kept-reader.ts';
import { createBackends, namesOf } from './backends/registry.ts';
import { createPictures } from './charts/draw.ts';
import type { Running } from './cli/composition.ts';
import { storeOptions } from './cli/store-options.ts';
import type { Config } from './config/config.ts';
import { requireSlack } from './config/slack-settings.ts';
import { createNameLinks } from './domain/name-links.ts';
import { DAY, type Duration, HOUR, MINUTE, SECOND } from './domain/time.ts';
import { createSchemaMemory } from './flows/evidence/schema-memory.ts';
import { learn } from './flows/knowledge/learn.ts';
import { sleepOnSchedule } from './flows/knowledge/sleep-by-itself.ts';
import { createLatest } from './flows/latest.ts';
import type { Clock, World } from './flows/ports.ts';
import { repeat } from './flows/repeat.ts';
import { createSignal } from './flows/signal.ts';
import { tick } from './flows/tick.ts';
import { createTurns } from './flows/turns.ts';
import { watchChanges } from './flows/watch-changes.ts';
import { openKnowledge } from './knowledge/open-knowledge.ts';
import { type Log, sayFault } from './log.ts';
import { createMetrics } from './metrics/metrics.ts';
import { type MetricsPort, openMetricsPort } from './metrics/metrics-port.ts';
import { measureIncidents, watchBackend, watchStore } from './metrics/watch.ts';
import { createGroupLookUp } from './safety/group-members.ts';
import { createRedactor, type Redactor } from './safety/redactor.ts';
import { createSnapshotMask } from './safety/snapshot-mask.ts';
import type { Bot } from './slack/bot.ts';
import { connectSlack, LOST } from './slack/connection/connect.ts';
import { environmentsById } from './slack/connection/environments-by-id.ts';
import { createDelivery } from './slack/delivery/deliver.ts';
import { createIntake } from './slack/intake/intake.ts';
import { tellGivenUp } from './slack/intake/tell-given-up.ts';
import { register } from './slack/listeners/register.ts';
import type { PaceLimits } from './slack/outbound/pace.ts';
import { createPeople, isGroup } from './slack/people.ts';
import { openStore } from './storage/open-store.ts';
import { redactStore } from './storage/redact-store.ts';
import { rememberTimelines } from './storage/remember-timelines.ts';
import type { Crossing } from './storage/store.ts';

/** What differs between production, the sandbox and the tests. */
export interface BotParts {
  readonly config: Config;
  readonly clock: Clock;
  /** Real time, for pace and sockets, where `clock` can be moved or stand still. */
  readonly realClock?: Clock;
  /** Unique per process. */
  readonly owner: string;
  /** Differences from Slack's published rates, for tests. */
  readonly limits?: Partial<PaceLimits>;
  /** How often due work is looked for, for tests that move hours; a second otherwise. */
  readonly tickEvery?: Duration;
  /** Added to a database server's clock, for tests. */
  readonly databaseAhead?: () => Duration;
  /** Told the lines that an operator should see before Steady connects. */
  readonly announce?: (line: string) => void;
  readonly log: (redactor: Redactor) => Log;
  /** Kill tests end the process here; otherwise it does nothing. */
  readonly crossing?: Crossing;
}

/** A bot that is connected and serves. */
export interface RunningBot extends Running {
  /** Looks for what is due now, whatever the next look's time; its posts go out by themselves. */
  look(): Promise<void>;
  /** One look at what is due, at what another process left behind, one round of posts and of home tabs. */
  round(): Promise<void>;
  /** Resolves when nothing is being worked on or sent. */
  idle(): Promise<void>;
  /** The same, and no edit of a card is on its way either. */
  quiet(): Promise<void>;
}

/** How often due work is looked for; the ladder's own times decide what is due. */
const TICK = SECOND;
/** How often the outbox is looked at without a hint: for other processes' rows and for second tries. */
const POSTS = 2 * SECOND;
const RESUME = 10 * SECOND;
const HOME = 10 * SECOND;
/** Finished deliveries are kept this long, to know a late duplicate. */
const KEPT = 7 * DAY;

/** Puts the whole bot together and starts it. Rejects, with nothing left running, where it must not start. */
export async function runBot(parts: BotParts): Promise<RunningBot> {
  const { config, clock, owner } = parts;
  const slack = requireSlack(config);
  const crossing = parts.crossing ?? (() => undefined);
  const redactor = createRedactor({
    secrets: config.secrets,
    patterns: config.redaction.patterns,
    allow: config.redaction.allow,
  });
  const log = parts.log(redactor);
  const fault = (error: unknown, about: string) => log.warn({ about, err: sayFault(error) }, 'went wrong');
  const metrics = createMetrics();
  const opened = await openStore({
    ...storeOptions(config, clock),
    ...(parts.databaseAhead && { clockOffset: parts.databaseAhead }),
    crossing,
  });
  const snapshots = createSnapshotMask(config.secrets);
  const store = rememberTimelines(
    redactStore(watchStore(opened, metrics), (value) => redactor.redactLeaves(value).value, snapshots.mask),
  );
  const ended = Promise.withResolvers<number>();
  let port: MetricsPort | undefined;
  let unwind = () => store.close();
  try {
    const decoder = createDecoder();
    const backends = createBackends(config, { now: clock.now, decoder }).map((backend) =>
      watchBackend(backend, metrics),
    );
    const telemetry = createDiscoveryCache({ backends, now: clock.now, timeout: config.discovery.timeout });
    const connection = await connectSlack({
      slack,
      redactor,
      clock,
      log,
      fault,
      crossing,
      ...(parts.realClock && { realClock: parts.realClock }),
      broadcasts: { groups: config.cadence.escalateTo.filter(isGroup) },
      ...(parts.limits && { limits: parts.limits }),
    });
    parts.announce?.(connection.me.line);
    const people = createPeople({ client: connection.bulk, clock, fault });
    const postsWaiting = createSignal();
    const knowledge = await openKnowledge(config.knowledge, {
      dataDir: config.storage.dataDir,
      now: clock.now,
      channelId: connection.channelId,
    });
    const world: World = {
      store,
      knowledge,
      clock,
      people,
      telemetry,
      schemas: createSchemaMemory(),
      answers: createKeptAnswers(createKeptReader(createDecoder({ inline: -1 }))),
      pictures: createPictures(),
      nameLinks: createNameLinks([...config.links, ...namesOf(config)]),
      redact: (value) => redactor.redactLeaves(value).value,
      cadence: config.cadence,
      skipJudge: config.conclusions.skipJudge,
      serviceLevel: (service) => config.services[service.toLowerCase()]?.slo,
      inTurn: createTurns(),
      latest: createLatest(),
      owner,
      crossing,
      fault,
      postsWaiting: postsWaiting.ring,
      ...(slack.announceChannel !== undefined && {
        announceChannel: await connection.channelId(slack.announceChannel),
      }),
    };
    const { door, looks, me } = connection;
    const told = (about: string) => (error: unknown) => fault(error, about);
    const lost = (why: string, code: number) => {
      log.error({ why }, 'the connection to Slack is gone for good');
      ended.resolve(code);
      stop().catch(told('stopping'));
    };
    const sharedChannels = await Promise.all(slack.sharedChannels.map((one) => connection.channelId(one)));
    const office = { world, door, looks, directory: people, self: me.userId, sharedChannels };
    const delivery = createDelivery(office);
    const membersOf = createGroupLookUp(connection.groupMembers, clock.now);
    const bot: Bot = {
      ...office,
      redactor,
      inAllowedGroup: async (person) => {
        const groups = await membersOf(me.team, slack.allowGroups);
        return [...groups.values()].some((members) => members.has(person));
      },
      sent: (ref) => delivery.sent(ref),
      lost: (why) => lost(why, LOST),
      ran: (command, outcome) => metrics.count('steady_commands_total', { command, outcome }),
      log: (level, what, about = {}) => log[level](about, what),
      rules: {
        botUserId: me.userId,
        team: me.team,
        workspace: me.workspace,
        ...(me.url !== undefined && { workspaceUrl: me.url }),
        emoji: slack.emoji,
        recordedEmoji: slack.recordedEmoji,
        newChannels: slack.newChannels,
        readMessages: slack.readMessages,
        environments: await environmentsById(connection, slack.environments),
        sharedChannels,
        openings: slack.openings,
        mitigations: config.mitigations,
      },
    };
    const homes = register(connection.app, bot);
    const intake = createIntake({
      store,
      owner,
      me: { botUserId: me.userId, emoji: slack.emoji, readMessages: slack.readMessages },
      redact: async (value) => redactor.redactLeaves(value).value,
      fault,
      process: (event) => connection.app.processEvent(event),
      givenUp: (left) => tellGivenUp(bot, left),
      crossing,
    });
    const ticking = repeat(clock, parts.tickEvery ?? TICK, () => tick(world), told('tick'));
    // Only what is due depends on the clock that people can move; the rest goes by real time.
    const realClock = parts.realClock ?? clock;
    const posting = repeat(realClock, POSTS, () => delivery.flush(), told('posts'));
    const resuming = repeat(realClock, RESUME, () => intake.resume(), told('resume'));
    const following = repeat(realClock, HOME, () => homes.refresh(), told('home'));
    const pruning = repeat(
      realClock,
      HOUR,
      async () => store.prune((await store.now()) - KEPT),
      told('prune'),
    );
    const learning = repeat(
      realClock,
      config.knowledge.syncEvery,
      () => learn(world, me.team),
      told('knowledge'),
    );
    const changes = watchChanges(world, me.team, config.changes.lookEvery, told('changes'));
    const sleeping = repeat(clock, MINUTE, () => sleepOnSchedule(world, me.team), told('sleep'));
    const rounds = [ticking, posting, resuming, following, pruning, learning, changes, sleeping];
    postsWaiting.answer(() => void delivery.flush().catch(told('posts')));
    let serving = false;
    const leaving = new AbortController();
    let discovering: Promise<unknown> | undefined;
    const stop = once(async () => {
      serving = false;
      leaving.abort();
      delivery.close();
      await connection.stop();
      await Promise.all(rounds.map((one) => one.stop()));
      await intake.idle();
      await delivery.idle();
      await port?.stop();
      await discovering;
      await Promise.all(backends.map((one) => one.close?.()));
      await snapshots.close();
      await store.close();
      ended.resolve(0);
    });
    unwind = stop;
    port =
      config.metrics &&
      (await openMetricsPort({
        ...config.metrics,
        text: async () => {
          await measureIncidents(store, me.team, metrics);
          return metrics.text();
        },
        healthy: async () => serving && (await store.now()) > 0,
        notes: changes.unread,
        fault: told('metrics port'),
      }));
    await connection.start(intake, lost);
    serving = true;
    await intake.resume();
    void learning.soon();
    discovering = telemetry
      .discoverAll(AbortSignal.any([leaving.signal, AbortSignal.timeout(5 * config.discovery.timeout)]))
      .catch(told('discovery'));
    return {
      ended: ended.promise,
      stop,
      look: () => ticking.soon(),
      round: async () => {
        await ticking.soon();
        await sleeping.soon();
        await resuming.soon();
        await delivery.flush();
        await following.soon();
      },
      idle: async () => {
        await intake.idle();
        await delivery.idle();
      },
      quiet: async () => {
        await intake.idle();
        await delivery.quiet();
      },
    };
  } catch (error) {
    await unwind().catch((failure: unknown) => fault(failure, 'stopping'));
    throw error;
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
