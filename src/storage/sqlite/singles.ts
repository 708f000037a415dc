import type { Lane } from './lane.ts';
import type { Done, Statement } from './wire.ts';

/** Statements that share a commit; more would make the first of them wait too long. */
const LIMIT = 64;

interface Member extends PromiseWithResolvers<Done> {
  readonly statement: Statement;
}

/**
 * Statements of which each is a transaction by itself: those that come while another commit is under way go to the thread together,
 * and share one journey and one wait for the disk. One that fails leaves the others.
 */
export class Singles {
  readonly #lane: Lane;
  #members: Member[] = [];
  #gathering = false;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  /** Resolves when it is on the disk. Rejects with SqliteFault. */
  run(statement: Statement): Promise<Done> {
    const member = { statement, ...Promise.withResolvers<Done>() };
    this.#members.push(member);
    if (!this.#gathering) void this.#gather();
    return member.promise;
  }

  async #gather(): Promise<void> {
    this.#gathering = true;
    const turn = await this.#lane.take();
    this.#gathering = false;
    const members = this.#members.splice(0, LIMIT);
    if (this.#members.length > 0) void this.#gather();
    try {
      const done = await this.#lane.group.commitWith(members.map(({ statement }) => statement));
      for (const [at, { resolve, reject }] of members.entries()) {
        const one = done[at];
        if (one instanceof Error) reject(one);
        else if (one !== undefined) resolve(one);
      }
    } catch (error) {
      for (const { reject } of members) reject(error);
    } finally {
      turn.pass();
    }
  }
}
