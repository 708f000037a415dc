import { isRecord } from '../../src/sandbox/slack/block-kit/check.ts';
import { validateMessage, validateView } from '../../src/sandbox/slack/validate-blocks.ts';
import type { SlackKit } from '../slack-kit/slack-kit.ts';

/** What must never be read by anybody: a missing value, an object, an id in place of a name. */
const SLIPS = [
  /\bundefined\b/,
  /\[object/,
  /\bNaN\b/,
  /\bnull\b/,
  /\b[UWCDT]0[A-Z0-9]{6,}\b/,
  /Invalid Date/,
];

interface Shown {
  readonly where: string;
  readonly texts: readonly string[];
  readonly problems: readonly unknown[];
}

/**
 * Everything that was posted, edited, whispered or shown so far, judged: what Slack would refuse in it, and what a reader
 * should never see. Empty when all is well.
 */
export function slipsIn(kit: SlackKit): readonly string[] {
  const { calls, conversations } = kit.workspace.state;
  const shown: Shown[] = [
    ...calls.flatMap(({ method, args }): Shown[] => {
      const view = parsed(args.view);
      if (isRecord(view)) return [{ where: method, texts: read(view), problems: validateView(view) }];
      return /^chat\.(?:post|update)/.test(method) ? [said(method, args.text, parsed(args.blocks))] : [];
    }),
    ...[...conversations.values()].flatMap(({ ephemerals }) =>
      ephemerals.map(({ text, blocks }) => said('ephemeral', text, blocks)),
    ),
  ];
  return shown.flatMap(({ where, texts, problems }) => [
    ...texts.flatMap((text) =>
      SLIPS.filter((slip) => slip.test(text)).map((slip) => `${where}: ${slip} in ${text}`),
    ),
    ...(texts.join('').trim() === '' ? [`${where} says nothing`] : []),
    ...(problems.length > 0 ? [`${where}: ${JSON.stringify(problems)}`] : []),
  ]);
}

function said(where: string, text: unknown, blocks: unknown): Shown {
  const problems = validateMessage({ text, ...(Array.isArray(blocks) && { blocks }) });
  return { where, texts: [drawn(String(text ?? '')), ...read(blocks)], problems };
}

/** Slack's markup becomes names there: a mention, a channel, a date, a link with its words. */
function drawn(text: string): string {
  return text.replace(/<[@#!][^>]*>/g, '').replace(/<https?:[^|>]*\|?/g, '');
}

/** The texts that are shown as they stand. */
function read(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(read);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    if (typeof item !== 'string') return name === 'private_metadata' ? [] : read(item);
    if (!['text', 'fallback', 'initial_value', 'alt_text'].includes(name)) return [];
    return [value.type === 'mrkdwn' ? drawn(item) : item];
  });
}

function parsed(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}
