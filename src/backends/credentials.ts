import { BackendError } from '../domain/errors.ts';
import { Secret } from '../domain/secret.ts';
import type { Auth, Connection } from './connection.ts';

/** What is sent with every request of a deployment, and the means to keep it out of every sentence. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** Replaces every secret in the text, plain or encoded, by `[secret]`: a server may echo what it was sent. */
  scrub(text: string): string;
}

/** Throws BackendError `unauthorized` when a secret cannot be sent: empty, or with a line break from its file. */
export function credentials(connection: Connection, title: string): Credentials {
  const headers: Record<string, string> = {};
  const hidden = new Set<string>();
  const reveal = (value: string | Secret): string => {
    const text = value instanceof Secret ? value.reveal() : value;
    const origin = value instanceof Secret ? value.origin : 'the configuration';
    // Anything outside printable Latin-1 cannot be a header value; a pasted line break is the usual case.
    if (text === '' || /[^\x20-\x7e\xa0-\xff]/.test(text))
      throw new BackendError(
        'unauthorized',
        `The credential for ${title} from ${origin} is ${text === '' ? 'empty' : 'not one line of plain text'}.`,
        { asked: title, nextStep: `Correct ${origin} and restart Steady.` },
      );
    if (value instanceof Secret) hidden.add(text);
    return text;
  };

  if (connection.auth) addAuth(connection.auth, headers, hidden, reveal);
  if (connection.cloudflareAccess) {
    headers['cf-access-client-id'] = reveal(connection.cloudflareAccess.clientId);
    headers['cf-access-client-secret'] = reveal(connection.cloudflareAccess.clientSecret);
  }
  const needles = [...hidden]
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
    .sort((a, b) => b.length - a.length);
  return {
    headers,
    scrub: (text) => needles.reduce((rest, needle) => rest.replaceAll(needle, '[secret]'), text),
  };
}

function addAuth(
  auth: Auth,
  headers: Record<string, string>,
  hidden: Set<string>,
  reveal: (value: string | Secret) => string,
): void {
  if (auth.kind === 'bearer') headers.authorization = `Bearer ${reveal(auth.token)}`;
  else if (auth.kind === 'header') headers[auth.name.toLowerCase()] = reveal(auth.value);
  else {
    const pair = Buffer.from(`${reveal(auth.username)}:${reveal(auth.password)}`).toString('base64');
    hidden.add(pair);
    headers.authorization = `Basic ${pair}`;
  }
}
