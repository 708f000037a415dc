import { type BlockProblem, isRecord } from '../block-kit/check.ts';
import type { Json } from '../model.ts';
import type { Slack } from '../slack.ts';
import { nameBlocks } from '../state.ts';
import { BLOCKS_TEXT_LIMIT, blocksTextLength, validateMessage } from '../validate-blocks.ts';
import { ApiError, invalidArguments, invalidBlocks } from './api-error.ts';
import type { Arguments } from './arguments.ts';

/** The text, blocks and attachments of a message as they are kept. Absent means absent from the request. */
export interface Content {
  readonly text: string;
  readonly blocks: readonly Json[] | undefined;
  readonly attachments: readonly Json[] | undefined;
  readonly metadata: Json | undefined;
  readonly truncated: boolean;
}

/** Above this many characters `chat.postMessage` cuts the text. */
const LONGEST_TEXT = 40_000;

/** Reads and checks what a message is made of. Throws Slack's errors: `no_text`, `invalid_blocks`, `msg_blocks_too_long` … */
export function readContent(slack: Slack, args: Arguments): Content {
  const text = args.raw('text') ?? args.raw('markdown_text') ?? '';
  if (args.text('markdown_text') !== undefined && (args.text('text') !== undefined || args.has('blocks')))
    throw new ApiError('markdown_text_conflict');
  const blocks = listArgument(args, 'blocks', 'invalid_blocks_format');
  const attachments = listArgument(args, 'attachments', 'invalid_attachments');
  if (blocks !== undefined || attachments !== undefined) {
    const problems = [...validateMessage({ blocks, attachments }), ...fileProblems(slack, blocks, '/blocks')];
    if (problems.length > 0) throw invalidBlocks(problems);
    if (blocksTextLength(blocks) > BLOCKS_TEXT_LIMIT) throw new ApiError('msg_blocks_too_long');
  }
  const nothing = (list: readonly unknown[] | undefined): boolean => list === undefined || list.length === 0;
  if (text.trim() === '' && nothing(blocks) && nothing(attachments)) throw new ApiError('no_text');
  return {
    text: text.slice(0, LONGEST_TEXT),
    truncated: text.length > LONGEST_TEXT,
    blocks: blocks === undefined ? undefined : nameBlocks(slack.state, blocks),
    attachments: attachments?.filter(isRecord).map((item, index) => ({ id: index + 1, ...item })),
    metadata: readMetadata(args),
  };
}

function listArgument(args: Arguments, name: string, code: string): readonly unknown[] | undefined {
  let value: unknown;
  try {
    value = args.json(name);
  } catch {
    throw new ApiError(code);
  }
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new ApiError(code);
  return value;
}

/** https://docs.slack.dev/messaging/message-metadata */
function readMetadata(args: Arguments): Json | undefined {
  const metadata = args.json('metadata');
  if (metadata === undefined) return undefined;
  if (!isRecord(metadata)) throw new ApiError('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return {};
  if (typeof metadata.event_type !== 'string' || !isRecord(metadata.event_payload))
    throw new ApiError('invalid_metadata_schema');
  if (JSON.stringify(metadata).length > 8_000) throw new ApiError('metadata_too_large');
  return { event_type: metadata.event_type, event_payload: metadata.event_payload };
}

/** A `slack_file` can be shown only once Slack has looked at the file. https://github.com/slackapi/slack-github-action/issues/413 */
function fileProblems(slack: Slack, value: unknown, pointer: string): readonly BlockProblem[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => fileProblems(slack, item, `${pointer}/${index}`));
  if (!isRecord(value)) return [];
  const problems: BlockProblem[] = [];
  if (isRecord(value.slack_file)) {
    const { id, url } = value.slack_file;
    const file = [...slack.state.files.values()].find(
      (candidate) => candidate.id === id || (typeof url === 'string' && url.includes(candidate.id)),
    );
    if (file?.processed !== true)
      problems.push({ pointer: `${pointer}/slack_file`, message: 'invalid slack file' });
  }
  for (const [name, item] of Object.entries(value))
    if (typeof item === 'object' && name !== 'slack_file')
      problems.push(...fileProblems(slack, item, `${pointer}/${name}`));
  return problems;
}

/** A `ts` argument must look like one. */
export function timestamp(args: Arguments, name: string): string | undefined {
  const value = args.text(name);
  if (value !== undefined && !/^\d{1,12}(\.\d{1,6})?$/.test(value))
    throw invalidArguments(`invalid timestamp [json-pointer:/${name}]`);
  return value;
}
