import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandboxClock, type SandboxClock } from './clock.ts';
import { type PageServer, startPageServer } from './page-server.ts';
import { startWorkspace, type Workspace } from './slack/workspace.ts';
import { startTelemetry, type Telemetry } from './telemetry/start-telemetry.ts';

/** Where the page is tried first. */
const PAGE_PORT = 4717;

/** What a newcomer may type first, in this order. */
export const SUGGESTIONS: readonly string[] = [
  '@Steady declare P1 checkout returns 500s here',
  '@Steady prom 100 * sum(rate(http_requests_total{service="checkout",code="500"}[5m])) / sum(rate(http_requests_total{service="checkout"}[5m]))',
  '@Steady update impact: 23 % of checkouts fail (E1) doing: asking the payments team',
];

export interface Sandbox {
  readonly url: string;
  readonly clock: SandboxClock;
  readonly dataDir: string;
  /** The configuration that points a bot at this workspace and its telemetry. */
  readonly toml: string;
  readonly workspace: Workspace;
  readonly telemetry: Telemetry;
  readonly page: PageServer;
  stop(): Promise<void>;
}

/** A Slack workspace, its page and the telemetry of a scripted incident, on loopback alone; its tokens live as long as it does. */
export async function runSandbox(options: {
  readonly port?: number;
  readonly clockFree: boolean;
}): Promise<Sandbox> {
  const begun = Date.now();
  const clock = createSandboxClock(options.clockFree ? () => begun : () => Date.now(), startTimer);
  const secret = () => randomBytes(18).toString('base64url');
  const tokens = {
    bot: `xoxb-sandbox-${secret()}`,
    app: `xapp-sandbox-${secret()}`,
    signingSecret: secret(),
  };
  const workspace = await startWorkspace({
    clock,
    tokens,
    setTimer: startTimer,
    realNow: () => Date.now(),
    suggestions: SUGGESTIONS,
  });
  const telemetry = await startTelemetry({ now: clock.now, port: 0 });
  const page = await startPageServer({ workspace, token: secret(), port: options.port ?? PAGE_PORT });
  const dataDir = await mkdtemp(join(tmpdir(), 'steady-sandbox-'));
  const toml = `
[slack]
bot_token = "${tokens.bot}"
app_token = "${tokens.app}"
api_url = "${workspace.apiUrl}"

[knowledge.orgs.team]

${telemetry.toml}`;
  return {
    url: page.url,
    clock,
    dataDir,
    toml,
    workspace,
    telemetry,
    page,
    stop: async () => {
      await page.close();
      await workspace.close();
      await telemetry.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function startTimer(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
