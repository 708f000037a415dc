import type { RichTextSection } from '@slack/types';
import type { Duration, Instant } from '../../src/domain/time.ts';
import { actions, sayButtons } from '../controls.ts';
import { brief, count, message, shorten, some } from '../fit.ts';
import { plainNotification } from '../headline.ts';
import type { Block, Message, TextFile } from '../message.ts';
import { lines, preformatted, section } from '../rich.ts';
import { bold, code, type Inline, ours, plain } from '../text.ts';
import { ageOf, countOf, withKind } from './sources.ts';

/** What exists in a backend, as its `discover` answers it. */
export interface Discovered {
  readonly at: Instant;
  readonly took: Duration;
  readonly lists: readonly NameList[];
  readonly missing: readonly {
    readonly kind: string;
    readonly why: string;
    readonly nextStep?: string;
    /** Reads it by hand. */
    readonly command?: string;
  }[];
}

interface NameList {
  readonly kind: string;
  readonly names: readonly string[];
  /** The server or a limit cut the list. */
  readonly truncated?: boolean;
  /** A few words about single names. */
  readonly about?: Readonly<Record<string, string>>;
}

export interface DiscoveryAsked {
  /** As people name it: `Prometheus prod`. */
  readonly title: string;
  /** How old the answer is. */
  readonly age: Duration;
  /** What a person types to ask it: `discover prom`, with `env:prod` where there are several; kind and filter come between. */
  readonly command: string;
  /** One kind only. */
  readonly kind?: string;
  /** Only names that contain it, in any case. */
  readonly filter?: string;
}

/** Names of each list at a glance, and characters of names where one list was asked for. */
const AT_A_GLANCE = 12;
const ONE_LIST = 6_000;
/** Characters of a command: a part of one would be another command. */
const COMMAND = 1_000;

/**
 * What is there: every list with its count and its first names. One list that was asked for is shown as far as it fits and
 * comes whole as a file; otherwise a button asks for it.
 */
export function discoveryCard(discovery: Discovered, asked: DiscoveryAsked): Message {
  const lists = discovery.lists
    .filter((one) => asked.kind === undefined || one.kind === asked.kind)
    .map((one) => ({ ...one, names: matching(one.names, asked.filter) }));
  const files: TextFile[] = [];
  const parts = lists.map((one) => listLine(one, asked, files));
  const missing = discovery.missing.filter((one) => asked.kind === undefined || one.kind === asked.kind);
  const buttons = sayButtons([
    ...lists
      .filter((one) => asked.kind === undefined && one.names.length > AT_A_GLANCE)
      .map(({ kind }) => ({
        label: `All ${kind}`,
        command: withKind(asked.command, kind, asked.filter ?? ''),
      })),
    ...missing.map(({ kind }) => ({ label: `Try ${kind} again`, command: withKind(asked.command, kind) })),
  ]);
  const counts = lists.map(countOf).join(', ');
  const blocks: Block[] = [
    ...[
      section(
        bold(brief(asked.title, 200)),
        ours(` · asked ${ageOf(asked.age)}, ${count(discovery.took)} ms`),
      ),
      ...parts,
      ...(parts.length + missing.length === 0 ? [section('Nothing is there.')] : []),
    ].map((one) => lines([one])),
    ...missing.flatMap(({ kind, why, nextStep = '', command }) => [
      lines([
        section(
          bold(brief(kind, 60)),
          plain(
            ` unavailable until discovered again: ${[brief(why, 300), brief(nextStep, 300)].join(' ').trim()}`,
          ),
        ),
      ]),
      ...(command === undefined || command.length > COMMAND ? [] : [preformatted(command)]),
    ]),
  ];
  if (buttons.length > 0) blocks.push(actions(...buttons));
  return message(
    plainNotification(
      `${brief(asked.title, 60)}: ${counts || (missing.length > 0 ? 'could not be read' : 'nothing there')}`,
    ),
    blocks,
    files,
  );
}

function matching(names: readonly string[], filter = ''): readonly string[] {
  const wanted = filter.toLowerCase();
  return wanted === '' ? names : names.filter((name) => name.toLowerCase().includes(wanted));
}

function listLine(
  { kind, names, truncated, about = {} }: NameList,
  asked: DiscoveryAsked,
  files: TextFile[],
): RichTextSection {
  const { filter = '' } = asked;
  const shown = asked.kind === undefined ? names.slice(0, AT_A_GLANCE) : within(names, ONE_LIST, about);
  const rest = names.length - shown.length;
  const total = countOf({ kind, names, ...(truncated !== undefined && { truncated }) });
  const file = `${
    kind
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 40) || 'names'
  }.txt`;
  const more: Inline[] = [];
  if (rest > 0 && asked.kind !== undefined) {
    files.push({ name: file, title: total, text: names.join('\n') });
    more.push(ours(`\n${some(rest, 'name')} more in ${file}; a longer beginning shows fewer: `));
  } else if (rest > 0) more.push(ours(`\n${some(rest, 'name')} more: `));
  if (rest > 0)
    more.push(code(withKind(asked.command, brief(kind, 60), longer(names[shown.length] ?? '', filter))));
  if (truncated === true)
    more.push(ours('\nThe server cut this list. A longer beginning shows what it left out.'));
  return section(
    bold(filter === '' ? total : `${total} with "${brief(filter, 80)}"`),
    ...(shown.length > 0 ? [ours('\n')] : []),
    ...shown.flatMap((name, index) => [
      ...(index > 0 ? [ours('  ')] : []),
      code(shorten(name, 120) || ' '),
      ...(Object.hasOwn(about, name) ? [plain(` ${brief(about[name] ?? '', 80)}`)] : []),
    ]),
    ...more,
  );
}

function within(
  names: readonly string[],
  characters: number,
  about: Readonly<Record<string, string>>,
): readonly string[] {
  let left = characters;
  const end = names.findIndex((name) => {
    left -= Math.min(name.length, 120) + (about[name]?.length ?? 0) + 3;
    return left < 0;
  });
  return end === -1 ? names : names.slice(0, end);
}

/** The next beginning to try: that of the first name which is not shown, longer than what was asked for already. */
function longer(name: string, filter: string): string {
  const from = Math.max(0, name.toLowerCase().indexOf(filter.toLowerCase())) + filter.length;
  const word = /^[^\p{L}\p{N}]*[\p{L}\p{N}]+[_.:-]?/u.exec(name.slice(from))?.[0] ?? '';
  return brief(`${filter}${word}`, 100);
}
