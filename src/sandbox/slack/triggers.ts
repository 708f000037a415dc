import type { Instant } from '../../domain/time.ts';
import { ApiError } from './api/api-error.ts';
import type { State } from './state.ts';

/** How long a trigger works. https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
export const TRIGGER_LIFE = 3_000;

const FORGOTTEN = 60 * 60_000;

/** The short-lived permissions to open a modal for somebody who just did something. */
export interface Triggers {
  mint(user: string): string;
  /** Uses a trigger up. Throws `expired_trigger_id`, `exchanged_trigger_id` or `invalid_trigger_id`. */
  take(id: string): string;
}

export function createTriggers(state: State): Triggers {
  const known = new Map<string, { readonly user: string; readonly minted: Instant; used: boolean }>();
  return {
    mint(user) {
      // Long dead ones are forgotten; they then count as unknown.
      for (const [old, trigger] of known) {
        // The oldest come first.
        if (state.now() - trigger.minted <= FORGOTTEN) break;
        known.delete(old);
      }
      const id = `${state.now()}.${state.nextId('')}`;
      known.set(id, { user, minted: state.now(), used: false });
      return id;
    },
    take(id) {
      const trigger = known.get(id);
      if (trigger === undefined) throw new ApiError('invalid_trigger_id');
      if (trigger.used) throw new ApiError('exchanged_trigger_id');
      if (state.now() - trigger.minted > TRIGGER_LIFE) throw new ApiError('expired_trigger_id');
      trigger.used = true;
      return trigger.user;
    },
  };
}
