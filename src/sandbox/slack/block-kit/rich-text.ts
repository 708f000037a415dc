import { boolean, byType, type Check, type Fields, list, number, object, string } from './check.ts';
import { url } from './composition.ts';

const typeField: Check = string();
const word: Check = string({ min: 1 });
const flags = { bold: boolean, italic: boolean, strike: boolean, underline: boolean };
const style = object({}, { ...flags, code: boolean });
const mentionStyle = object({}, { ...flags, highlight: boolean, client_highlight: boolean, unlink: boolean });

function inline(required: Fields, optional: Fields = {}, styled: Check = mentionStyle): Check {
  return object({ type: typeField, ...required }, { ...optional, style: styled });
}

const textElement = inline({ text: word }, {}, style);
const linkElement = inline({ url: url() }, { text: word, unsafe: boolean }, style);

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
const inlineElement: Check = byType({
  text: textElement,
  link: linkElement,
  user: inline({ user_id: word }),
  channel: inline({ channel_id: word }),
  usergroup: inline({ usergroup_id: word }),
  team: inline({ team_id: word }),
  broadcast: inline({ range: string({ oneOf: ['here', 'channel', 'everyone'] }) }),
  emoji: inline({ name: word }, { unicode: string(), url: url(), skin_tone: number() }),
  color: inline({ value: word }),
  date: inline({ timestamp: number(), format: word }, { url: url(), fallback: word }),
});

const border = number({ min: 0, max: 1 });

const section: Check = object({ type: typeField, elements: list(inlineElement) });

/** The block, without its `block_id` when it stands in a table cell. */
export const richTextFields: Fields = {
  type: typeField,
  elements: list(
    byType({
      rich_text_section: section,
      rich_text_list: object(
        {
          type: typeField,
          style: string({ oneOf: ['bullet', 'ordered'] }),
          elements: list(byType({ rich_text_section: section }), { min: 1 }),
        },
        { indent: number({ min: 0, max: 8 }), offset: number({ min: 0 }), border },
      ),
      rich_text_quote: object({ type: typeField, elements: list(inlineElement) }, { border }),
      rich_text_preformatted: object(
        { type: typeField, elements: list(byType({ text: textElement, link: linkElement })) },
        { border, language: string() },
      ),
    }),
    { min: 1 },
  ),
};
