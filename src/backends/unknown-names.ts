import { BackendError } from '../domain/errors.ts';
import type { Discovery } from './backend.ts';
import { safeText } from './safe-text.ts';
import { suggest } from './suggest.ts';

/** Where names were looked for: the deployment as people name it, and the command that lists its names. */
export interface Place {
  readonly title: string;
  readonly list: string;
}

/** What a query names could not be discovered, so whether it exists is not known. `kind` is the plural: `metrics`. */
export function undiscovered(kind: string, discovery: Discovery, { title, list }: Place): BackendError {
  const missing = discovery.missing.find((part) => part.kind === kind);
  const time = `${new Date(discovery.at).toISOString().slice(11, 16)} UTC`;
  const again = `Discover again with \`${list}\`.`;
  return new BackendError(
    'unavailable',
    `The ${kind} of ${title} could not be discovered at ${time}${missing ? `: ${missing.why}` : '.'} They are unavailable until discovered again.`,
    {
      asked: title,
      nextStep: missing?.nextStep ? `${missing.nextStep} ${again}` : again,
      ...(missing?.command !== undefined && { command: missing.command }),
    },
  );
}

/** Names that do not exist, with the nearest that do. `what` is the singular: `metric`. */
export function unknownNames(
  what: string,
  unknown: readonly string[],
  names: readonly string[],
  { title, list }: Place,
): BackendError {
  const shown = unknown.slice(0, 5).map(ticked);
  // Each list is searched whole, so only the first few unknown names get suggestions.
  const nearest = [...new Set(unknown.slice(0, 3).flatMap((name) => suggest(name, names, 3)))].slice(0, 5);
  return new BackendError(
    'unknown-source',
    `${title} has no ${what} ${shown.join(', ')}${unknown.length > 5 ? ` and ${unknown.length - 5} more` : ''}.`,
    {
      asked: title,
      nearest,
      nextStep:
        nearest.length > 0
          ? `Take one of the nearest, or list all with \`${list}\`.`
          : `List all with \`${list}\`.`,
    },
  );
}

/** A hint at a name that is legal and does not exist. */
export function pointAt(what: string, name: string, names: readonly string[]): string {
  const nearest = suggest(name, names, 3).map(ticked);
  const offer = nearest.length > 0 ? ` Nearest: ${nearest.join(', ')}.` : '';
  return `There is no ${what} ${ticked(name)} in this time.${offer}`;
}

/** A name as code, unable to end its own quotation. */
export function ticked(name: string): string {
  return `\`${safeText(name, 120).replaceAll('`', "'")}\``;
}
