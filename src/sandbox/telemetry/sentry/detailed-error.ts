/** A refusal as Sentry words it: `{"detail": …}` with a status. */
export class DetailedError extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** What Sentry says of everything that is not there, or that a token may not see. */
export function notThere(): DetailedError {
  return new DetailedError(404, 'The requested resource does not exist');
}
