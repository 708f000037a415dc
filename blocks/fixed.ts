import type { Message } from './message.ts';

/** A message that is always the same, made unchangeable: what has been checked once need not be checked again. */
export function fixed(message: Message): Message {
  freeze(message);
  return message;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const one of Object.values(value)) freeze(one);
}
