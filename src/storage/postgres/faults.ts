/**
 * Which of PostgreSQL's errors pass by themselves: lost connections (class 08), a server that stops or starts (57P01 to
 * 57P03), too many connections, serialization failures and deadlocks.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const PASSING = /^(?:08\w{3}|57P0[123]|53300|40001|40P01)$/;

/** What the network says, from Node, and what pg says without a code. A time that ran out is not tried again: it was waited for already. */
const NETWORK: readonly string[] = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTCONN'];
const UNCODED = /^(?:Connection terminated|Client has encountered a connection error)/;

/** Whether the same transaction may succeed on another try, given that its commit was never sent. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return PASSING.test(code) || NETWORK.includes(code);
  return UNCODED.test(error.message);
}

/** unique_violation */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === '23505';
}
