/** What a profile type's id says: `<name>:<type>:<unit>:<period type>:<period unit>`. */
export interface ProfileType {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly unit: string;
}

export function readProfileType(id: string): ProfileType {
  const [name = '', type = '', unit = ''] = id.split(':');
  return { id, name, type, unit };
}

/**
 * The ids that a short name may mean: the id itself; else those whose type it is (`cpu`, `alloc_space`); else those whose name
 * it is (`process_cpu`, `process_cpu:samples`).
 */
export function typesNamed(wanted: string, ids: readonly string[]): readonly string[] {
  if (ids.includes(wanted)) return [wanted];
  const lower = wanted.toLowerCase();
  const all = ids.map(readProfileType);
  for (const says of [
    (one: ProfileType) => one.type,
    (one: ProfileType) => `${one.name}:${one.type}`,
    (one: ProfileType) => one.name,
  ]) {
    const found = all.filter((one) => says(one).toLowerCase() === lower);
    if (found.length > 0) return found.map(({ id }) => id);
  }
  return [];
}
