import { change, constant, multiply, type Shape } from '../shape.ts';
import type { Service } from './checkout-fleet.ts';
import { CHECKOUTS, type CheckoutStory, PAYMENT_CALLS } from './checkout-story.ts';

/** The traffic of one route of a service, over all its pods. */
export interface Route {
  readonly route: string;
  /** Requests per second by status code. */
  readonly codes: readonly (readonly [code: string, perSecond: Shape])[];
  /** Requests per second altogether. */
  readonly all: Shape;
  /** Part of them that are slow. */
  readonly slow: Shape;
}

const QUICK = constant(0.002);

function steady(route: string, perSecond: number, failing: number): Route {
  return {
    route,
    codes: [
      ['200', constant(perSecond * (1 - failing))],
      ['500', constant(perSecond * failing)],
    ],
    all: constant(perSecond),
    slow: QUICK,
  };
}

/** A route on which part of the requests fail as the incident says, with the code given. */
function affected(route: string, code: string, story: CheckoutStory): Route {
  return {
    route,
    codes: [
      ['200', change(story.failing, (part) => CHECKOUTS * (0.985 - part))],
      ['400', constant(CHECKOUTS * 0.015)],
      [code, change(story.failing, (part) => CHECKOUTS * part)],
    ],
    all: constant(CHECKOUTS),
    slow: story.slow,
  };
}

/** What payments sees: every attempt of checkout. Refusing one is quick. */
function charges(story: CheckoutStory): Route {
  const calls = change(story.calls, (times) => PAYMENT_CALLS * times);
  return {
    route: '/v1/charges',
    codes: [
      [
        '200',
        multiply(
          calls,
          change(story.refused, (part) => (1 - part) * 0.9996),
        ),
      ],
      ['429', multiply(calls, story.refused)],
      ['500', constant(PAYMENT_CALLS * 0.0004)],
    ],
    all: calls,
    slow: QUICK,
  };
}

/** The routes of a service. */
export function routesOf(service: Service, story: CheckoutStory): readonly Route[] {
  switch (service) {
    case 'checkout':
      return [affected('/api/checkout', '500', story)];
    case 'payments':
      return [charges(story)];
    case 'cart':
      return [steady('/api/cart', 340, 0.0004), steady('/api/cart/items', 210, 0.0003)];
    case 'web':
      return [affected('/checkout', '502', story), steady('/', 620, 0.0002)];
    case 'platform':
      return [];
  }
}
