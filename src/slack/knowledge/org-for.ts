import { RuleViolation } from '../../domain/errors.ts';
import type { Org } from '../../flows/ports.ts';
import type { Call, Said } from '../command-row.ts';

/** The organisation that is meant: the named one, else the first. */
export function orgFor(call: Call, name?: string): Org {
  const orgs = call.bot.world.knowledge?.orgs ?? [];
  const org =
    name === undefined ? orgs[0] : orgs.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (org) return org;
  throw new RuleViolation(
    'no-org',
    orgs.length === 0
      ? 'No team’s knowledge is configured. Whoever runs Steady adds `[knowledge.orgs.NAME]` to its config.toml; `remember …` keeps it for you meanwhile.'
      : `There is no \`${name}\` here; there ${orgs.length === 1 ? 'is' : 'are'} ${orgs.map((one) => `\`${one.name}\``).join(', ')}.`,
  );
}

/** For everyone where somebody asked aloud; a `/steady` has no message to hang on. */
export function inPublic(call: Call, message: Extract<Said, { kind: 'thread' }>['message']): Said {
  return { kind: call.request.kind === 'slash' ? 'private' : 'thread', message };
}
