import { type Instant, SECOND, type Window } from '../../../domain/time.ts';
import { labelOf, labelsOf, NAME } from '../labels.ts';
import { type CallTree, call, merged, scaled, totalOf } from '../pyroscope/call-tree.ts';
import type { ProfileSource } from '../pyroscope/profile-source.ts';
import type { Scenario, ScenarioSeries } from '../scenario.ts';
import { type Shape, valueAt } from '../shape.ts';
import { checkoutStory } from './checkout-story.ts';

/** What a service runs: always, and on top of it while there is trouble, with how many cores each takes in a pod. */
interface Work {
  readonly always: CallTree;
  readonly cores: number;
  readonly trouble?: CallTree;
  readonly more: number;
}

const QUEUE = 'node:internal/process/task_queues:processTicksAndRejections';
const ROUTE = 'fastify/lib/route.js:handle';
const GC = '(garbage collector)';

function request(...calls: readonly CallTree[]): CallTree {
  return call(QUEUE, 2, call(ROUTE, 4, ...calls));
}

function paying(retries: number, ...calls: readonly CallTree[]): CallTree {
  return call(
    'src/orders/place-order.ts:placeOrder',
    0,
    call('src/payments/charge.ts:charge', 0, call('src/payments/retry.ts:withRetries', retries, ...calls)),
  );
}

/**
 * What checkout does for every order. The deploy brought `applyDiscount`, which takes no more than what was there before under the
 * same name; what grows with the refusals of payments is the retries, all of them known before.
 */
const WORK: Readonly<Record<string, Work>> = {
  checkout: {
    cores: 0.42,
    more: 0.16,
    always: merged(
      [
        call(
          'total',
          0,
          request(
            call(
              'src/orders/place-order.ts:placeOrder',
              5,
              call('src/pricing/discount.ts:applyDiscount', 6),
              call('src/orders/validate.ts:validateOrder', 13),
              call('src/db/orders.ts:insertOrder', 8, call('pg/lib/client.js:query', 11)),
            ),
            call('fastify/lib/reply.js:serialize', 3, call('JSON.stringify', 9)),
          ),
          call(GC, 9),
        ),
        call(
          'total',
          0,
          request(
            paying(
              0.4,
              call('src/payments/retry.ts:backoff', 0.2, call('node:timers:setTimeout', 0.4)),
              call(
                'src/payments/client.ts:postCharge',
                7,
                call('undici/lib/api/api-request.js:request', 16),
                call('JSON.stringify', 5),
              ),
            ),
          ),
        ),
      ],
      'total',
    ),
    trouble: call(
      'total',
      0,
      request(
        paying(
          9,
          call('src/payments/retry.ts:backoff', 11, call('node:timers:setTimeout', 19)),
          call(
            'src/payments/client.ts:postCharge',
            8,
            call('undici/lib/api/api-request.js:request', 27),
            call('JSON.stringify', 7),
            call('src/payments/http-error.ts:HttpError', 3, call('Error.captureStackTrace', 12)),
          ),
        ),
      ),
      call(GC, 4),
    ),
  },
  payments: {
    cores: 0.35,
    more: 0.2,
    always: call(
      'total',
      0,
      call(
        'net/http.(*conn).serve',
        6,
        call(
          'payments/charges.(*Server).Create',
          14,
          call('payments/limit.(*Limiter).Allow', 3),
          call('database/sql.(*DB).QueryContext', 38),
        ),
      ),
      call('runtime.gcBgMarkWorker', 12),
    ),
    trouble: call(
      'total',
      0,
      call(
        'net/http.(*conn).serve',
        22,
        call(
          'payments/charges.(*Server).Create',
          4,
          call('payments/limit.(*Limiter).Allow', 31),
          call('encoding/json.Marshal', 16),
        ),
      ),
    ),
  },
  cart: {
    cores: 0.3,
    more: 0,
    always: call(
      'total',
      0,
      request(call('src/cart/read-cart.ts:readCart', 21, call('ioredis/built/redis.js:get', 34))),
      call(GC, 8),
    ),
  },
  web: {
    cores: 0.5,
    more: 0.02,
    always: call(
      'total',
      0,
      request(call('react-dom/server:renderToString', 47), call('src/pages/checkout.tsx:Checkout', 12)),
      call(GC, 11),
    ),
    trouble: call('total', 0, request(call('src/pages/error.tsx:ErrorPage', 6))),
  },
};

/** Steps over which the trouble of a window is taken. */
const STEPS = 60;

/** The CPU of every pod as the metrics count it, spread over what its service runs. */
export function checkoutProfiles(scenario: Scenario): () => readonly ProfileSource[] {
  let made:
    | { readonly from: readonly ScenarioSeries[]; readonly sources: readonly ProfileSource[] }
    | undefined;
  return () => {
    const from = scenario.series();
    if (made?.from !== from) made = { from, sources: makeSources(from, scenario) };
    return made.sources;
  };
}

function makeSources(
  series: readonly ScenarioSeries[],
  { causeAt, dataFrom, mitigatedAt }: Scenario,
): ProfileSource[] {
  const { trouble } = checkoutStory(causeAt, mitigatedAt);
  const versions = new Map(
    series
      .filter(({ labels }) => labelOf(labels, NAME) === 'build_info')
      .map(({ labels }) => [labelOf(labels, 'pod'), labelOf(labels, 'version')]),
  );
  return series
    .filter(({ labels }) => labelOf(labels, NAME) === 'process_cpu_seconds_total')
    .flatMap(({ labels, born, gone, valueAt: secondsAt }) => {
      const [service, pod] = [labelOf(labels, 'service'), labelOf(labels, 'pod')];
      const work = WORK[service];
      if (!work) return [];
      return {
        labels: labelsOf({
          service_name: service,
          pod,
          region: labelOf(labels, 'region'),
          version: versions.get(pod) ?? '',
        }),
        cpu: (window: Window) => {
          const from = Math.max(window.from, born, dataFrom);
          const to = Math.min(window.to, gone ?? Number.POSITIVE_INFINITY);
          if (to <= from) return undefined;
          const nanoseconds = (secondsAt(to) - secondsAt(from)) * 1e9;
          return nanoseconds > 0 ? spread(work, nanoseconds, meanOf(trouble, from, to)) : undefined;
        },
      };
    });
}

function spread({ always, cores, trouble, more }: Work, nanoseconds: number, amount: number): CallTree {
  const part = trouble ? (more * amount) / (cores + more * amount) : 0;
  const steady = scaled(always, (nanoseconds * (1 - part)) / totalOf(always));
  if (!trouble || part === 0) return steady;
  return merged([steady, scaled(trouble, (nanoseconds * part) / totalOf(trouble))], 'total');
}

function meanOf(shape: Shape, from: Instant, to: Instant): number {
  const step = Math.max(SECOND, (to - from) / STEPS);
  let [sum, count] = [0, 0];
  for (let at = from + step / 2; at < to; at += step) {
    sum += valueAt(shape, at);
    count++;
  }
  return count === 0 ? valueAt(shape, from) : sum / count;
}
