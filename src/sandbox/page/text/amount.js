// @ts-check
const DURATION =
  /^\s*(?:(\d+(?:\.\d+)?)\s*h)?\s*(?:(\d+(?:\.\d+)?)\s*m(?:in)?)?\s*(?:(\d+(?:\.\d+)?)\s*s)?\s*$/i;

/** `1h30m`, `90s`, `45` (minutes); undefined when it is none of these or not above zero. @param {string} text milliseconds out */
export function parseAmount(text) {
  const bare = /^\s*(\d+(?:\.\d+)?)\s*$/.exec(text);
  const [, h = 0, m = 0, s = 0] = bare ? ['', 0, bare[1], 0] : (DURATION.exec(text) ?? []);
  const ms = Math.round(Number(h) * 3_600_000 + Number(m) * 60_000 + Number(s) * 1000);
  return ms > 0 && ms <= 30 * 86_400_000 ? ms : undefined;
}
