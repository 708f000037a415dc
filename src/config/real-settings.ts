import { parse } from 'smol-toml';
import { settingVariables } from './environment.ts';
import { findConfigFile, trusted } from './find-file.ts';
import type { Machine } from './machine.ts';

/**
 * Why this looks like a real installation, one line each; empty = nothing is configured and the sandbox may start.
 * Names variables and files, never values. A file in doubt (unreadable, not TOML) counts as a configuration.
 */
export function whyNotSandbox(machine: Machine): readonly string[] {
  const reasons = settingVariables(machine).map((name) => `env ${name} is set`);
  if (machine.env.NODE_ENV === 'production') reasons.push('NODE_ENV is production');
  const file = findConfigFile(machine);
  if (file !== undefined) {
    const content = trusted(file, machine);
    if ('refused' in content || hasSettings(content.text)) reasons.push(`${file.shown} is there`);
  }
  return reasons;
}

/** A file of comments alone, as `steady init` writes it, sets nothing yet. */
function hasSettings(text: string): boolean {
  try {
    return Object.keys(parse(text)).length > 0;
  } catch {
    return true;
  }
}
