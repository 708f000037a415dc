/** One click of the snooze menu: how long, and the reason the channel will see. */
export interface SnoozeChoice {
  readonly incident: number;
  readonly promise: number;
  /** As typed: `15m`. `parseDuration` reads it. */
  readonly length: string;
  readonly reason: string;
}

export function encodeSnooze({ incident, promise, length, reason }: SnoozeChoice): string {
  return `${incident}/${promise}/${length}/${reason}`;
}

export function decodeSnooze(value: string | undefined): SnoozeChoice | undefined {
  const found = /^(\d{1,9})\/(\d{1,9})\/(\w+)\/(.+)$/.exec(value ?? '');
  if (!found) return undefined;
  const [, incident, promise, length = '', reason = ''] = found;
  return { incident: Number(incident), promise: Number(promise), length, reason };
}
