import { DAY, type Duration, parseDuration } from '../time.ts';

/** What share of requests a service promises to serve, over how long. https://sre.google/workbook/implementing-slos/ */
export interface ServiceLevel {
  /** 0 to 1, neither of them. */
  readonly objective: number;
  readonly window: Duration;
}

/** Reads `99.9%/30d`; without a window 30 days. Undefined for anything else, and for windows under a day. */
export function parseServiceLevel(text: string): ServiceLevel | undefined {
  const found = /^\s*(\d{1,2}(?:\.\d{1,6})?)\s*%\s*(?:\/\s*(\d{1,4}[dw]))?\s*$/.exec(text);
  if (!found) return undefined;
  const objective = Number(found[1]) / 100;
  const window = found[2] === undefined ? 30 * DAY : parseDuration(found[2]);
  if (window === undefined || objective <= 0 || objective >= 1) return undefined;
  return { objective, window };
}

/** `99.9 % over 30 d`. */
export function sayServiceLevel({ objective, window }: ServiceLevel): string {
  return `${Number((objective * 100).toFixed(6))} % over ${Math.round(window / DAY)} d`;
}

/** The whole error budget, as time in which nothing is served. */
export function budgetOf({ objective, window }: ServiceLevel): Duration {
  return Math.round((1 - objective) * window);
}
