import type { Json } from '../model.ts';

/** One thing for the app: an event, an interaction or a slash command. */
export interface Envelope {
  readonly kind: 'events_api' | 'interactive' | 'slash_commands';
  readonly payload: Json;
  /** The app may answer with its acknowledgement. */
  readonly acceptsResponse: boolean;
}

export interface Attempt {
  readonly number: number;
  readonly reason: string;
}

/** What became of one attempt. `answer` is what came with the acknowledgement. */
export type Outcome =
  | { readonly acked: true; readonly answer?: unknown }
  | {
      readonly acked: false;
      readonly reason: 'timeout' | 'http_error' | 'connection_failed';
      readonly noRetry?: boolean;
    };

/** A way to the app. */
export interface Transport {
  /** There is somebody to deliver to. */
  online(): boolean;
  deliver(envelope: Envelope, attempt?: Attempt): Promise<Outcome>;
}
