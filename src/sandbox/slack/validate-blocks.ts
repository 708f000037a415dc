import { homeBlock, messageBlock, modalBlock } from './block-kit/blocks.ts';
import {
  type BlockProblem,
  boolean,
  byType,
  type Check,
  isRecord,
  list,
  object,
  string,
} from './block-kit/check.ts';
import { plainText } from './block-kit/composition.ts';

export type { BlockProblem } from './block-kit/check.ts';

/** Slack's undocumented cap on the text of all blocks together. https://github.com/slackapi/bolt-js/issues/2509 */
export const BLOCKS_TEXT_LIMIT = 13_200;
/** Bytes of JSON that a view may take, `view_too_large` above. */
export const VIEW_LIMIT = 250_000;

export interface MessageParts {
  readonly text?: unknown;
  readonly blocks?: unknown;
  readonly attachments?: unknown;
}

/**
 * What Slack would refuse in a message, with a JSON pointer each; empty when it would be accepted. Lengths are UTF-16 units.
 * The limit on the sum of all blocks is not here but in `blocksTextLength`, because Slack names it by another error.
 */
export function validateMessage(message: MessageParts): readonly BlockProblem[] {
  const problems: BlockProblem[] = [];
  const report = (problem: BlockProblem): void => void problems.push(problem);
  if (message.text !== undefined) string()(message.text, '/text', report);
  if (message.blocks !== undefined) {
    list(messageBlock, { max: 50 })(message.blocks, '/blocks', report);
    wholeMessage(message.blocks, '/blocks', report);
    uniqueIds(message.blocks, '/blocks', report);
  }
  if (message.attachments !== undefined) attachments(message.attachments, '/attachments', report);
  return problems;
}

/** What Slack would refuse in a modal or home tab. */
export function validateView(view: unknown): readonly BlockProblem[] {
  const problems: BlockProblem[] = [];
  const report = (problem: BlockProblem): void => void problems.push(problem);
  byType({ modal, home })(view, '', report);
  if (isRecord(view)) uniqueIds(view.blocks, '/blocks', report);
  return problems;
}

/** Characters of all texts in these blocks together, as `msg_blocks_too_long` counts them. */
export function blocksTextLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + blocksTextLength(item), 0);
  if (!isRecord(value)) return 0;
  let sum = 0;
  for (const [name, item] of Object.entries(value)) {
    if (typeof item === 'string') sum += name === 'text' || name === 'alt_text' ? item.length : 0;
    else sum += blocksTextLength(item);
  }
  return sum;
}

const shared = {
  private_metadata: string({ max: 3000 }),
  callback_id: string({ max: 255 }),
  external_id: string({ max: 255 }),
};

const needsSubmit: Check = (view, pointer, report) => {
  if (!isRecord(view) || !Array.isArray(view.blocks)) return;
  if (view.submit === undefined && view.blocks.some((block) => isRecord(block) && block.type === 'input'))
    report({ pointer, message: 'missing required field: submit' });
};

/** https://docs.slack.dev/reference/views/modal-views */
const modal: Check = object(
  { type: string(), title: plainText(24), blocks: list(modalBlock, { max: 100 }) },
  {
    ...shared,
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: boolean,
    notify_on_close: boolean,
    submit_disabled: boolean,
  },
  needsSubmit,
);

/** https://docs.slack.dev/reference/views/home-tab-views */
const home: Check = object({ type: string(), blocks: list(homeBlock, { max: 100 }) }, shared);

/** Limits over all blocks of one message: one table, 12,000 characters of Markdown. */
const wholeMessage: Check = (blocks, pointer, report) => {
  if (!Array.isArray(blocks)) return;
  let tables = 0;
  let markdown = 0;
  blocks.forEach((block, index) => {
    if (!isRecord(block)) return;
    if (block.type === 'table' && ++tables === 2)
      report({ pointer: `${pointer}/${index}`, message: 'only one table allowed per message' });
    if (block.type === 'markdown' && typeof block.text === 'string') markdown += block.text.length;
  });
  if (markdown > 12_000)
    report({ pointer, message: 'markdown blocks must be less than 12001 characters together' });
};

const uniqueIds: Check = (blocks, pointer, report) => {
  if (!Array.isArray(blocks)) return;
  const blockIds = new Set<string>();
  blocks.forEach((block, index) => {
    if (!isRecord(block)) return;
    if (typeof block.block_id === 'string') {
      if (blockIds.has(block.block_id))
        report({ pointer: `${pointer}/${index}/block_id`, message: `duplicate block_id: ${block.block_id}` });
      blockIds.add(block.block_id);
    }
    uniqueActionIds(block, `${pointer}/${index}`, report);
    if (Array.isArray(block.child_blocks))
      uniqueIds(block.child_blocks, `${pointer}/${index}/child_blocks`, report);
  });
};

const uniqueActionIds: Check = (block, pointer, report) => {
  if (!isRecord(block) || !Array.isArray(block.elements)) return;
  const seen = new Set<string>();
  block.elements.forEach((element, index) => {
    if (!isRecord(element) || typeof element.action_id !== 'string') return;
    if (seen.has(element.action_id))
      report({
        pointer: `${pointer}/elements/${index}/action_id`,
        message: `duplicate action_id: ${element.action_id}`,
      });
    seen.add(element.action_id);
  });
};

/** https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments */
const attachments: Check = (value, pointer, report) => {
  if (!Array.isArray(value)) return report({ pointer, message: 'must provide an array' });
  if (value.length > 100) report({ pointer, message: 'no more than 100 items allowed' });
  value.forEach((attachment, index) => {
    const at = `${pointer}/${index}`;
    if (!isRecord(attachment)) report({ pointer: at, message: 'must provide an object' });
    if (!isRecord(attachment) || attachment.blocks === undefined) return;
    list(messageBlock, { max: 50 })(attachment.blocks, `${at}/blocks`, report);
    uniqueIds(attachment.blocks, `${at}/blocks`, report);
  });
};
