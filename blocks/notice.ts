import { BackendError, type NextStep, RuleViolation } from '../src/domain/errors.ts';
import { actions, sayButtons } from './controls.ts';
import { message, shorten } from './fit.ts';
import { plainNotification } from './headline.ts';
import type { Block, Message, Reading } from './message.ts';
import { lines, preformatted, section } from './rich.ts';
import { bold, code, moment, notation, ours, plain, sayNotation, visible } from './text.ts';

export interface NoticeExtras {
  /** What the person typed after the mention: offered again with *Try again*, or with a name put right. */
  readonly asked?: string;
  /** The query that was sent, to point into. */
  readonly query?: string;
  /** Where the log has the stack: shown for faults of ours. */
  readonly reference?: string;
}

/** An error as the person who asked reads it: what is wrong, and the next step. */
export function notice(error: unknown, reading: Reading, extras: NoticeExtras = {}): Message {
  if (error instanceof RuleViolation) return refusal(error.message, error.next, reading);
  if (error instanceof BackendError) return backend(error, reading, extras);
  const steps = sayButtons(extras.asked === undefined ? [] : [{ label: 'Try again', command: extras.asked }]);
  const cause =
    extras.reference === undefined
      ? ['The log has the cause.']
      : ['Whoever runs it finds the cause in the log under ', code(shorten(extras.reference, 60)), '.'];
  return message(plainNotification("That broke, and it is Steady's fault."), [
    lines([section("That broke, and it is Steady's fault. ", ...cause)]),
    ...(steps.length > 0 ? [actions(...steps)] : []),
  ]);
}

/** A sentence with buttons that say what to do next. */
export function refusal(sentence: string, next: readonly NextStep[], reading: Reading): Message {
  const text = shorten(sentence, 2_500);
  const steps = sayButtons(next);
  return message(plainNotification(sayNotation(text, reading)), [
    lines([section(...notation(text, reading))]),
    ...(steps.length > 0 ? [actions(...steps)] : []),
  ]);
}

const TRANSIENT: readonly string[] = ['rate-limited', 'timeout', 'unavailable'];

function backend(error: BackendError, reading: Reading, { asked, query }: NoticeExtras): Message {
  const { nextStep, command, nearest = [], position, retryAt } = error.details;
  const blocks: Block[] = [
    lines([
      section(
        ...notation(shorten(error.message, 1_500), reading),
        ...(retryAt === undefined ? [] : [' It answers again at ', moment(retryAt, reading), '.']),
        ...(nextStep === undefined ? [] : [' ', ...notation(shorten(nextStep, 600), reading)]),
      ),
    ]),
  ];
  if (position !== undefined && query !== undefined) blocks.push(preformatted(pointAt(query, position)));
  if (nearest.length > 0)
    blocks.push(
      lines([
        section(
          'Nearest: ',
          ...nearest
            .slice(0, 5)
            .flatMap((one, i) => [...(i > 0 ? [ours(', ')] : []), code(shorten(one, 100))]),
        ),
      ]),
    );
  if (command !== undefined)
    blocks.push(
      lines([
        section(
          'Or run it by hand, paste the answer here and take ',
          bold('Save as evidence'),
          ' from its menu:',
        ),
      ]),
      preformatted(shorten(command, 2_800)),
    );
  const again = asked !== undefined && TRANSIENT.includes(error.failure);
  const steps = [
    ...corrections(error, asked),
    ...(again ? [{ label: 'Try again', command: asked }] : []),
    ...listAll(nextStep),
  ];
  const buttons = sayButtons(steps);
  if (buttons.length > 0) blocks.push(actions(...buttons));
  return message(plainNotification(sayNotation(shorten(error.message, 300), reading)), blocks);
}

/** What was asked, with the unknown name replaced by each of the nearest; only where exactly that name was typed. */
function corrections(error: BackendError, asked = ''): NextStep[] {
  const { nearest = [] } = error.details;
  if (asked.length > 2_000 || error.message.length > 2_000) return [];
  const unknown = [...error.message.matchAll(/`([^`]+)`/g)].flatMap((found) => found[1] ?? []);
  const [wrong] = unknown.filter((name) => asked.split(NAME_BORDER).includes(name));
  if (wrong === undefined || unknown.length > 1) return [];
  const put = (right: string) =>
    asked
      .split(NAME_BORDER)
      .map((part) => (part === wrong ? right : part))
      .join('');
  return nearest.slice(0, 5).map((right) => ({ label: right, command: put(right) }));
}

/** Names as backends write them; a dot or a dash belongs to the name. */
const NAME_BORDER = /([^\p{L}\p{N}_:.-]+)/u;

function listAll(nextStep = ''): NextStep[] {
  const command = /`(discover [^`]+)`/.exec(nextStep)?.[1];
  const label = nextStep.includes('Discover again') ? 'Discover again' : 'List all';
  return command === undefined ? [] : [{ label, command }];
}

const SIDE = 70;

/** The line of the query with a caret under the place; only the part around it, where the line is long. */
export function pointAt(
  query: string,
  { line, column }: { readonly line: number; readonly column: number },
): string {
  const text = visibleLine(query, line);
  const at = Math.max(0, Math.min(column - 1, text.length));
  const from = Math.max(0, at - SIDE);
  const part = text.slice(from, at + SIDE).toWellFormed();
  const before = from > 0 ? '…' : '';
  const after = at + SIDE < text.length ? '…' : '';
  return `${before}${part}${after}\n${' '.repeat(before.length + at - from)}^`;
}

function visibleLine(query: string, line: number): string {
  return visible(query.split('\n', line + 1)[line - 1] ?? '').replace(/\t/g, ' ');
}

/** Shown where a text could not be checked for secrets. A constant: never redacted text. */
export function withheld(): Message {
  return message('A message was withheld: it could not be checked for secrets.', [
    lines([
      section(plain('A message was withheld: it could not be checked for secrets. The log says which.')),
    ]),
  ]);
}
