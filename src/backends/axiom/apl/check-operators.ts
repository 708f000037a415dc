import { ticked } from '../../unknown-names.ts';
import type { Check, Edit } from './finding.ts';
import type { Token } from './tokens.ts';

/** Operators that ignore case, and the cheaper ones that do not: https://axiom.co/docs/apl/scalar-operators/string-operators */
const CASE: Readonly<Record<string, string>> = {
  has: 'has_cs',
  '!has': '!has_cs',
  has_any: 'has_any_cs',
  startswith: 'startswith_cs',
  '!startswith': '!startswith_cs',
  endswith: 'endswith_cs',
  '!endswith': '!endswith_cs',
  hasprefix: 'hasprefix_cs',
  '!hasprefix': '!hasprefix_cs',
  hassuffix: 'hassuffix_cs',
  '!hassuffix': '!hassuffix_cs',
  'in~': 'in',
  '!in~': '!in',
  '=~': '==',
  '!~': '!=',
};

/** `contains` reads every word through; `has_cs` looks whole terms up. A term is letters and digits. */
export const checkContains: Check = ({ tokens }) => {
  const found = tokens.flatMap((token, index): Edit[] => {
    if (!isOperator(token, /^!?contains(?:_cs)?$/)) return [];
    const wanted = tokens[index + 1];
    const not = token.text.startsWith('!') ? '!' : '';
    const term = wanted?.kind === 'string' && /^[\p{L}\p{N}]+$/u.test(wanted.value ?? '');
    if (token.text.endsWith('_cs') && !term) return [];
    return [replaced(token, `${not}${term ? 'has_cs' : 'contains_cs'}`)];
  });
  const [first] = found;
  if (!first) return undefined;
  const hint = first.text.endsWith('has_cs')
    ? `\`contains\` reads every word through. ${ticked(first.text)} looks whole words up, in this spelling only, and is far cheaper.`
    : `\`contains\` tries every spelling. ${ticked(first.text)} looks for this one only and is cheaper.`;
  return { hint, edits: found };
};

/** The case-sensitive operator where the spelling is known. */
export const checkCase: Check = ({ tokens }) => {
  const found = tokens.flatMap((token): { edit: Edit; from: string }[] => {
    const better = token.kind === 'string' ? undefined : CASE[token.text.toLowerCase()];
    return better === undefined ? [] : [{ edit: replaced(token, better), from: token.text }];
  });
  const [first] = found;
  if (!first) return undefined;
  return {
    hint: `${ticked(first.from)} tries every spelling. ${ticked(first.edit.text)} is cheaper where the spelling is known.`,
    edits: found.map(({ edit }) => edit),
  };
};

function isOperator(token: Token, pattern: RegExp): boolean {
  return token.kind === 'name' && pattern.test(token.text);
}

function replaced({ at, end }: Token, text: string): Edit {
  return { at, end, text };
}
