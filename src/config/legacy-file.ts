import { isTable } from './environment.ts';
import type { KeyPath } from './key-lines.ts';
import { sayPath } from './problems.ts';
import { fileSchema } from './schema.ts';

/**
 * What Steady takes from the file of the skill it grew from: the sections both know. Sections of the skill's own are
 * told and left alone; settings that are empty text were never filled in there, and count as absent.
 */
export function inheritable(
  document: Record<string, unknown>,
  place: (path: KeyPath) => string,
  warnings: string[],
): Record<string, unknown> {
  const known = Object.keys(fileSchema.shape);
  const sections = Object.entries(document).filter(([key]) => {
    if (known.includes(key)) return true;
    warnings.push(`${place([key])} ${sayPath([key])}: not a section of Steady; left alone`);
    return false;
  });
  return Object.fromEntries(sections.map(([key, section]) => [key, withoutEmpty(section)]));
}

function withoutEmpty(value: unknown): unknown {
  if (!isTable(value) || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== '')
      .map(([key, item]) => [key, withoutEmpty(item)]),
  );
}
