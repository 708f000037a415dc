// @ts-check
import { clockTime, dayKey } from '../text/dates.js';

/**
 * The instant of a wall-clock reading such as `2026-11-23T14:05` in a zone; undefined for anything else. A reading that the
 * clock change skips gives the instant just after it.
 * @param {string} local @param {string} tz @returns {number|undefined} milliseconds since the epoch
 */
export function instantInZone(local, tz) {
  const utc = Date.parse(`${local}Z`);
  if (Number.isNaN(utc)) return undefined;
  const offsetAt = (/** @type {number} */ ms) => {
    const floor = Math.floor(ms / 60_000) * 60_000;
    return Date.parse(`${dayKey(floor, tz)}T${clockTime(floor, tz)}Z`) - floor;
  };
  return utc - offsetAt(utc - offsetAt(utc));
}
