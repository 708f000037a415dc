// @ts-check
/** Times as a person reads them, always in a named zone. Instants are milliseconds since the epoch. */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * Building a formatter costs far more than using it, and a page shows hundreds of times.
 * @param {string} tz @param {Intl.DateTimeFormatOptions} options
 */
function format(tz, options) {
  const key = `${tz} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat('en-GB', { timeZone: tz, ...options });
    formats.set(key, found);
  }
  return found;
}

/** @param {number} ms @param {string} tz */
export function clockTime(ms, tz) {
  return format(tz, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms);
}

/** @param {number} ms @param {string} tz */
export function clockTimeWithSeconds(ms, tz) {
  return format(tz, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(ms);
}

/** The calendar day in the zone as `2026-11-23`: equal keys are the same day. @param {number} ms @param {string} tz */
export function dayKey(ms, tz) {
  const parts = Object.fromEntries(
    format(tz, { year: 'numeric', month: '2-digit', day: '2-digit' })
      .formatToParts(ms)
      .map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** `today`, `yesterday` or `tomorrow` where that is true, else undefined. @param {number} ms @param {number} now @param {string} tz */
export function nearDay(ms, now, tz) {
  const days = (Date.parse(dayKey(ms, tz)) - Date.parse(dayKey(now, tz))) / 86_400_000;
  if (days === 0) return 'today';
  if (days === -1) return 'yesterday';
  return days === 1 ? 'tomorrow' : undefined;
}

/** The words on a day divider. @param {number} ms @param {number} now @param {string} tz */
export function dayLabel(ms, now, tz) {
  const near = nearDay(ms, now, tz);
  if (near !== undefined) return near[0]?.toUpperCase() + near.slice(1);
  const date = format(tz, { day: 'numeric', month: 'long', year: 'numeric' }).format(ms);
  return `${format(tz, { weekday: 'long' }).format(ms)}, ${date}`;
}

/** The whole instant, for titles and screen readers. @param {number} ms @param {string} tz */
export function fullTime(ms, tz) {
  return `${dayKey(ms, tz)} ${clockTimeWithSeconds(ms, tz)} (${tz})`;
}

/** A message's instant from its `ts` (`1700000000.000100`). @param {string} ts */
export function instantOf(ts) {
  return Math.round(Number.parseFloat(ts) * 1000);
}

/**
 * Slack's date token `<!date^EPOCH^format|fallback>`. Unknown tokens stay as they are.
 * https://docs.slack.dev/messaging/formatting-message-text
 * @param {string} text @param {number} seconds @param {number} now @param {string} tz
 */
export function slackDate(text, seconds, now, tz) {
  const ms = seconds * 1000;
  const near = nearDay(ms, now, tz);
  return text.replace(/\{(\w+)\}/g, (token, name) => {
    if (name === 'time') return clockTime(ms, tz);
    if (name === 'time_secs') return clockTimeWithSeconds(ms, tz);
    if (name === 'ago') return ago(now - ms);
    const [plain, pretty] = String(name).split('_pretty');
    if (pretty !== undefined && near !== undefined) return near;
    return slackDay(String(plain), ms, tz) ?? token;
  });
}

/** @param {string} name @param {number} ms @param {string} tz */
function slackDay(name, ms, tz) {
  if (name === 'date_num') return dayKey(ms, tz);
  if (name === 'date_slash') return dayKey(ms, tz).replaceAll('-', '/');
  const year = format(tz, { year: 'numeric' }).format(ms);
  const day = Number(format(tz, { day: 'numeric' }).format(ms));
  if (name === 'date_short')
    return `${format(tz, { month: 'short' }).format(ms).slice(0, 3)} ${day}, ${year}`;
  const long = `${format(tz, { month: 'long' }).format(ms)} ${ordinal(day)}, ${year}`;
  if (name === 'date') return long;
  if (name === 'date_long') return `${format(tz, { weekday: 'long' }).format(ms)}, ${long}`;
  return undefined;
}

/** @param {number} day */
function ordinal(day) {
  if (day >= 11 && day <= 13) return `${day}th`;
  return `${day}${['th', 'st', 'nd', 'rd'][day % 10] ?? 'th'}`;
}

/** @param {number} ms how long ago; negative means in the future */
export function ago(ms) {
  const size = Math.abs(ms);
  const [count, unit] =
    size < 60_000
      ? [Math.round(size / 1000), 'second']
      : size < 3_600_000
        ? [Math.round(size / 60_000), 'minute']
        : size < 86_400_000
          ? [Math.round(size / 3_600_000), 'hour']
          : [Math.round(size / 86_400_000), 'day'];
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return ms < 0 ? `in ${words}` : `${words} ago`;
}
