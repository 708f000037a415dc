import type { Json } from '../model.ts';
import type { Slack } from '../slack.ts';
import { ApiError } from './api-error.ts';
import { readArguments } from './arguments.ts';
import { type Method, needScope } from './method.ts';
import type { Rates } from './rates.ts';
import { methods } from './registry.ts';

/** A workspace that runs for days forgets its oldest calls. */
const CALLS_KEPT = 50_000;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** Runs one method as Slack does: token, scope, rate, arguments, work. Never throws. */
export async function callMethod(
  slack: Slack,
  rates: Rates,
  name: string,
  all: Json | undefined,
  bearer: string | undefined,
): Promise<Answer> {
  const { token: inBody, ...given } = all ?? {};
  const token = bearer ?? (typeof inBody === 'string' ? inBody : undefined);
  try {
    if (all === undefined) throw new ApiError('invalid_json');
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (method === undefined) throw new ApiError('unknown_method', { req_method: name });
    authorize(slack, method, token);
    if (slack.state.options.strictRates === true) rates.tier(method.tier, rateKey(name, method, given));
    if (slack.state.options.restrictedHistory === true && /^conversations\.(history|replies)$/.test(name))
      rates.restricted(name);
    const result = await method.run({ slack, args: readArguments(given) });
    record(slack, name, given, undefined);
    return { status: 200, headers: scopeHeaders(slack, method), body: { ok: true, ...result } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    record(slack, name, given, error.code);
    return {
      status: error.retryAfter === undefined ? 200 : 429,
      headers: error.retryAfter === undefined ? {} : { 'retry-after': String(error.retryAfter) },
      body: { ok: false, error: error.code, ...error.extra },
    };
  }
}

function authorize(slack: Slack, method: Method, token: string | undefined): void {
  const { bot, app } = slack.state.tokens;
  const kind = method.token ?? 'bot';
  if (kind === 'none') return;
  if (token === undefined || token === '') throw new ApiError('not_authed');
  const gone = slack.state.tokenErrors.get(token);
  if (gone !== undefined) throw new ApiError(gone);
  if (token !== bot && token !== app) throw new ApiError('invalid_auth');
  if (kind !== 'either' && token !== (kind === 'app' ? app : bot))
    throw new ApiError('not_allowed_token_type');
  if (kind === 'bot') needScope(slack, method.scopes ?? []);
}

function rateKey(name: string, method: Method, given: Json): string {
  return method.tier === 'post' ? `${name} ${String(given.channel)}` : name;
}

function scopeHeaders(slack: Slack, method: Method): Record<string, string> {
  return {
    'x-oauth-scopes': slack.state.app.scopes.join(','),
    ...(method.scopes === undefined ? {} : { 'x-accepted-oauth-scopes': method.scopes.join(',') }),
  };
}

function record(slack: Slack, method: string, args: Json, error: string | undefined): void {
  if (slack.state.calls.length >= CALLS_KEPT) slack.state.calls.splice(0, CALLS_KEPT / 2);
  slack.state.calls.push({
    at: slack.state.now(),
    method,
    args,
    ok: error === undefined,
    ...(error === undefined ? {} : { error }),
  });
  slack.state.changed();
}
