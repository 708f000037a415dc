import { exactly } from './promql.ts';
import type { Matcher } from './signal.ts';

/** How a label's values tell requests that failed from those that did not. */
export interface Outcome {
  readonly label: string;
  /** Requests that the service itself failed. */
  readonly failed: Matcher;
  /** Requests that it refused, where the values tell that apart: 4xx. */
  readonly refused?: Matcher;
  /** As a person says what counts as failed: `5xx`, `error`. */
  readonly says: string;
}

/** Codes by which a gRPC server says that it failed. https://grpc.io/docs/guides/status-codes/ */
const GRPC_FAILED: ReadonlySet<string> = new Set(
  'unknown deadlineexceeded resourceexhausted internal unavailable dataloss unimplemented 2 4 8 12 13 14 15'.split(
    ' ',
  ),
);
const GRPC_WORDS =
  /^(?:ok|cancell?ed|unknown|invalidargument|deadlineexceeded|notfound|alreadyexists|permissiondenied|resourceexhausted|failedprecondition|aborted|outofrange|unimplemented|internal|unavailable|dataloss|unauthenticated)$/;
const FAILED_WORDS =
  /^(?:5xx|server_?error|errors?|err|fail(?:ed|ure)?|exception|fault|timeout|status_code_error)$/i;
const FINE_WORDS =
  /^(?:[1-3]xx|success(?:ful)?|ok|succeeded|informational|redirection|status_code_(?:ok|unset)|none)$/i;

/** Reads what a label's values seen mean; undefined where they do not tell failures. An empty value means nothing. */
export function outcomeOf(label: string, values: readonly string[]): Outcome | undefined {
  const seen = [...new Set(values)].filter((one) => one !== '');
  if (seen.length === 0) return undefined;
  return byStatusCode(label, seen) ?? byGrpcCode(label, seen) ?? byTruth(label, seen) ?? byWord(label, seen);
}

function byStatusCode(label: string, seen: readonly string[]): Outcome | undefined {
  const odd = seen.filter((one) => !/^[1-5](?:\d\d|xx)$/i.test(one));
  // Istio's and Envoy's 0: the connection ended before an answer. https://istio.io/latest/docs/reference/config/metrics/
  const broken = odd.includes('0');
  if (odd.some((one) => one !== '0') || odd.length === seen.length) return undefined;
  return {
    label,
    failed: { label, op: '=~', value: broken ? '5..|0' : '5..' },
    refused: { label, op: '=~', value: '4..' },
    says: broken ? '5xx and broken off' : '5xx',
  };
}

function byGrpcCode(label: string, seen: readonly string[]): Outcome | undefined {
  const plain = (one: string) => one.toLowerCase().replaceAll('_', '');
  const words = seen.every((one) => GRPC_WORDS.test(plain(one)));
  const numbers = /grpc/.test(label) && seen.every((one) => /^(?:\d|1[0-6])$/.test(one));
  // `ok` and `unknown` alone are no gRPC.
  const telling = /grpc/.test(label) || seen.some((one) => !/^(?:ok|unknown)$/i.test(one));
  if (!numbers && !(words && telling)) return undefined;
  const all = seen.filter((one) => GRPC_FAILED.has(plain(one)));
  return { label, failed: anyOf(label, all, 'Internal|Unavailable|Unknown'), says: 'gRPC failures' };
}

function byTruth(label: string, seen: readonly string[]): Outcome | undefined {
  if (!seen.every((one) => /^(?:true|false|0|1)$/i.test(one))) return undefined;
  const good = /success|ok/i.test(label);
  if (!good && !/error|fail|exception/i.test(label)) return undefined;
  return {
    label,
    failed: { label, op: '=~', value: good ? '(?i:false|0)' : '(?i:true|1)' },
    says: good ? `${label} false` : `${label} true`,
  };
}

function byWord(label: string, seen: readonly string[]): Outcome | undefined {
  const failed = seen.filter((one) => FAILED_WORDS.test(one));
  const fine = seen.filter((one) => FINE_WORDS.test(one));
  if (failed.length === 0 && fine.length === 0) return undefined;
  const refused = seen.filter((one) => /^(?:4xx|client_?error)$/i.test(one));
  return {
    label,
    failed: anyOf(label, failed, 'error|failed|failure|5xx|SERVER_ERROR'),
    ...(refused.length > 0 && { refused: anyOf(label, refused, '') }),
    says: failed.length > 0 ? failed.join(', ') : 'failed',
  };
}

/** None seen is good news; what would say so is asked for all the same. */
function anyOf(label: string, values: readonly string[], otherwise: string): Matcher {
  const [only] = values;
  if (only !== undefined && values.length === 1) return { label, op: '=', value: only };
  return { label, op: '=~', value: values.length === 0 ? otherwise : values.map(exactly).join('|') };
}
