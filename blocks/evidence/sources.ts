import { type Duration, sayDuration } from '../../src/domain/time.ts';
import { actions, sayButtons } from '../controls.ts';
import { brief, count, message, some } from '../fit.ts';
import { plainNotification } from '../headline.ts';
import type { Block, Message } from '../message.ts';
import { lines, section } from '../rich.ts';
import { bold, code, ours, plain } from '../text.ts';
import type { Discovered } from './discovery.ts';

/** One deployment, and what is known of it. */
export interface SourceLine {
  /** As people name it: `Prometheus prod`. */
  readonly title: string;
  /** What looks into it: `discover prom env:prod`. */
  readonly command: string;
  readonly discovery: Pick<Discovered, 'lists' | 'missing'>;
  readonly age: Duration;
}

/** Deployments in one message; more are counted. */
const SHOWN = 20;
/** Lists and missing parts named of each. */
const LISTS = 8;
const MISSING = 4;

/** Everything there is to ask, a line for each deployment: what it has, how to look in, what could not be discovered. */
export function sourcesCard(sources: readonly SourceLine[]): Message {
  const shown = sources.slice(0, SHOWN);
  const rest = sources.length - shown.length;
  const parts = shown.map((one) => {
    const { missing } = one.discovery;
    return lines([
      section(
        bold(brief(one.title, 80)),
        plain(`  ${countsOf(one.discovery) || 'nothing there'} · ${ageOf(one.age)} · `),
        code(brief(one.command, 120)),
      ),
      ...missing
        .slice(0, MISSING)
        .map(({ kind, why }) =>
          section(
            ours('   '),
            bold(brief(kind, 40)),
            plain(` unavailable until discovered again: ${brief(why, 120)}`),
          ),
        ),
      ...(missing.length > MISSING ? [section(ours(`   and ${count(missing.length - MISSING)} more`))] : []),
    ]);
  });
  const buttons = sayButtons([
    ...shown.flatMap((one) =>
      one.discovery.missing.map(({ kind }) => ({
        label: `Try ${kind} of ${one.title} again`,
        command: withKind(one.command, kind),
      })),
    ),
    ...shown.map(({ title, command }) => ({ label: title, command })),
  ]);
  const blocks: Block[] = [
    lines([section(bold(some(sources.length, 'source')))]),
    ...parts,
    ...(rest > 0
      ? [lines([section(ours(`${count(rest)} more: name the tool, as in `), code('discover prom'))])]
      : []),
    ...(buttons.length > 0 ? [actions(...buttons)] : []),
  ];
  return message(
    plainNotification(
      `${some(sources.length, 'source')}: ${shown.map(({ title }) => brief(title, 30)).join(', ')}`,
    ),
    blocks,
  );
}

/** `discover prom env:prod` with the kind before its options. */
export function withKind(command: string, ...words: readonly string[]): string {
  const options = / env:\S+$/.exec(command)?.[0] ?? '';
  const bare = command.slice(0, command.length - options.length);
  return `${[bare, ...words].filter(Boolean).join(' ')}${options}`;
}

/** `now`, `3 min ago`. */
export function ageOf(age: Duration): string {
  return age < 1_000 ? 'now' : `${sayDuration(age)} ago`;
}

/** `5 jobs`, `1 job`, `100+ metrics` where the list was cut. Kinds are plural. */
export function countOf({ kind, names, truncated }: Discovered['lists'][number]): string {
  const many = truncated === true;
  const said = names.length === 1 && !many ? kind.replace(/s$/, '') : kind;
  return `${count(names.length)}${many ? '+' : ''} ${brief(said, 40)}`;
}

function countsOf({ lists }: Pick<Discovered, 'lists'>): string {
  const more = lists.length - LISTS;
  return [...lists.slice(0, LISTS).map(countOf), ...(more > 0 ? [`${count(more)} more lists`] : [])].join(
    ', ',
  );
}
