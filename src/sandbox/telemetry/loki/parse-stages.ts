import { readDuration } from '../promql/literals.ts';
import { type Matcher, type MatchOp, matcher } from '../promql/matcher.ts';
import { compileRe2 } from '../promql/re2.ts';
import type { CompareOp, LabelTest, LineOp, Stage } from './log-query.ts';
import { LokiError } from './loki-error.ts';
import type { TokenReader } from './token-reader.ts';

const EMPTY_SELECTOR =
  'parse error : queries require at least one regexp or equality matcher that does not have an empty-compatible value. ' +
  'For instance, app=~".*" does not meet this requirement, but app=~".+" will';

/** `{service_name="checkout", level=~"error|warn"}`. */
export function parseSelector(reader: TokenReader): readonly Matcher[] {
  reader.need('{');
  const matchers: Matcher[] = [];
  while (reader.next.text !== '}') {
    const name = reader.takeKind('name', matchers.length === 0 ? 'IDENTIFIER or }' : 'IDENTIFIER');
    const op = reader.skip('=', '!=', '=~', '!~');
    if (op === undefined) throw reader.unexpected('=~ or !~ or = or !=');
    matchers.push(readMatcher(reader, name, op as MatchOp));
    if (reader.next.text !== '}' && reader.skip(',') === undefined) throw reader.unexpected('} or ,');
  }
  reader.need('}');
  const demanding = (one: Matcher) => (one.op === '=' || one.op === '=~') && !one.accepts('');
  if (!matchers.some(demanding)) throw new LokiError(EMPTY_SELECTOR);
  return matchers;
}

/** Everything behind a selector: line filters, parsers, label filters. */
export function parseStages(reader: TokenReader): readonly Stage[] {
  const stages: Stage[] = [];
  for (;;) {
    const line = reader.skip('|=', '!=', '|~', '!~');
    if (line !== undefined) stages.push(readLineFilter(reader, line as LineOp));
    else if (reader.skip('|') !== undefined) stages.push(readStage(reader));
    else return stages;
  }
}

function readLineFilter(reader: TokenReader, op: LineOp): Stage {
  const { at } = reader.next;
  const tests = [textTest(reader, op, at)];
  // `|= "a" or "b"`; after a negation none of them may be there.
  while (reader.next.text === 'or' && reader.after?.kind === 'string') {
    reader.take();
    tests.push(textTest(reader, op, at));
  }
  const negated = op.startsWith('!');
  return {
    kind: 'line',
    accepts: (text) => (negated ? tests.every((one) => one(text)) : tests.some((one) => one(text))),
  };
}

function textTest(reader: TokenReader, op: LineOp, at: number): (text: string) => boolean {
  const wanted = reader.text();
  if (op === '|=') return (text) => text.includes(wanted);
  if (op === '!=') return (text) => !text.includes(wanted);
  try {
    // Line filters are not anchored; what decides that lies outside the pattern.
    const pattern = new RegExp(compileRe2(wanted).source.slice(1, -1));
    return (text) => pattern.test(text) === (op === '|~');
  } catch (error) {
    throw reader.wrong(at, error);
  }
}

function readStage(reader: TokenReader): Stage {
  const name = reader.next;
  const bare = reader.after?.kind !== 'sign' || /^[|)[]|^!=$|^!~$/.test(reader.after.text);
  if (name.kind === 'name' && bare) {
    if (name.text !== 'json' && name.text !== 'logfmt') throw reader.unsupported(name);
    reader.take();
    if (reader.next.kind === 'name') throw reader.unsupported(reader.next);
    return { kind: name.text };
  }
  return { kind: 'label', test: readEither(reader) };
}

function readEither(reader: TokenReader): LabelTest {
  let left = readBoth(reader);
  while (reader.skip('or') !== undefined) left = { kind: 'or', left, right: readBoth(reader) };
  return left;
}

function readBoth(reader: TokenReader): LabelTest {
  let left = readOne(reader);
  while (reader.skip('and', ',') !== undefined) left = { kind: 'and', left, right: readOne(reader) };
  return left;
}

function readOne(reader: TokenReader): LabelTest {
  if (reader.skip('(') !== undefined) {
    const inner = readEither(reader);
    reader.need(')');
    return inner;
  }
  const name = reader.takeKind('name', 'IDENTIFIER');
  const op = reader.skip('=', '!=', '=~', '!~', '==', '>', '>=', '<', '<=');
  if (op === undefined) throw reader.unexpected();
  const { kind, text } = reader.next;
  if (kind === 'number' || kind === 'duration') {
    reader.take();
    const duration = kind === 'duration';
    const value = duration ? (readDuration(text) ?? Number.NaN) / 1000 : Number(text);
    return { kind: 'number', name, op: op as CompareOp, value, duration };
  }
  if (!/^(?:=|!=|=~|!~)$/.test(op)) throw reader.unexpected('NUMBER or DURATION');
  return { kind: 'text', matcher: readMatcher(reader, name, op as MatchOp) };
}

function readMatcher(reader: TokenReader, name: string, op: MatchOp): Matcher {
  const { at } = reader.next;
  const value = reader.text();
  try {
    return matcher(name, op, value);
  } catch (error) {
    throw reader.wrong(at, error);
  }
}
