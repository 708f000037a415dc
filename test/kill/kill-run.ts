import { setRealTimer } from '../slack-kit/test-clock.ts';
import { type Account, accountOf } from './account.ts';
import { AFTERMATH_TOML, playAftermath } from './aftermath.ts';
import { type KillKit, type KillKitOptions, startKillKit } from './kill-kit.ts';
import { playWholeIncident } from './whole-incident.ts';

/** When Steady dies: at crossings of stages, or so many real milliseconds after the story began. */
export type Death = Required<Pick<KillKitOptions, 'deaths'>> | { readonly after: number };

export interface Story {
  readonly play: (kit: KillKit) => Promise<void>;
  readonly toml?: string;
}

export const WHOLE_INCIDENT: Story = { play: playWholeIncident };
export const AFTERMATH: Story = { play: playAftermath, toml: AFTERMATH_TOML };

export interface Run {
  readonly account: Account;
  readonly stages: readonly (readonly string[])[];
  /** Where it died as it was told to, each as `stage identity`. */
  readonly diedAt: readonly string[];
  /** How often Steady had to be started again. */
  readonly restarts: number;
  readonly clickedAgain: number;
  /** Real milliseconds of the story. */
  readonly took: number;
}

/** Plays the story once. Rejects where it cannot be played to its end. */
export async function play(story: Story, death?: Death): Promise<Run> {
  const kit = await startKillKit({
    ...(story.toml !== undefined && { toml: story.toml }),
    ...(death && 'deaths' in death && death),
  });
  try {
    const began = performance.now();
    const callOff =
      death && 'after' in death ? setRealTimer(death.after, () => void kit.kill()) : () => undefined;
    await story.play(kit);
    callOff();
    const took = performance.now() - began;
    await kit.stopBot();
    const account = await accountOf(kit, { dataDir: kit.dataDir, now: kit.clock.now });
    return {
      account,
      stages: kit.stages(),
      diedAt: kit.diedAt(),
      restarts: kit.restarts(),
      clickedAgain: kit.clickedAgain(),
      took,
    };
  } finally {
    await kit.stop();
  }
}

/** What a run left that the calm one did not, and the other way round; empty when all is well. */
export function differences(calm: Account, killed: Account): readonly string[] {
  const lists = ['said', 'events', 'rungs', 'marks', 'files', 'canvases', 'kept'] as const;
  return [
    ...killed.wrong,
    ...lists.flatMap((list) => [
      ...without(calm[list], killed[list]).map((one) => `${list}, missing: ${one}`),
      ...without(killed[list], calm[list]).map((one) => `${list}, too many: ${one}`),
    ]),
    ...(calm.topic === killed.topic ? [] : [`topic: ${killed.topic}`]),
    ...(calm.pins === killed.pins ? [] : [`pins: ${killed.pins}`]),
  ];
}

/** What is left of the first list when each of the second was taken out once. */
function without(all: readonly string[], taken: readonly string[]): readonly string[] {
  const left = [...all];
  for (const one of taken) {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}

/** Plays the story once per death, two at a time, and answers what went wrong, in words. */
export async function playAll(
  story: Story,
  calm: Account,
  deaths: readonly { readonly name: string; readonly death: Death }[],
  told: (run: Run) => void = () => {},
): Promise<readonly string[]> {
  const wrong: string[] = [];
  // At once, for whoever watches a long suite.
  const say = (...lines: readonly string[]) => {
    wrong.push(...lines);
    for (const line of lines) process.stdout.write(`${line}\n`);
  };
  const left = [...deaths];
  async function work(): Promise<void> {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { name, death } = next;
      try {
        const run = await play(story, death);
        told(run);
        say(...differences(calm, run.account).map((one) => `${name}: ${one}`));
      } catch (error) {
        say(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  await Promise.all([work(), work()]);
  return wrong;
}

/**
 * The crossings worth dying at: before and after each commit and each call of Slack; of looks that found nothing the first of every
 * name, because dying at one is dying at any. The intake's own lie beside those of its commits.
 */
export function pointsOf(crossings: readonly string[]): readonly string[] {
  return crossings.filter((identity) => !identity.startsWith('intake:') && !/, idle#(?!1$)/.test(identity));
}

/** Of those the first and the last of every name: for a story whose every crossing would take too long. */
export function endsOf(points: readonly string[]): readonly string[] {
  const names = points.map((identity) => identity.replace(/#\d+$/, ''));
  return points.filter(
    (_, at) => names.indexOf(names[at] ?? '') === at || names.lastIndexOf(names[at] ?? '') === at,
  );
}

/** Moments of the story, drawn evenly by a seed. https://en.wikipedia.org/wiki/Xorshift */
export function momentsOf(seed: number, count: number, took: number): readonly number[] {
  let state = seed >>> 0 || 1;
  return Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * took);
  });
}
