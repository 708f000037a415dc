import { BackendError } from '../domain/errors.ts';
import { type Duration, sayDuration } from '../domain/time.ts';

/** Where a request was going and how far it came when it failed. */
export interface Attempt {
  readonly title: string;
  readonly host: string;
  readonly connectTimeout: Duration;
  /** Bytes of the answer that had arrived; undefined before its headers. */
  readonly received?: number;
}

/** Certificate problems by OpenSSL's and Node's codes: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE =
  /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET_ISSUER|VERIFY)|HOSTNAME_MISMATCH)/;

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name could not be looked up',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it closed the connection',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
  EPIPE: 'it closed the connection',
  UND_ERR_SOCKET: 'it closed the connection',
};

/** What went wrong below HTTP, in words; the library's own error stays behind, for it may quote what was sent. */
export function connectionFailure(error: unknown, attempt: Attempt): BackendError {
  const { title, host, received } = attempt;
  const code = codeOf(error);
  const details = { asked: title, cause: new Error(code === '' ? 'connection failed' : code) };
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT')
    return new BackendError(
      'timeout',
      `${title} could not be reached at ${host} within ${sayDuration(attempt.connectTimeout)}.`,
      { ...details, nextStep: `Check from Steady's machine that ${host} can be reached.` },
    );
  if (CERTIFICATE.test(code))
    return new BackendError(
      'unavailable',
      `The certificate of ${title} at ${host} is not trusted (${code}).`,
      {
        ...details,
        nextStep: 'If it is signed by your own authority, set `ca_file` to its certificate.',
      },
    );
  if (received !== undefined)
    return new BackendError(
      'unavailable',
      `${title} broke off its answer after ${received.toLocaleString('en')} bytes.`,
      { ...details, nextStep: 'Ask again; if it happens twice, ask for less.' },
    );
  const reason = REASONS[code] ?? (code === '' ? 'the connection failed' : `the connection failed (${code})`);
  return new BackendError('unavailable', `${title} could not be reached at ${host}: ${reason}.`, {
    ...details,
    nextStep: `Check that ${host} is up and that \`url\` is right.`,
  });
}

/** The first error code found along the causes; empty where there is none. */
export function codeOf(error: unknown): string {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; depth++) {
    const code: unknown = Reflect.get(one, 'code');
    if (typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code)) return code;
    one = one instanceof AggregateError ? one.errors[0] : one.cause;
  }
  return '';
}
