import type { Window } from '../../domain/time.ts';
import { pageOf } from '../explore-link.ts';
import type { HttpClient } from '../http-client.ts';
import { settingsAnswer } from './schema.ts';
import type { GrafanaDeployment } from './settings.ts';

/** Where links of one Grafana lead. */
export interface Links {
  /** The address of its pages. */
  base(): string;
  dashboard(uid: string, window: Window): string;
  /** Asks what address the Grafana gives itself. That it cannot be had is nobody's trouble. */
  learn(signal: AbortSignal): Promise<void>;
}

/**
 * Links are built on `link_url`, else on `url`. What the Grafana says of itself (`appUrl`) is believed only of a host that is
 * configured: it knows the path that its pages are under.
 */
export function createLinks(
  { url, linkUrl, orgId }: GrafanaDeployment,
  client: Pick<HttpClient, 'request'>,
): Links {
  const configured = linkUrl ?? url;
  let base = configured;
  return {
    base: () => base,

    dashboard(uid, { from, to }) {
      const org = orgId === undefined ? '' : `orgId=${encodeURIComponent(orgId)}&`;
      return `${pageOf(base, `/d/${encodeURIComponent(uid)}`)}?${org}from=${from}&to=${to}`;
    },

    async learn(signal) {
      try {
        const answer = await client.request({ method: 'GET', path: '/api/frontend/settings' }, signal);
        const said = settingsAnswer.safeParse(JSON.parse(answer.body.text(4_000_000))).data?.appUrl;
        base = said !== undefined && sameHost(said, configured) ? said : configured;
      } catch {
        base = configured;
      }
    },
  };
}

/** Also the same protocol: a link must not lose its TLS because the Grafana does not know of it. */
function sameHost(said: string, configured: string): boolean {
  const [one, other] = [URL.parse(said), new URL(configured)];
  return one?.host === other.host && one.protocol === other.protocol;
}
