import { boolean, byType, type Check, exactlyOne, isRecord, list, object, string } from './check.ts';

const typeField: Check = string();

/** A `plain_text` object. https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export function plainText(max: number): Check {
  return byType({ plain_text: plainTextBody(max) });
}

/** A `mrkdwn` object. */
export function mrkdwn(max: number): Check {
  return byType({ mrkdwn: mrkdwnBody(max) });
}

/** Either kind of text object. */
export function text(max: number): Check {
  return byType({ plain_text: plainTextBody(max), mrkdwn: mrkdwnBody(max) });
}

function plainTextBody(max: number): Check {
  return object({ type: typeField, text: string({ min: 1, max }) }, { emoji: boolean });
}

function mrkdwnBody(max: number): Check {
  return object({ type: typeField, text: string({ min: 1, max }) }, { verbatim: boolean });
}

export const url = (max = 3000): Check =>
  string({ min: 1, max, pattern: /^[a-z][a-z0-9+.-]*:[^\s]+$/i, like: 'a valid URL' });

const httpUrl = (max = 3000): Check =>
  string({ min: 1, max, pattern: /^https?:\/\/[^\s]+$/i, like: 'a valid URL' });

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export const confirm: Check = object(
  { title: plainText(100), text: text(300), confirm: plainText(30), deny: plainText(30) },
  { style: string({ oneOf: ['primary', 'danger'] }) },
);

export const colorScheme: Check = string({ oneOf: ['primary', 'danger'] });

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export const plainOption: Check = object(
  { text: plainText(75), value: string({ min: 1, max: 150 }) },
  { description: plainText(75) },
);

/** Options of an overflow menu may carry a link. */
export const overflowOption: Check = object(
  { text: plainText(75), value: string({ min: 1, max: 150 }) },
  { description: plainText(75), url: url() },
);

/** Options of checkboxes and radio buttons may be mrkdwn. */
export const richOption: Check = object(
  { text: text(75), value: string({ min: 1, max: 150 }) },
  { description: text(75) },
);

export const optionGroup: Check = object({
  label: plainText(75),
  options: list(plainOption, { min: 1, max: 100 }),
});

/** Either `options` or `option_groups`, and every initial option is one of them, word for word. */
export const optionsOrGroups: Check = (value, pointer, report) => {
  exactlyOne('options', 'option_groups')(value, pointer, report);
  if (!isRecord(value)) return;
  const groups = Array.isArray(value.option_groups) ? value.option_groups.filter(isRecord) : [];
  const offered = [value.options, ...groups.map((group) => group.options)]
    .flatMap((options) => (Array.isArray(options) ? options : []))
    .map(canonical);
  const chosen = [
    ['initial_option', value.initial_option],
    ...(Array.isArray(value.initial_options)
      ? value.initial_options.map((option, index) => [`initial_options/${index}`, option])
      : []),
  ];
  for (const [name, option] of chosen)
    if (option !== undefined && !offered.includes(canonical(option)))
      report({
        pointer: `${pointer}/${String(name)}`,
        message: 'initial option must match one of the options',
      });
};

function canonical(option: unknown): string {
  if (!isRecord(option)) return JSON.stringify(option) ?? '';
  const said = isRecord(option.text) ? `${String(option.text.type)}:${String(option.text.text)}` : '';
  return `${said}|${String(option.value)}`;
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object */
const slackFile: Check = object({}, { id: string({ min: 1 }), url: url() }, exactlyOne('id', 'url'));

export const imageFields = {
  image_url: httpUrl(),
  slack_file: slackFile,
};

export const imageElement: Check = object(
  { type: typeField, alt_text: string({ min: 1, max: 2000 }) },
  imageFields,
  exactlyOne('image_url', 'slack_file'),
);

export const dispatchConfig: Check = object(
  {},
  {
    trigger_actions_on: list(string({ oneOf: ['on_enter_pressed', 'on_character_entered'] }), {
      min: 1,
      max: 2,
    }),
  },
);

export const conversationFilter: Check = object(
  {},
  {
    include: list(string({ oneOf: ['im', 'mpim', 'private', 'public'] }), { min: 1 }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
);
