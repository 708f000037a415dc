import type { MitigationKind, MitigationTarget } from './triage.ts';

/** What whoever is on call would type, as the configuration knows it: `kubectl rollout undo deployment/{service}`. */
export interface MitigationSettings {
  /** For every service. */
  readonly all: Partial<Readonly<Record<MitigationKind, string>>>;
  readonly services: Readonly<Record<string, Partial<Readonly<Record<MitigationKind, string>>>>>;
}

export type HandCommand =
  | { readonly command: string }
  /** Why there is none, and what would change that. */
  | { readonly missing: string };

/** Characters of one name; a longer one is no name that somebody can check by eye. */
const LONGEST = 200;
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/**
 * The exact command for a person to run; Steady runs nothing. Every name is shell-quoted and came from a system's answer; one with
 * a control, bidi or line-break character is refused, because what is pasted must be what is seen.
 */
export function mitigationCommand(
  settings: MitigationSettings,
  kind: MitigationKind,
  target: MitigationTarget,
): HandCommand {
  const key = kind.replace('-', '_');
  const own = target.service === undefined ? undefined : settings.services[target.service]?.[kind];
  const template = own ?? settings.all[kind];
  if (template === undefined)
    return { missing: `\`${key} = "…"\` under \`[mitigations]\` would show the command here.` };
  let lacking: string | undefined;
  const command = template.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = (target as Readonly<Record<string, string | undefined>>)[name];
    if (value === undefined || value.length > LONGEST || UNSAFE.test(value)) {
      lacking ??= name;
      return '';
    }
    return `'${value.replaceAll("'", `'\\''`)}'`;
  });
  return lacking === undefined
    ? { command }
    : { missing: `The command needs {${lacking}}, and no system named it.` };
}
