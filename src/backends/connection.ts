import type { Secret } from '../domain/secret.ts';
import type { Duration } from '../domain/time.ts';

/** How a request proves who it is. Cloudflare Access is separate, because it is sent together with one of these. */
export type Auth =
  | { readonly kind: 'bearer'; readonly token: Secret }
  | { readonly kind: 'basic'; readonly username: string | Secret; readonly password: Secret }
  | { readonly kind: 'header'; readonly name: string; readonly value: Secret };

/** A Cloudflare Access service token: https://developers.cloudflare.com/cloudflare-one/identity/service-tokens/ */
export interface CloudflareAccess {
  readonly clientId: string | Secret;
  readonly clientSecret: Secret;
}

/** How to reach one deployment of one system. Limits are per request unless said otherwise. */
export interface Connection {
  /** Base address, http or https, with the path prefix where there is one; user-info belongs into `auth`. */
  readonly url: string;
  readonly auth?: Auth;
  readonly cloudflareAccess?: CloudflareAccess;
  /** PEM certificates trusted besides the public ones. */
  readonly ca?: string;
  /** Limit for TCP and TLS; default 10 s. */
  readonly connectTimeout?: Duration;
  /** Limit for the whole request: waiting for a slot, connect, headers and body; default 30 s. */
  readonly timeout?: Duration;
  /** Largest answer accepted, in bytes; default 50 MB (50,000,000). */
  readonly maxBytes?: number;
  /** Requests under way at a time; the others wait. Default 4. */
  readonly concurrency?: number;
}
