import type { ReceiverEvent } from '@slack/bolt';
import type { Duration } from '../../domain/time.ts';
import type { Clock } from '../../flows/ports.ts';

export interface DeskOptions {
  readonly clock: Clock;
  /** Longest wait for what is under way. */
  readonly drain: Duration;
  readonly lost: (why: string) => void;
}

/** Where deliveries arrive, whatever brought them: counted, so that a stop can wait for them. */
export interface Desk {
  /** Rejects while closed: the delivery stays unacknowledged, so Slack sends it again. */
  take(event: ReceiverEvent): Promise<void>;
  open(intake: { take(event: ReceiverEvent): Promise<void> }): void;
  isOpen(): boolean;
  /** Takes nothing new and waits for what is under way. */
  close(): Promise<void>;
  /** Says once that Slack will not have us any more; not while stopping. */
  lost(why: string): void;
}

export function createDesk({ clock, drain, lost }: DeskOptions): Desk {
  const underWay = new Set<Promise<void>>();
  let intake: { take(event: ReceiverEvent): Promise<void> } | undefined;
  let said = false;

  const desk: Desk = {
    take: async (event) => {
      if (intake === undefined) throw new Error('stopping: not taken');
      const doing = intake.take(event);
      const kept = doing.finally(() => underWay.delete(kept));
      underWay.add(kept);
      await kept;
      const gone = goneFor(event.body);
      if (gone !== undefined) desk.lost(gone);
    },
    open: (to) => {
      intake = to;
    },
    isOpen: () => intake !== undefined,
    close: async () => {
      said = true;
      intake = undefined;
      if (underWay.size === 0) return;
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(drain, late.resolve);
      await Promise.race([Promise.allSettled([...underWay]), late.promise]);
      cancel();
    },
    lost: (why) => {
      if (said) return;
      said = true;
      lost(why);
    },
  };
  return desk;
}

/** What Slack says when the app was removed or its bot token revoked. https://docs.slack.dev/reference/events/tokens_revoked */
function goneFor(body: Readonly<Record<string, unknown>>): string | undefined {
  const { event } = body as { event?: { type?: string; tokens?: { bot?: readonly unknown[] } } };
  if (event?.type === 'app_uninstalled') return 'The app was removed from the workspace.';
  if (event?.type === 'tokens_revoked' && (event.tokens?.bot?.length ?? 0) > 0)
    return 'The bot token was revoked.';
  return undefined;
}
