import { Secret } from '../domain/secret.ts';
import type { Connection } from './connection.ts';
import { withQuery } from './request-parts.ts';

/**
 * A command, curl or the operator's own, that asks the same by hand, to run where the access exists and paste back. It
 * names environment variables, never values. Undefined where a part holds a control, bidi or line-break character, which
 * could make the pasted command something else than it looks like. `headers` are those that hold no secret; `document` is the JSON
 * that is posted, where one is.
 */
export function handCommand(
  connection: Connection,
  address: string,
  params: readonly (readonly [string, string])[],
  headers: Readonly<Record<string, string>> = {},
  document?: string,
): string | undefined {
  const given = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  if (document !== undefined) given.push("-H 'content-type: application/json'", `-d ${quoted(document)}`);
  const parts = connection.accessCommand
    ? [...connection.accessCommand.argv.map(word), quoted(withQuery(address, params)), '-s', ...given]
    : [
        'curl -sS',
        ...headersByHand(connection),
        ...given,
        ...(params.length > 0 ? ['--get'] : []),
        quoted(address),
        ...params.map(([key, value]) => `--data-urlencode ${quoted(`${key}=${value}`)}`),
      ];
  const command = parts.join(' ');
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(command) ? undefined : command;
}

function headersByHand({ auth, cloudflareAccess }: Connection): string[] {
  const out: string[] = [];
  if (auth?.kind === 'bearer') out.push(`-H "Authorization: Bearer ${variable(auth.token, 'TOKEN')}"`);
  else if (auth?.kind === 'header' && /^[\w-]+$/.test(auth.name))
    out.push(`-H "${auth.name}: ${variable(auth.value, 'TOKEN')}"`);
  else if (auth?.kind === 'basic')
    out.push(`-u "${variable(auth.username, 'USERNAME')}:${variable(auth.password, 'PASSWORD')}"`);
  if (cloudflareAccess)
    out.push(
      `-H "CF-Access-Client-Id: ${variable(cloudflareAccess.clientId, 'CF_ACCESS_CLIENT_ID')}"`,
      `-H "CF-Access-Client-Secret: ${variable(cloudflareAccess.clientSecret, 'CF_ACCESS_CLIENT_SECRET')}"`,
    );
  return out;
}

/** `$NAME`, from the secret's origin where that is an environment variable. */
function variable(value: string | Secret, otherwise: string): string {
  const name = value instanceof Secret ? /^env[: ]([A-Za-z_]\w*)$/.exec(value.origin)?.[1] : undefined;
  return `$${name ?? otherwise}`;
}

function word(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : quoted(text);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
