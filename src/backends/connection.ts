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

/**
 * A command of the operator's that fetches an address by itself (`cloudflared access curl`), where signing in is more than
 * a header. It is run without a shell; see `createCommandTransport`.
 */
export interface AccessCommand {
  /** The program and its first arguments. */
  readonly argv: readonly string[];
  /** All that it sees of the environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** How to reach one deployment of one system. Limits are per request unless said otherwise. */
export interface Connection {
  /** Base address, http or https, with the path prefix where there is one; user-info belongs into `auth`. */
  readonly url: string;
  readonly auth?: Auth;
  readonly cloudflareAccess?: CloudflareAccess;
  /** Then requests go through it, and it alone proves who asks: `auth`, `cloudflareAccess` and `ca` are not used. */
  readonly accessCommand?: AccessCommand;
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
