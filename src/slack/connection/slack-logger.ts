import { type Logger, LogLevel } from '@slack/bolt';
import { type Redactor, WITHHELD } from '../../safety/redactor.ts';

/** Where the SDK's lines go: a pino logger, or part of one. */
export interface LogLines {
  info(about: object, what: string): void;
  warn(about: object, what: string): void;
  error(about: object, what: string): void;
}

/**
 * The SDK's logger over ours. Every line is checked for secrets and one-time addresses lose their tickets. Its debug lines
 * hold whole messages of people, so they are dropped whatever the level.
 */
export function createSlackLogger(log: LogLines, redactor: Redactor): Logger {
  let named = 'slack';
  const line = (level: keyof LogLines, words: readonly unknown[]) =>
    log[level]({ from: named }, checked(redactor, words.map(wordOf).join(' ')));
  return {
    debug: () => {},
    info: (...words: unknown[]) => line('info', words),
    warn: (...words: unknown[]) => line('warn', words),
    error: (...words: unknown[]) => line('error', words),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: (name) => {
      named = name;
    },
  };
}

/** Errors of the SDK carry requests and answers; only their own words are wanted. */
function wordOf(word: unknown): string {
  if (word instanceof Error) return `${word.name}: ${word.message}`;
  return typeof word === 'string' ? word : typeof word;
}

function checked(redactor: Redactor, text: string): string {
  // A ticket in a Socket Mode address, and any response_url, opens something for whoever has it.
  const closed = text
    .replace(/(wss?:\/\/[^\s?"']+)\?[^\s"')]*/g, '$1?…')
    .replace(/https?:\/\/[^\s"']+\/(actions|commands|services)\/[^\s"')]*/g, 'https://…/$1/…');
  try {
    return redactor.redact(closed).text;
  } catch {
    return WITHHELD;
  }
}
