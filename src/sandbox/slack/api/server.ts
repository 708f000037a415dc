import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from '../faults.ts';
import type { Slack } from '../slack.ts';
import { ApiError } from './api-error.ts';
import { asRecord } from './arguments.ts';
import { type Answer, callMethod } from './call-method.ts';
import { LARGEST_FILE, privateFile, receiveUpload } from './files.ts';
import { createRates, type Rates } from './rates.ts';
import { readRequestArguments, readUpload } from './read-body.ts';

export interface ApiServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * The workspace's HTTP side: `/api/<method>`, upload URLs, response URLs, files, and the upgrade to Socket Mode. On loopback
 * only, and deaf to browsers: a request with an Origin or a foreign Host is refused.
 */
export async function startApiServer(slack: Slack, port: number): Promise<ApiServer> {
  const rates = createRates(() => slack.state.now());
  const server: Server = createServer((request, response) => {
    respond(slack, rates, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500).end();
      else response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => slack.socketMode.upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  slack: Slack,
  rates: Rates,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host) || request.headers.origin !== undefined) {
    response.writeHead(403).end();
    return;
  }
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [first = '', ...rest] = url.pathname.split('/').slice(1);
  if (first === 'api') await api(slack, rates, rest.join('/'), request, url, response);
  else if (first === 'upload') await upload(slack, rest.at(-1) ?? '', request, response);
  else if (first === 'actions') await respondTo(slack, rest.join('/'), request, url, response);
  else if (first === 'files-pri') download(slack, rest.at(-1) ?? '', request, response);
  else response.writeHead(404).end();
}

function download(slack: Slack, id: string, request: IncomingMessage, response: ServerResponse): void {
  const file = privateFile(slack, id, bearerOf(request));
  // Slack shows a page to sign in on to whoever may not have it.
  if (file === undefined) response.writeHead(302, { location: 'https://slack.com/signin' }).end();
  else response.writeHead(200, { 'content-type': file.mimetype }).end(file.bytes);
}

function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

async function api(
  slack: Slack,
  rates: Rates,
  name: string,
  request: IncomingMessage,
  url: URL,
  response: ServerResponse,
): Promise<void> {
  const all = await readRequestArguments(request, url);
  const bearer = bearerOf(request);
  await withFault(
    slack.faults.take(name, '*'),
    response,
    () => callMethod(slack, rates, name, all, bearer),
    slack,
  );
}

/** Does the work, or what the fault says instead or around it. */
async function withFault(
  fault: Fault | undefined,
  response: ServerResponse,
  work: () => Promise<Answer>,
  slack: Slack,
): Promise<void> {
  switch (fault?.kind) {
    case 'rate-limited':
      return send(response, {
        status: 429,
        headers: { 'retry-after': String(fault.retryAfter) },
        body: { ok: false, error: 'ratelimited' },
      });
    case 'http-error':
      response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<html>upstream error</html>');
      return;
    case 'error':
      return send(response, { status: 200, headers: {}, body: { ok: false, error: fault.error } });
    case 'drop-before':
      response.destroy();
      return;
    case 'drop-after':
      await work();
      response.destroy();
      return;
    case 'hang':
      return;
    case 'slow':
      await new Promise<void>((resolve) => void slack.state.options.setTimer(fault.ms, resolve));
      return send(response, await work());
    case 'half-answer': {
      const text = JSON.stringify((await work()).body);
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      });
      response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
      return;
    }
    default:
      return send(response, await work());
  }
}

function send(response: ServerResponse, answer: Answer): void {
  response
    .writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...answer.headers })
    .end(JSON.stringify(answer.body));
}

async function upload(
  slack: Slack,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fault = slack.faults.take('upload');
  if (fault?.kind === 'drop-before') return void response.destroy();
  if (fault?.kind === 'http-error') return void response.writeHead(fault.status).end();
  try {
    const file = receiveUpload(slack, id, await readUpload(request, LARGEST_FILE));
    if (fault?.kind === 'drop-after') response.destroy();
    else response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${file.bytes?.length ?? 0}`);
  } catch (error) {
    if (!(error instanceof ApiError) && !(error instanceof RangeError)) throw error;
    response.writeHead(error instanceof ApiError ? 404 : 413).end();
  }
}

async function respondTo(
  slack: Slack,
  path: string,
  request: IncomingMessage,
  url: URL,
  response: ServerResponse,
): Promise<void> {
  const all = await readRequestArguments(request, url);
  const work = async (): Promise<Answer> => {
    try {
      slack.responseUrls.use(path, asRecord(all));
      return { status: 200, headers: {}, body: { ok: true } };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const status = error.code === 'used_url' || error.code === 'expired_url' ? 404 : 500;
      return { status, headers: {}, body: { ok: false, error: error.code, ...error.extra } };
    }
  };
  await withFault(slack.faults.take('response_url'), response, work, slack);
}
