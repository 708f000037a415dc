import { ticked } from '../../unknown-names.ts';
import type { Check } from './finding.ts';
import { quoteName, type Token } from './tokens.ts';

/** `search` reads every field of every event; one that names its field can be a filter. https://axiom.co/docs/apl/tabular-operators/search-operator */
export const checkSearch: Check = ({ query, main }) => {
  const stage = main.stages.find(({ operator }) => operator === 'search');
  if (!stage) return undefined;
  const filter = asFilter(stage.tokens);
  const [source] = main.sources;
  const list =
    source && main.sources.length === 1 ? ` ${ticked(`schema ${source.name}`)} lists its fields.` : '';
  return {
    hint: `\`search\` reads every field of every event. Name the field: \`where FIELD has_cs "…"\`.${list}`,
    // One that begins the query has no dataset to filter.
    edits:
      filter === undefined || query.slice(0, stage.at).trim() === ''
        ? []
        : [{ at: stage.at, end: stage.end, text: filter }],
  };
};

/** `search field:"word"` and `search field=="text"`, alone, mean a filter of that field. */
function asFilter(tokens: readonly Token[]): string | undefined {
  const [field, sign, text] = tokens;
  if (tokens.length !== 3 || field?.kind !== 'name' || text?.kind !== 'string') return undefined;
  const plain = /^[\p{L}\p{N}]+$/u.test(text.value ?? '');
  const name = /^\w+$/.test(field.text) ? field.text : quoteName(field.text);
  if (sign?.text === '==') return `where ${name} == ${text.text}`;
  return sign?.text === ':' && plain ? `where ${name} has_cs ${text.text}` : undefined;
}
