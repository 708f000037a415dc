import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Duration, Instant } from '../../domain/time.ts';
import { type Endpoint, telemetryListener } from './endpoint.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS, type ScenarioName } from './scenarios/scenarios.ts';
import { systemsOf } from './systems.ts';

export interface TelemetryOptions {
  /** The sandbox's clock; samples exist up to it. The scenario starts at what it says first. */
  readonly now: () => Instant;
  /** Prometheus's, on 127.0.0.1; 0 takes a free one, as all others do. A port in use rejects with Node's EADDRINUSE. */
  readonly port: number;
  /** Which scripted incident is going on; `checkout` by default, the only one that every system tells of. */
  readonly scenario?: ScenarioName;
  /** How long before the start the cause set in; each scenario has its own default. */
  readonly causeBefore?: Duration;
}

export interface Telemetry {
  /** Prometheus: `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** The same of each played system, by the name of its tool. */
  readonly urls: Readonly<Record<string, string>>;
  /** The sections of a configuration that point a bot at all of them. */
  readonly toml: string;
  readonly scenario: Scenario;
  stop(): Promise<void>;
}

/** Starts the systems that tell of a scripted incident, on loopback only. */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { now } = options;
  const name = options.scenario ?? 'checkout';
  const systems = systemsOf(name);
  const scenario = SCENARIOS[name]({
    startedAt: now(),
    ...(options.causeBefore !== undefined && { causeBefore: options.causeBefore }),
  });
  const urls: Record<string, string> = {};
  const urlOf = (tool: string) => {
    const url = urls[tool];
    if (url === undefined) throw new Error(`the sandbox plays no ${tool}`);
    return url;
  };
  const servers: Server[] = [];
  const stop = async () => void (await Promise.all(servers.map(stopped)));
  try {
    for (const [tool, system] of Object.entries(systems)) {
      const { server, url } = await listen(
        system.play({ scenario, now, urlOf }),
        tool === 'prometheus' ? options.port : 0,
      );
      servers.push(server);
      urls[tool] = url;
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: urlOf('prometheus'),
    urls,
    toml: Object.entries(systems)
      .map(([tool, { toml }]) => toml(urlOf(tool), urlOf))
      .join('\n'),
    scenario,
    stop,
  };
}

async function listen(endpoint: Endpoint, port: number): Promise<{ server: Server; url: string }> {
  const server = createServer(telemetryListener(endpoint));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the telemetry server has no port');
  return { server, url: `http://127.0.0.1:${address.port}` };
}

async function stopped(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
