import {
  boolean,
  byType,
  type Check,
  exactlyOne,
  type Fields,
  isRecord,
  list,
  object,
  string,
} from './check.ts';
import { imageElement, imageFields, mrkdwn, plainText, text, url } from './composition.ts';
import { dataTable, table } from './data-blocks.ts';
import { accessory, actionsElement, buttonElement, contextAction, inputElement } from './elements.ts';
import { richTextFields } from './rich-text.ts';

const typeField: Check = string();
const block_id: Check = string({ min: 1, max: 255 });

function block(required: Fields, optional: Fields = {}, also?: Check): Check {
  return object({ type: typeField, ...required }, { block_id, ...optional }, also);
}

function atLeastOne(...names: readonly string[]): Check {
  return (value, pointer, report) => {
    if (isRecord(value) && names.every((name) => value[name] === undefined))
      report({ pointer, message: `missing required field: ${names.join(' or ')}` });
  };
}

const richText = block(richTextFields);

const card = block(
  {},
  {
    hero_image: imageElement,
    icon: imageElement,
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    subtext: mrkdwn(200),
    actions: list(byType({ button: buttonElement }), { min: 1, max: 3 }),
  },
  atLeastOne('hero_image', 'title', 'actions', 'body'),
);

const taskCard = block(
  {
    task_id: string({ min: 1 }),
    title: string({ min: 1 }),
    status: string({ oneOf: ['pending', 'in_progress', 'complete', 'error'] }),
  },
  {
    details: byType({ rich_text: richText }),
    output: byType({ rich_text: richText }),
    sources: list(byType({ url: object({ type: typeField, url: url(), text: string({ min: 1 }) }) })),
  },
);

const plain: Readonly<Record<string, Check>> = {
  section: block(
    {},
    {
      text: text(3000),
      fields: list(text(2000), { min: 1, max: 10 }),
      accessory,
      expand: boolean,
    },
    atLeastOne('text', 'fields'),
  ),
  header: block({ text: plainText(150) }),
  divider: block({}),
  context: block({
    elements: list(byType({ image: imageElement, plain_text: text(3000), mrkdwn: text(3000) }), {
      min: 1,
      max: 10,
    }),
  }),
  actions: block({ elements: list(actionsElement, { min: 1, max: 25 }) }),
  image: block(
    { alt_text: string({ min: 1, max: 2000 }) },
    { ...imageFields, title: plainText(2000) },
    exactlyOne('image_url', 'slack_file'),
  ),
  rich_text: richText,
  table,
  file: block({ source: string({ oneOf: ['remote'] }), external_id: string({ min: 1, max: 255 }) }),
  video: block(
    {
      video_url: url(),
      thumbnail_url: url(),
      alt_text: string({ min: 1, max: 2000 }),
      title: plainText(200),
    },
    {
      title_url: url(),
      author_name: string({ max: 50 }),
      provider_name: string(),
      provider_icon_url: url(),
      description: plainText(200),
    },
  ),
};

const input = block(
  { label: plainText(2000), element: inputElement },
  { hint: plainText(2000), optional: boolean, dispatch_action: boolean },
);

const container = block(
  { child_blocks: list(byType({ ...plain, input }), { min: 1, max: 10 }) },
  {
    title: plainText(150),
    rich_text_title: byType({ rich_text: richText }),
    subtitle: text(150),
    width: string({ oneOf: ['narrow', 'standard', 'wide', 'full'] }),
    icon: imageElement,
    is_collapsible: boolean,
    default_collapsed: boolean,
    has_header_divider: boolean,
  },
);

const everywhere: Readonly<Record<string, Check>> = { ...plain, input, container, data_table: dataTable };

/** Blocks that a message takes. https://docs.slack.dev/reference/block-kit/blocks */
export const messageBlock: Check = byType({
  ...everywhere,
  markdown: block({ text: string({ min: 1, max: 12_000 }) }),
  context_actions: block({ elements: list(contextAction, { min: 1, max: 5 }) }),
  card,
  carousel: block({ elements: list(byType({ card }), { min: 1, max: 10 }) }),
  task_card: taskCard,
  plan: block({ title: string({ min: 1 }) }, { tasks: list(byType({ task_card: taskCard })) }),
});

/** Blocks that a modal takes. */
export const modalBlock: Check = byType({
  ...everywhere,
  alert: block(
    { text: text(200) },
    { level: string({ oneOf: ['default', 'info', 'warning', 'error', 'success'] }) },
  ),
});

/** Blocks that a home tab takes. */
export const homeBlock: Check = byType(everywhere);
