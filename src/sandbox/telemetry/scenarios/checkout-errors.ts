import { DAY, type Instant, MINUTE } from '../../../domain/time.ts';
import { labelOf, NAME } from '../labels.ts';
import type { Scenario, ScenarioSeries } from '../scenario.ts';
import type { EventSource, PlayedIssue } from '../sentry/played-issue.ts';

/** Requests end in a 500 for the story's reason from this long after the cause, and until this long after the fix. */
const ERRORS_AFTER = MINUTE;
const ERRORS_UNTIL = 3 * MINUTE;
/** Parts of the requests that went well which all the same left an error that nobody minds. */
const DECLINED = 0.0004;
const RESIZED = 0.001;

/**
 * What the services report to Sentry, made of the same counters as the metrics: every 500 of checkout since a minute after the
 * cause is an `UpstreamRateLimited`, of old and of new pods alike. Two older issues have nothing to do with it.
 */
export function checkoutErrors(scenario: Scenario): () => readonly PlayedIssue[] {
  let made: { readonly from: readonly ScenarioSeries[]; readonly issues: readonly PlayedIssue[] } | undefined;
  return () => {
    const from = scenario.series();
    if (made?.from !== from) made = { from, issues: makeIssues(from, scenario) };
    return made.issues;
  };
}

function makeIssues(
  series: readonly ScenarioSeries[],
  { causeAt, dataFrom, mitigatedAt }: Scenario,
): PlayedIssue[] {
  const begin = causeAt + ERRORS_AFTER;
  const end = mitigatedAt === undefined ? Number.POSITIVE_INFINITY : mitigatedAt + ERRORS_UNTIL;
  const versions = new Map(
    series
      .filter(({ labels }) => labelOf(labels, NAME) === 'build_info')
      .map(({ labels }) => [labelOf(labels, 'pod'), labelOf(labels, 'version')]),
  );
  const sources = (
    service: string,
    route: string,
    code: string,
    part: number,
    { from, to }: { readonly from: Instant; readonly to: Instant },
  ): EventSource[] =>
    series
      .filter(
        ({ labels }) =>
          labelOf(labels, NAME) === 'http_requests_total' &&
          labelOf(labels, 'service') === service &&
          labelOf(labels, 'route') === route &&
          labelOf(labels, 'code') === code,
      )
      .map(({ labels, born, gone, valueAt }) => {
        const pod = labelOf(labels, 'pod');
        const [first, last] = [Math.max(born, from), Math.min(gone ?? Number.POSITIVE_INFINITY, to)];
        const before = Math.floor(valueAt(Math.min(first, last)) * part);
        return {
          tags: {
            release: `${service}@${(versions.get(pod) ?? '').replace(/^v/, '')}`,
            environment: 'production',
            region: labelOf(labels, 'region'),
            server_name: pod,
            transaction: `POST ${route}`,
          },
          written: (at) =>
            at <= first ? 0 : Math.max(0, Math.floor(valueAt(Math.min(at, last)) * part) - before),
        };
      });
  const always = { from: dataFrom, to: Number.POSITIVE_INFINITY };
  const own = (name: string, filename: string, lineNo: number, code?: string) => ({
    function: name,
    filename,
    lineNo,
    inApp: true,
    ...(code !== undefined && { code }),
  });
  const foreign = (name: string, filename: string, lineNo: number) => ({
    function: name,
    filename,
    lineNo,
    inApp: false,
  });
  return [
    {
      id: '4711',
      shortId: 'CHECKOUT-4F',
      project: 'checkout',
      culprit: 'POST /api/checkout',
      level: 'error',
      status: 'unresolved',
      substatus: 'new',
      priority: 'high',
      firstRelease: 'checkout@2.3.44',
      earlier: 0,
      exceptions: [
        {
          type: 'HttpError',
          value: 'POST http://payments/v1/charges: 429 Too Many Requests',
          frames: [
            foreign('processTicksAndRejections', 'node:internal/process/task_queues', 104),
            foreign('request', 'node_modules/undici/lib/api/api-request.js', 205),
            own(
              'postCharge',
              'src/payments/client.ts',
              61,
              "if (answer.statusCode !== 200) throw new HttpError('POST', url, answer);",
            ),
          ],
        },
        {
          type: 'UpstreamRateLimited',
          value: 'payments answered 429, giving up after 4 attempts',
          frames: [
            foreign('handle', 'node_modules/fastify/lib/route.js', 472),
            own('placeOrder', 'src/orders/place-order.ts', 118),
            own('charge', 'src/payments/charge.ts', 44),
            own(
              'withRetries',
              'src/payments/retry.ts',
              37,
              'throw new UpstreamRateLimited(upstream, attempts, { cause });',
            ),
          ],
        },
      ],
      sources: sources('checkout', '/api/checkout', '500', 1, { from: begin, to: end }),
    },
    {
      id: '3120',
      shortId: 'CHECKOUT-1C',
      project: 'checkout',
      culprit: 'POST /api/checkout',
      level: 'error',
      status: 'unresolved',
      substatus: 'ongoing',
      priority: 'medium',
      since: causeAt - 41 * DAY,
      firstRelease: 'checkout@2.3.12',
      earlier: 61_402,
      exceptions: [
        {
          type: 'TypeError',
          value: "Cannot read properties of undefined (reading 'iban')",
          frames: [
            own('placeOrder', 'src/orders/place-order.ts', 96),
            own(
              'readBankAccount',
              'src/payments/bank-account.ts',
              19,
              'const country = order.account.iban.slice(0, 2);',
            ),
          ],
        },
      ],
      sources: sources('checkout', '/api/checkout', '200', DECLINED, always),
    },
    {
      id: '2208',
      shortId: 'WEB-2K',
      project: 'web',
      culprit: 'ResizeObserver in the start page',
      level: 'warning',
      status: 'ignored',
      substatus: 'archived_forever',
      priority: 'low',
      since: causeAt - 190 * DAY,
      firstRelease: 'web@5.2.1',
      earlier: 1_204_377,
      exceptions: [
        {
          type: 'Error',
          value: 'ResizeObserver loop completed with undelivered notifications.',
          frames: [foreign('<anonymous>', 'app:///assets/index.js', 1)],
        },
      ],
      sources: sources('web', '/', '200', RESIZED, always),
    },
  ];
}
