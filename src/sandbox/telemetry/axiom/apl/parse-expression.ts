import { compare, STRING_OPERATORS } from './compare.ts';
import type { Cell, Expression, Field, FieldType } from './expression.ts';
import { FUNCTIONS } from './functions.ts';
import type { TokenReader } from './token-reader.ts';

type Fields = readonly Field[];
type Of = Expression['of'];

/** Reads an expression over the fields that there are. Throws AplError. */
export function parseExpression(reader: TokenReader, fields: Fields): Expression {
  const binary = (
    word: string,
    operand: () => Expression,
    join: (a: Cell, b: () => Cell) => Cell,
  ): Expression => {
    let left = operand();
    while (reader.skip(word)) {
      const [one, other] = [left, operand()];
      left = made('boolean', (row, frame) => join(one.of(row, frame), () => other.of(row, frame)));
    }
    return left;
  };
  const and = () =>
    binary(
      'and',
      () => comparison(reader, fields),
      (a, b) => truth(a) && truth(b()),
    );
  return binary('or', and, (a, b) => truth(a) || truth(b()));
}

function comparison(reader: TokenReader, fields: Fields): Expression {
  const left = sum(reader, fields);
  const { at } = reader.next;
  const sign = reader.skip('==', '!=', '=~', '!~', '<', '<=', '>', '>=')?.text;
  if (sign !== undefined) {
    const right = sum(reader, fields);
    if (isText(left) !== isText(right) && left.type !== 'map[string]' && right.type !== 'map[string]')
      throw reader.fail(at, `cannot compare ${left.type} and ${right.type}`);
    return made('boolean', (row, frame) => compare(sign, left.of(row, frame), right.of(row, frame)));
  }
  const word = reader.next.kind === 'name' ? reader.next.text : '';
  const operator = STRING_OPERATORS[word.replace(/^!/, '')];
  const negated = word.startsWith('!');
  if (operator) {
    reader.take();
    const right = sum(reader, fields);
    return made('boolean', (row, frame) => {
      const found = operator(String(left.of(row, frame) ?? ''), String(right.of(row, frame) ?? ''));
      return found !== negated;
    });
  }
  if (word === 'in' || word === '!in') {
    reader.take();
    reader.need('(');
    const list = reader.list(() => sum(reader, fields));
    reader.need(')');
    return made(
      'boolean',
      (row, frame) => list.some((one) => compare('==', left.of(row, frame), one.of(row, frame))) !== negated,
    );
  }
  if (word === 'between' || word === '!between') {
    reader.take();
    reader.need('(');
    const low = sum(reader, fields);
    reader.need('..');
    const high = sum(reader, fields);
    reader.need(')');
    return made('boolean', (row, frame) => {
      const value = left.of(row, frame);
      const within = compare('>=', value, low.of(row, frame)) && compare('<=', value, high.of(row, frame));
      return within !== negated;
    });
  }
  return left;
}

function sum(reader: TokenReader, fields: Fields): Expression {
  return arithmetic(reader, ['+', '-'], () => arithmetic(reader, ['*', '/'], () => unary(reader, fields)));
}

function arithmetic(reader: TokenReader, signs: readonly string[], operand: () => Expression): Expression {
  let left = operand();
  for (let sign = reader.skip(...signs); sign; sign = reader.skip(...signs)) {
    const [one, other, { text, at }] = [left, operand(), sign];
    if (isText(one) || isText(other)) throw reader.fail(at, `\`${text}\` needs numbers`);
    const type = one.type === 'integer' && other.type === 'integer' && text !== '/' ? 'integer' : 'float';
    left = made(type, (row, frame) => calculate(text, one.of(row, frame), other.of(row, frame)));
  }
  return left;
}

function calculate(sign: string, a: Cell, b: Cell): Cell {
  if (typeof a !== 'number' || typeof b !== 'number') return null;
  if (sign === '+') return a + b;
  if (sign === '-') return a - b;
  if (sign === '*') return a * b;
  return b === 0 ? null : a / b;
}

function unary(reader: TokenReader, fields: Fields): Expression {
  if (reader.skip('-')) {
    const { of, type } = unary(reader, fields);
    return made(type, (row, frame) => calculate('*', of(row, frame), -1));
  }
  if (reader.skip('(')) {
    const inner = parseExpression(reader, fields);
    reader.need(')');
    return inner;
  }
  const { kind, value, text, at } = reader.next;
  if (kind === 'string' || kind === 'number' || kind === 'duration') {
    reader.take();
    const type = kind === 'string' ? 'string' : kind === 'duration' ? 'timespan' : 'float';
    return made(text.includes('.') || type !== 'float' ? type : 'integer', () => value ?? null);
  }
  if (kind === 'name' && /^(?:true|false|null)$/.test(text)) {
    reader.take();
    return made('boolean', () => (text === 'null' ? null : text === 'true'));
  }
  const name = reader.name();
  if (reader.next.text === '(') return call(reader, fields, name, at);
  return path(reader, fieldNamed(reader, fields, name, at));
}

function call(reader: TokenReader, fields: Fields, name: string, at: number): Expression {
  const known = FUNCTIONS[name];
  if (!known) throw reader.unsupported(name, at);
  reader.need('(');
  const args = reader.next.text === ')' ? [] : reader.list(() => parseExpression(reader, fields));
  reader.need(')');
  if (args.length < known.least || args.length > known.most)
    throw reader.fail(at, `${name} takes ${known.least} arguments`);
  const type = known.type(args.map((one) => one.type));
  return {
    name: `${name}_${args[0]?.name ?? ''}`,
    type,
    of: (row, frame) =>
      known.of(
        args.map((one) => one.of(row, frame)),
        frame,
      ),
  };
}

/** A field, also one with dots that were not quoted. Throws AplError where there is none. */
export function fieldNamed(reader: TokenReader, fields: Fields, name: string, at: number): Expression {
  let whole = name;
  while (!fields.some((one) => one.name === whole) && reader.skip('.')) whole += `.${reader.name()}`;
  const field = fields.find((one) => one.name === whole);
  if (!field) throw reader.fail(at, `undefined field "${whole}"`);
  return { name: whole, type: field.type, of: (row) => row[whole] ?? null };
}

/** `['map']['key']`: a value inside a map, of a type that nobody declared. */
function path(reader: TokenReader, base: Expression): Expression {
  if (base.type !== 'map[string]') return base;
  let { of, name, type } = base;
  while (reader.next.text === '[' || reader.next.text === '.') {
    reader.skip('.');
    const key = reader.name();
    const map: Of = of;
    of = (row, frame) => {
      const value = map(row, frame);
      const inside = typeof value === 'object' && value !== null ? value[key] : undefined;
      return (inside ?? null) as Cell;
    };
    name = `${name}.${key}`;
    type = 'map[string]';
  }
  return { name, type, of };
}

function isText({ type }: Expression): boolean {
  return type === 'string';
}

function truth(value: Cell): boolean {
  return value === true;
}

function made(type: FieldType, of: Of): Expression {
  return { name: 'Column1', type, of };
}
