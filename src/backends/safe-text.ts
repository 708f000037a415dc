/**
 * Text of a server made safe to show: control, bidi and zero-width characters gone, blanks collapsed, cut at `limit`
 * characters with an ellipsis. What marks up a Slack message is escaped where messages are made, not here.
 */
export function safeText(text: string, limit = 300): string {
  // A longer text is never looked at whole: the server decides its length.
  const shown = text
    .slice(0, limit * 8)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  const points = Array.from(shown.slice(0, limit * 2));
  return points.length > limit ? `${points.slice(0, limit).join('').trimEnd()}…` : shown;
}
