/** What RE2 allows after a backslash and JavaScript reads alike. */
const ESCAPES = /^[dDwWsSbBtnrfv]$/;
/** Within brackets: `[[:alpha:]_]`. */
const POSIX: ReadonlyMap<string, string> = new Map([
  ['alnum', 'A-Za-z0-9'],
  ['alpha', 'A-Za-z'],
  ['digit', '0-9'],
  ['lower', 'a-z'],
  ['upper', 'A-Z'],
  ['space', '\\s'],
  ['word', '\\w'],
  ['xdigit', '0-9A-Fa-f'],
]);
const MAX_LENGTH = 1_000;
/** JavaScript's engine backtracks; so many unbounded repeats stay quick on label values. */
const MAX_REPEATS = 6;

/**
 * Compiles a pattern as Prometheus does: RE2 syntax, anchored at both ends. Throws an Error worded like RE2's for what
 * RE2 refuses (look-around, back-references), and an honest one for the little that is not supported here: Unicode
 * classes, repeats inside repeats, more than six unbounded repeats. Syntax: https://github.com/google/re2/wiki/Syntax
 */
export function compileRe2(pattern: string): RegExp {
  if (pattern.length > MAX_LENGTH)
    throw new Error(`regexp longer than ${MAX_LENGTH} characters: not supported here`);
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  const body = translate(flags === null ? pattern : pattern.slice(flags[0].length));
  refuseSlow(body);
  const scoped = flags === null ? `(?:${body})` : `(?${flags[1]}:${body})`;
  try {
    return new RegExp(`^${scoped}$`);
  } catch {
    throw new Error(`error parsing regexp: cannot read \`^(?:${pattern})$\``);
  }
}

function translate(pattern: string): string {
  let out = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? '';
    const rest = pattern.slice(i);
    if (char === '\\') {
      out += escaped(pattern[++i] ?? '');
    } else if (rest.startsWith('[:')) {
      const name = /^\[:(\w+):\]/.exec(rest)?.[1] ?? '';
      const range = POSIX.get(name);
      if (range === undefined)
        throw new Error(`error parsing regexp: invalid character class range: \`[:${name}:]\``);
      out += range;
      i += name.length + 3;
    } else if (rest.startsWith('(?P<')) {
      out += '(?<';
      i += 3;
    } else if (/^\(\?(?:<?[=!])/.test(rest)) {
      throw new Error(
        `error parsing regexp: invalid or unsupported Perl syntax: \`${rest.slice(0, rest[2] === '<' ? 4 : 3)}\``,
      );
    } else {
      out += char;
    }
  }
  return out;
}

function escaped(char: string): string {
  if (char === '') throw new Error('error parsing regexp: trailing backslash at end of expression: ``');
  if (char === 'A') return '^';
  if (char === 'z') return '$';
  if (ESCAPES.test(char) || /[^A-Za-z0-9]/.test(char)) return `\\${char}`;
  throw new Error(`error parsing regexp: invalid escape sequence: \`\\${char}\``);
}

function refuseSlow(body: string): void {
  const plain = body.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  const repeats = plain.match(/[*+]|\{\d+,\d*\}/g) ?? [];
  if (repeats.length > MAX_REPEATS)
    throw new Error(`more than ${MAX_REPEATS} repeats in a regexp: not supported here`);
  const open: number[] = [];
  for (let i = 0; i < plain.length; i++) {
    if (plain[i] === '(') open.push(i);
    if (plain[i] !== ')') continue;
    const inside = plain.slice(open.pop() ?? 0, i);
    const repeated = /^(?:[*+]|\{\d+,)/.test(plain.slice(i + 1));
    if (repeated && /[*+|]|\{\d+,/.test(inside))
      throw new Error('a repeat inside a repeat in a regexp: not supported here');
  }
}
