import type { Duration, Instant } from '../src/domain/time.ts';
import { sayDuration } from '../src/domain/time.ts';
import { actions, sayButtons } from './controls.ts';
import { brief, count, message, shorten, some } from './fit.ts';
import { plainNotification } from './headline.ts';
import type { Block, Message } from './message.ts';
import { lines, section } from './rich.ts';
import { bold, code, ours, plain } from './text.ts';

/** What exists in a backend, as its `discover` answers it. */
export interface Discovered {
  readonly at: Instant;
  readonly took: Duration;
  readonly lists: readonly {
    readonly kind: string;
    readonly names: readonly string[];
    readonly truncated?: boolean;
  }[];
  readonly missing: readonly { readonly kind: string; readonly why: string }[];
}

export interface DiscoveryAsked {
  /** As people name it: `Prometheus prod`. */
  readonly title: string;
  /** How old the answer is. */
  readonly age: Duration;
  /** What a person types to ask it: `discover prom`; extended by kind and filter. */
  readonly command: string;
  /** One kind only, whose names begin with the filter. */
  readonly kind?: string;
  readonly filter?: string;
}

const NAMES_SHOWN = 40;

/** What is there: counts, the first names of each list, and how to see the rest. */
export function discoveryCard(discovery: Discovered, asked: DiscoveryAsked): Message {
  const prefix = asked.filter ?? '';
  const wanted = discovery.lists.filter((one) => asked.kind === undefined || one.kind === asked.kind);
  const many = wanted.length > 1 ? 12 : NAMES_SHOWN;
  const parts = wanted.map((one) => {
    const names =
      prefix === ''
        ? one.names
        : one.names.filter((name) => name.toLowerCase().includes(prefix.toLowerCase()));
    const shown = names.slice(0, many);
    const rest = names.length - shown.length;
    const total = `${count(names.length)}${one.truncated === true ? '+' : ''} ${brief(one.kind, 60)}`;
    return section(
      bold(prefix === '' ? total : `${total} with "${brief(prefix, 80)}"`),
      '\n',
      ...shown.flatMap((name, i) => [...(i > 0 ? [ours('  ')] : []), code(shorten(name, 120))]),
      ...(rest > 0
        ? [
            ours(`\n${some(rest, 'name')} more: `),
            code(`${asked.command} ${one.kind} ${commonStart(names.slice(many))}`),
          ]
        : []),
      ...(one.truncated === true
        ? [ours('\nThe server cut this list; a longer beginning shows the rest.', { italic: true })]
        : []),
    );
  });
  const missing = discovery.missing.map((one) =>
    section(bold(brief(one.kind, 60)), plain(` could not be read: ${brief(one.why, 300)}`)),
  );
  const head = section(
    bold(brief(asked.title, 200)),
    ours(
      ` · asked ${asked.age < 1000 ? 'now' : `${sayDuration(asked.age)} ago`}, ${count(discovery.took)} ms`,
    ),
  );
  const nothing = parts.length === 0 && missing.length === 0 ? [section('Nothing is there.')] : [];
  const again =
    discovery.missing.length > 0
      ? [actions(...sayButtons([{ label: 'Try again', command: asked.command }]))]
      : [];
  const blocks: Block[] = [
    lines([head]),
    ...[...parts, ...missing, ...nothing].map((one) => lines([one])),
    ...again,
  ];
  return message(
    plainNotification(
      `${asked.title}: ${wanted.map((one) => `${count(one.names.length)} ${one.kind}`).join(', ') || 'nothing there'}`,
    ),
    blocks,
  );
}

/** The next place to look: the beginning of the first name that is not shown. */
function commonStart(names: readonly string[]): string {
  const first = names[0] ?? '';
  return /^[A-Za-z0-9]+[_.:-]?/.exec(first)?.[0] ?? first.slice(0, 20);
}
