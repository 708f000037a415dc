/**
 * The value with every item or member changed: the very same value where none of them does, because nearly every message leaves
 * a check as it came. Members that become undefined are left out; so are such items.
 */
export function mapChildren<T>(value: T, change: (child: unknown, name: string) => unknown): T {
  if (typeof value !== 'object' || value === null) return value;
  return (
    Array.isArray(value)
      ? mapItems(value, change)
      : mapMembers(value as Readonly<Record<string, unknown>>, change)
  ) as T;
}

function mapItems(
  items: readonly unknown[],
  change: (child: unknown, name: string) => unknown,
): readonly unknown[] {
  let out: unknown[] | undefined;
  for (let at = 0; at < items.length; at++) {
    const changed = change(items[at], '');
    if (out === undefined && (changed !== items[at] || changed === undefined)) out = items.slice(0, at);
    if (changed !== undefined) out?.push(changed);
  }
  return out ?? items;
}

function mapMembers(
  members: Readonly<Record<string, unknown>>,
  change: (child: unknown, name: string) => unknown,
): Readonly<Record<string, unknown>> {
  let out: [string, unknown][] | undefined;
  const names = Object.keys(members);
  for (let at = 0; at < names.length; at++) {
    const name = names[at] ?? '';
    const changed = change(members[name], name);
    if (out === undefined && changed !== members[name])
      out = names.slice(0, at).map((one) => [one, members[one]]);
    if (changed !== undefined) out?.push([name, changed]);
  }
  // Not assigned one by one: a member named `__proto__` must stay a member.
  return out === undefined ? members : Object.fromEntries(out);
}
