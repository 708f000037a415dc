/** One thing Slack would refuse: where (a JSON pointer) and why, in Slack's manner of wording. */
export interface BlockProblem {
  readonly pointer: string;
  readonly message: string;
}

/** Looks at one value and reports what is wrong with it. */
export type Check = (value: unknown, pointer: string, report: (problem: BlockProblem) => void) => void;

export type Fields = Readonly<Record<string, Check>>;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string of `min` to `max` characters (UTF-16 units, the stricter count), optionally of a closed set or a pattern. */
export function string(
  limits: { min?: number; max?: number; oneOf?: readonly string[]; pattern?: RegExp; like?: string } = {},
): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'string') return report({ pointer, message: 'must provide a string' });
    const { min = 0, max, oneOf, pattern } = limits;
    if (value.length < min)
      report({ pointer, message: `must be more than ${min - 1} character${min === 2 ? '' : 's'}` });
    if (max !== undefined && value.length > max)
      report({ pointer, message: `must be less than ${max + 1} characters` });
    if (oneOf !== undefined && !oneOf.includes(value))
      report({ pointer, message: `value must be one of: ${oneOf.join(', ')}` });
    if (pattern !== undefined && !pattern.test(value))
      report({ pointer, message: `must be ${limits.like ?? 'of the right form'}` });
  };
}

/** A number, an integer unless told otherwise. */
export function number(limits: { min?: number; max?: number; decimal?: boolean } = {}): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'number' || !Number.isFinite(value))
      return report({ pointer, message: 'must provide a number' });
    if (limits.decimal !== true && !Number.isInteger(value))
      report({ pointer, message: 'must provide an integer' });
    if (limits.min !== undefined && value < limits.min)
      report({ pointer, message: `must be at least ${limits.min}` });
    if (limits.max !== undefined && value > limits.max)
      report({ pointer, message: `must be at most ${limits.max}` });
  };
}

export const boolean: Check = (value, pointer, report) => {
  if (typeof value !== 'boolean') report({ pointer, message: 'must provide a boolean' });
};

/** A list of `min` to `max` members. */
export function list(member: Check, limits: { min?: number; max?: number } = {}): Check {
  return (value, pointer, report) => {
    if (!Array.isArray(value)) return report({ pointer, message: 'must provide an array' });
    const { min = 0, max } = limits;
    if (value.length < min) report({ pointer, message: `no fewer than ${min} items allowed` });
    if (max !== undefined && value.length > max)
      report({ pointer, message: `no more than ${max} items allowed` });
    value.forEach((item, index) => {
      member(item, `${pointer}/${index}`, report);
    });
  };
}

/** An object with these fields and no others. `also` looks at the object as a whole once its fields were checked. */
export function object(required: Fields, optional: Fields = {}, also?: Check): Check {
  return (value, pointer, report) => {
    if (!isRecord(value)) return report({ pointer, message: 'must provide an object' });
    for (const [name, check] of Object.entries(required)) {
      if (value[name] === undefined) report({ pointer, message: `missing required field: ${name}` });
      else check(value[name], `${pointer}/${name}`, report);
    }
    for (const [name, item] of Object.entries(value)) {
      if (item === undefined || Object.hasOwn(required, name)) continue;
      const check = Object.hasOwn(optional, name) ? optional[name] : undefined;
      if (check === undefined) report({ pointer, message: `invalid additional property: ${name}` });
      else check(item, `${pointer}/${name}`, report);
    }
    also?.(value, pointer, report);
  };
}

/** An object whose `type` picks its check; other types are refused here. */
export function byType(kinds: Readonly<Record<string, Check>>): Check {
  return (value, pointer, report) => {
    if (!isRecord(value)) return report({ pointer, message: 'must provide an object' });
    const type = value.type;
    if (typeof type !== 'string') return report({ pointer, message: 'missing required field: type' });
    const check = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (check === undefined)
      return report({ pointer: `${pointer}/type`, message: `unsupported type: ${type}` });
    check(value, pointer, report);
  };
}

/** Runs several checks over one value. */
export function all(...checks: readonly Check[]): Check {
  return (value, pointer, report) => {
    for (const check of checks) check(value, pointer, report);
  };
}

/** Exactly one of these fields must be there. */
export function exactlyOne(...names: readonly string[]): Check {
  return (value, pointer, report) => {
    if (!isRecord(value)) return;
    const present = names.filter((name) => value[name] !== undefined);
    if (present.length === 0)
      report({ pointer, message: `missing required field: one of ${names.join(', ')}` });
    if (present.length > 1) report({ pointer, message: `only one of ${names.join(', ')} is allowed` });
  };
}
