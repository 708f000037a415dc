import type { Cell, FieldType, Frame } from './expression.ts';

interface Func {
  readonly least: number;
  readonly most: number;
  readonly type: (args: readonly FieldType[]) => FieldType;
  readonly of: (args: readonly Cell[], frame: Frame) => Cell;
}

const NANOSECONDS = 1e6;
/** What is larger is a time: a timespan of so many nanoseconds is two minutes, a time in ms the year 1973. */
const EARLIEST = 1e11;

function func(least: number, most: number, type: FieldType, of: Func['of']): Func {
  return { least, most, type: () => type, of };
}

const empty = (value: Cell = null) => value === null || value === '';

/** Steps that `bin_auto` takes, in ms. */
const STEPS = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 10_800, 21_600, 86_400].map(
  (s) => s * 1_000,
);

/** The step that gives at most 120 of them. */
export function automaticStep({ from, to }: Frame): number {
  return STEPS.find((step) => (to - from) / step <= 120) ?? 86_400_000;
}

/** Functions over single rows. Aggregates are elsewhere. */
export const FUNCTIONS: Readonly<Record<string, Func>> = {
  ago: func(1, 1, 'datetime', ([span], { now }) => now - Number(span) / NANOSECONDS),
  now: func(0, 1, 'datetime', ([span = 0], { now }) => now + Number(span) / NANOSECONDS),
  datetime: func(1, 1, 'datetime', ([text]) => {
    const at = Date.parse(String(text));
    return Number.isNaN(at) ? null : at;
  }),
  bin: {
    least: 2,
    most: 2,
    type: ([first = 'float']) => first,
    of: ([value, step], _frame) => {
      if (typeof value !== 'number' || typeof step !== 'number' || step <= 0) return null;
      // A time is in ms and its step a timespan in ns.
      const size = value > EARLIEST && step >= NANOSECONDS ? step / NANOSECONDS : step;
      return Math.floor(value / size) * size;
    },
  },
  bin_auto: func(1, 1, 'datetime', ([value], frame) =>
    typeof value === 'number' ? Math.floor(value / automaticStep(frame)) * automaticStep(frame) : null,
  ),
  not: func(1, 1, 'boolean', ([value]) => value !== true),
  isnull: func(1, 1, 'boolean', ([value]) => value === null),
  isnotnull: func(1, 1, 'boolean', ([value]) => value !== null),
  isempty: func(1, 1, 'boolean', ([value]) => empty(value)),
  isnotempty: func(1, 1, 'boolean', ([value]) => !empty(value)),
  tostring: func(1, 1, 'string', ([value = null]) =>
    value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value),
  ),
  round: func(1, 2, 'float', ([value, digits = 0]) =>
    typeof value === 'number' ? Math.round(value * 10 ** Number(digits)) / 10 ** Number(digits) : null,
  ),
  iff: {
    least: 3,
    most: 3,
    type: ([, then = 'string']) => then,
    of: ([condition, then = null, otherwise = null]) => (condition === true ? then : otherwise),
  },
};
