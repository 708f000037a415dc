import { formatDuration, parseDuration, SECOND } from '../../../domain/time.ts';
import { ticked } from '../../unknown-names.ts';
import type { Check, Edit } from './finding.ts';
import { split } from './read-apl.ts';
import type { Token } from './tokens.ts';

/**
 * A duration is a literal, `5m`; a bare number is not one, and neither is a string. Only arguments that can be nothing else are
 * looked at: of `ago` and `now`, and the second of `bin` over `_time`. https://axiom.co/docs/apl/data-types/scalar-data-types
 */
export const checkDurations: Check = ({ tokens }) => {
  const edits: Edit[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== 'name' || tokens[index + 1]?.text !== '(') return;
    const name = token.text.toLowerCase();
    if (name !== 'ago' && name !== 'now' && name !== 'bin') return;
    const [first = [], second = []] = argumentsOf(tokens, index + 1);
    if (name === 'bin' && first.map((one) => one.text).join('') !== '_time') return;
    const written = name === 'bin' ? second : first;
    const literal = durationOf(written.at(-1));
    const [begin] = written;
    if (!begin || literal === undefined || written.length > 2) return;
    if (written.length === 2 && begin.text !== '-') return;
    const last = written.at(-1) ?? begin;
    edits.push({ at: last.at, end: last.end, text: literal });
  });
  const [first] = edits;
  if (!first) return undefined;
  return { hint: `A duration is written as a literal, here ${ticked(first.text)}.`, edits };
};

function argumentsOf(tokens: readonly Token[], open: number): readonly (readonly Token[])[] {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (tokens[index]?.text === '(') depth++;
    else if (tokens[index]?.text === ')' && --depth === 0) return split(tokens.slice(open + 1, index), ',');
  }
  return [];
}

/** Seconds, as people mean a bare number; or a duration in quotes. */
function durationOf(token: Token | undefined): string | undefined {
  if (token?.kind === 'string') {
    const length = parseDuration((token.value ?? '').trim());
    return length === undefined ? undefined : (token.value ?? '').trim();
  }
  if (token?.kind !== 'number' || !/^[1-9]\d{0,9}$/.test(token.text)) return undefined;
  // One unit only: APL has no `1h30m`.
  const whole = formatDuration(Number(token.text) * SECOND);
  return /^\d+[a-z]+$/.test(whole) ? whole : `${token.text}s`;
}
