const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const option = (text: string, value: string, description?: string) => ({
  text: plain(text),
  value,
  ...(description === undefined ? {} : { description: plain(description) }),
});
const section = (elements: readonly unknown[]) => ({ type: 'rich_text_section', elements });

/** The status card as Steady draws it. */
export const statusCard: readonly unknown[] = [
  { type: 'header', block_id: 'title', text: plain('🔴 INC-42 · P1 · Checkout returns 500s') },
  {
    type: 'context',
    block_id: 'since',
    elements: [mrkdwn('Investigating since 14:00, impact since 13:58 · lead <@U0LEA> · comms <@U0KAI>')],
  },
  {
    type: 'section',
    block_id: 'facts',
    fields: [
      mrkdwn('*Impact*\n23 % of checkouts fail (E1)'),
      mrkdwn('*Leading*\nH2 payments upstream rate-limits us, being tested'),
      mrkdwn('*Update*\n14:31 by <@U0LEA>'),
      mrkdwn('*Next due*\n15:01'),
    ],
  },
  {
    type: 'actions',
    block_id: 'card',
    elements: [
      { type: 'button', action_id: 'update', text: plain('Post update'), style: 'primary', value: 'INC-42' },
      { type: 'button', action_id: 'mitigate', text: plain('Mitigated'), value: 'INC-42' },
      {
        type: 'overflow',
        action_id: 'card_more',
        options: [option('Hand off', 'handoff'), option('Findings', 'findings')],
      },
    ],
  },
];

/** One of each block that shows something. */
export const everyBlock: readonly unknown[] = [
  {
    type: 'section',
    block_id: 'a',
    text: mrkdwn('*E1* · Prometheus prod · 13:40–14:10'),
    accessory: { type: 'button', action_id: 'chart', text: plain('Chart'), value: 'E1' },
  },
  {
    type: 'rich_text',
    block_id: 'b',
    elements: [
      {
        type: 'rich_text_preformatted',
        elements: [
          { type: 'text', text: 'sum by (code) (rate(http_requests_total{service="checkout"}[5m]))' },
        ],
      },
      section([
        { type: 'text', text: 'literal *stars* & <b>tags</b> ', style: { bold: true } },
        { type: 'user', user_id: 'U0LEA' },
        { type: 'text', text: ' in ' },
        { type: 'channel', channel_id: 'C0GEN' },
        { type: 'text', text: ' ' },
        { type: 'emoji', name: 'rocket', unicode: '1f680' },
        { type: 'text', text: ' at ' },
        { type: 'date', timestamp: 1_795_443_000, format: '{time}' },
        { type: 'text', text: ' ' },
        { type: 'link', url: 'https://prom.example.com/graph?g0.expr=up', text: 'Open in Prometheus' },
      ]),
      {
        type: 'rich_text_list',
        style: 'bullet',
        indent: 0,
        elements: [section([{ type: 'text', text: '500: 41.2 /s at 14:08' }])],
      },
      {
        type: 'rich_text_list',
        style: 'bullet',
        indent: 1,
        elements: [
          section([{ type: 'text', text: 'max 44.0 at 14:06' }]),
          section([{ type: 'text', text: 'min 0.1 at 13:40' }]),
        ],
      },
      {
        type: 'rich_text_list',
        style: 'bullet',
        indent: 0,
        elements: [section([{ type: 'text', text: '200: 138 /s at 14:08' }])],
      },
      {
        type: 'rich_text_quote',
        elements: [{ type: 'text', text: 'said payments on the phone', style: { italic: true } }],
      },
    ],
  },
  {
    type: 'table',
    block_id: 'c',
    column_settings: [{ is_wrapped: true }, { align: 'right' }],
    rows: [
      [
        { type: 'raw_text', text: 'series' },
        { type: 'raw_text', text: 'last' },
        { type: 'raw_text', text: 'max' },
      ],
      [
        { type: 'rich_text', elements: [section([{ type: 'text', text: '500', style: { code: true } }])] },
        { type: 'raw_number', value: 41.2, text: '41.2' },
        { type: 'raw_text', text: '44.0 at 14:06' },
      ],
    ],
  },
  {
    type: 'markdown',
    block_id: 'd',
    text: '## Findings\n1. **429s** rise at 13:57\n2. retries `×4`\n   - see [E5](https://prom.example.com/e5)\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |',
  },
  {
    type: 'image',
    block_id: 'e',
    slack_file: { id: 'F1' },
    alt_text: 'Checkout errors rise at 13:57',
    title: plain('Errors'),
  },
  {
    type: 'image',
    block_id: 'f',
    image_url: 'https://elsewhere.example.com/pixel.png',
    alt_text: 'a remote picture',
  },
  { type: 'divider', block_id: 'g' },
  {
    type: 'context',
    block_id: 'h',
    elements: [
      { type: 'image', slack_file: { id: 'F1' }, alt_text: 'thumbnail' },
      mrkdwn('2 series, 62 samples, 84 ms'),
    ],
  },
  {
    type: 'context_actions',
    block_id: 'i',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'fb',
        positive_button: { text: plain('Helpful'), value: 'up' },
        negative_button: { text: plain('Not helpful'), value: 'down' },
      },
    ],
  },
  {
    type: 'alert',
    block_id: 'j',
    level: 'warning',
    text: mrkdwn('partial result: the server stopped after 30 s'),
  },
  { type: 'video', block_id: 'k' },
];

/** An input block for each element that holds a value. */
export const everyInput: readonly unknown[] = [
  { type: 'section', block_id: 'intro', text: mrkdwn('The card goes to <#C0INC>.') },
  {
    type: 'input',
    block_id: 'title',
    label: plain('What is broken?'),
    hint: plain('One line, as a customer would say it.'),
    element: {
      type: 'plain_text_input',
      action_id: 'v',
      placeholder: plain('Checkout returns 500s'),
      focus_on_load: true,
    },
  },
  {
    type: 'input',
    block_id: 'severity',
    label: plain('Severity'),
    element: {
      type: 'static_select',
      action_id: 'v',
      placeholder: plain('Choose'),
      initial_option: option('P2 · one feature is broken', 'P2'),
      options: [option('P1 · customers cannot buy', 'P1'), option('P2 · one feature is broken', 'P2')],
    },
  },
  {
    type: 'input',
    block_id: 'where',
    optional: true,
    label: plain('Channel'),
    element: {
      type: 'conversations_select',
      action_id: 'v',
      default_to_current_conversation: true,
      filter: { include: ['public', 'private'] },
    },
  },
  {
    type: 'input',
    block_id: 'lead',
    optional: true,
    label: plain('Lead'),
    element: { type: 'users_select', action_id: 'v', initial_user: 'U0KAI' },
  },
  {
    type: 'input',
    block_id: 'day',
    optional: true,
    label: plain('Impact since'),
    element: { type: 'datepicker', action_id: 'v', initial_date: '2026-11-23' },
  },
  {
    type: 'input',
    block_id: 'time',
    optional: true,
    label: plain('At'),
    element: { type: 'timepicker', action_id: 'v', initial_time: '13:58' },
  },
  {
    type: 'input',
    block_id: 'due',
    optional: true,
    label: plain('First update by'),
    element: { type: 'datetimepicker', action_id: 'v', initial_date_time: 1_795_446_000 },
  },
  {
    type: 'input',
    block_id: 'kind',
    label: plain('Kind'),
    element: {
      type: 'radio_buttons',
      action_id: 'v',
      initial_option: option('Incident', 'incident'),
      options: [option('Incident', 'incident', 'Customers notice'), option('Drill', 'drill')],
    },
  },
  {
    type: 'input',
    block_id: 'also',
    optional: true,
    label: plain('Also'),
    element: {
      type: 'checkboxes',
      action_id: 'v',
      options: [option('Open a new channel', 'channel'), option('Announce it', 'announce')],
    },
  },
  {
    type: 'input',
    block_id: 'who',
    optional: true,
    label: plain('Invite'),
    element: { type: 'multi_users_select', action_id: 'v', max_selected_items: 2 },
  },
  {
    type: 'input',
    block_id: 'notes',
    optional: true,
    dispatch_action: true,
    label: plain('Notes'),
    element: {
      type: 'plain_text_input',
      action_id: 'v',
      multiline: true,
      dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
    },
  },
];
