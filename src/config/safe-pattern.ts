const LONGEST = 200;
const MOST_UNLIMITED = 3;

/**
 * Why a regular expression from the configuration is refused, or undefined. It must compile, and must not be able to
 * run for long on hostile text: no repeated group that itself repeats without limit or offers alternatives, no
 * look-behind, no back-references, and few repetitions without limit.
 */
export function patternFault(source: string): string | undefined {
  if (source.length > LONGEST) return `is longer than ${LONGEST} characters`;
  try {
    if (new RegExp(`^(?:${source})$`, 'u').test('')) return 'matches the empty text';
  } catch {
    return 'is not a regular expression';
  }
  if (/\\[1-9k]/.test(source.replaceAll('\\\\', ''))) return 'has a back-reference';
  if (/\(\?<[=!]/.test(source)) return 'has a look-behind';
  return repetitionFault(source);
}

function repetitionFault(source: string): string | undefined {
  const open: boolean[] = [];
  let risky = false;
  let closed = false;
  let unlimited = 0;
  for (let at = 0; at < source.length; at++) {
    const char = source[at] ?? '';
    const repeat = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(source.slice(at))?.[0];
    if (repeat !== undefined) {
      if (closed && repeat !== '?') return 'repeats a group that itself repeats or offers alternatives';
      if (/^[*+]$|,\}$/.test(repeat)) {
        unlimited++;
        risky = true;
      }
      at += repeat.length - 1;
      if (source[at + 1] === '?') at++;
      closed = false;
      continue;
    }
    closed = false;
    if (char === '\\') at++;
    else if (char === '[') {
      for (at++; at < source.length && source[at] !== ']'; at++) if (source[at] === '\\') at++;
    } else if (char === '(') {
      open.push(risky);
      risky = false;
    } else if (char === ')') {
      closed = risky;
      risky = risky || (open.pop() ?? false);
    } else if (char === '|') risky = risky || open.length > 0;
  }
  return unlimited > MOST_UNLIMITED ? `repeats without limit more than ${MOST_UNLIMITED} times` : undefined;
}
