import { ConfigError } from '../domain/errors.ts';
import type { NamePattern } from '../domain/name-links.ts';
import { createAlertmanager } from './alertmanager/alertmanager.ts';
import type { AlertmanagerDeployment } from './alertmanager/settings.ts';
import { createAxiom } from './axiom/axiom.ts';
import { type AxiomDeployment, axiomProblems } from './axiom/settings.ts';
import type { Backend, BackendDeps } from './backend.ts';
import type { Connection } from './connection.ts';
import type { DecodeModule } from './decoder.ts';
import { createGrafana } from './grafana/grafana.ts';
import type { GrafanaDeployment } from './grafana/settings.ts';
import { createLoki } from './loki/loki.ts';
import type { LokiDeployment } from './loki/settings.ts';
import { createPrometheus } from './prometheus/prometheus.ts';
import type { PrometheusDeployment } from './prometheus/settings.ts';
import { createPyroscope } from './pyroscope/pyroscope.ts';
import type { PyroscopeDeployment } from './pyroscope/settings.ts';
import { sentryNames } from './sentry/name-patterns.ts';
import { createSentry } from './sentry/sentry.ts';
import type { SentryDeployment } from './sentry/settings.ts';

/** The configured deployments by tool; a tool that is absent is off. */
export interface BackendSettings {
  readonly prometheus?: readonly PrometheusDeployment[];
  readonly loki?: readonly LokiDeployment[];
  readonly alertmanager?: readonly AlertmanagerDeployment[];
  readonly axiom?: readonly AxiomDeployment[];
  readonly grafana?: readonly GrafanaDeployment[];
  readonly pyroscope?: readonly PyroscopeDeployment[];
  readonly sentry?: readonly SentryDeployment[];
}

/** A deployment's name and address: what every tool's settings have. */
type Deployment = Connection & { readonly name: string; readonly linkUrl?: string };

interface Tool {
  create(settings: BackendSettings, deps: BackendDeps): readonly Backend[];
  /** Where its `ReadKept` is: how a kept answer is read again without asking. */
  readonly kept: DecodeModule;
  deployments(settings: BackendSettings): readonly Deployment[];
  /** What its deployments lack besides what every tool needs; says no value. */
  lacks?(settings: BackendSettings, name: string): readonly string[];
  /** How its ids look in what people write, and where they lead. */
  names?(settings: BackendSettings): readonly NamePattern[];
}

/** Every backend there is; each key is the name of its folder here. The one list of them. */
export const TOOLS: Readonly<Record<string, Tool>> = {
  prometheus: {
    create: (settings, deps) => (settings.prometheus ?? []).map((one) => createPrometheus(one, deps)),
    kept: keptIn('prometheus', 'readPrometheus'),
    deployments: (settings) => settings.prometheus ?? [],
  },
  loki: {
    create: (settings, deps) => (settings.loki ?? []).map((one) => createLoki(one, deps)),
    kept: keptIn('loki', 'readLoki'),
    deployments: (settings) => settings.loki ?? [],
  },
  alertmanager: {
    create: (settings, deps) => (settings.alertmanager ?? []).map((one) => createAlertmanager(one, deps)),
    kept: keptIn('alertmanager', 'readAlertmanager'),
    deployments: (settings) => settings.alertmanager ?? [],
  },
  grafana: {
    create: (settings, deps) => (settings.grafana ?? []).map((one) => createGrafana(one, deps)),
    kept: keptIn('grafana', 'readGrafana'),
    deployments: (settings) => settings.grafana ?? [],
  },
  pyroscope: {
    create: (settings, deps) => (settings.pyroscope ?? []).map((one) => createPyroscope(one, deps)),
    kept: keptIn('pyroscope', 'readPyroscope'),
    deployments: (settings) => settings.pyroscope ?? [],
  },
  sentry: {
    create: (settings, deps) => (settings.sentry ?? []).map((one) => createSentry(one, deps)),
    kept: keptIn('sentry', 'readSentry'),
    deployments: (settings) => settings.sentry ?? [],
    names: (settings) => sentryNames(settings.sentry ?? []),
    lacks: (settings, name) =>
      settings.sentry?.find((one) => one.name === name)?.organization === ''
        ? ['`organization_slug` is missing']
        : [],
  },
  axiom: {
    create: (settings, deps) => (settings.axiom ?? []).map((one) => createAxiom(one, deps)),
    kept: keptIn('axiom', 'readAxiom'),
    deployments: (settings) => settings.axiom ?? [],
    lacks: (settings, name) =>
      (settings.axiom ?? []).filter((one) => one.name === name).flatMap(axiomProblems),
  },
};

/** `kept.ts` of a tool's folder; it is loaded in a worker, so it is named and not imported. */
function keptIn(folder: string, name: string): DecodeModule {
  return { href: new URL(`./${folder}/kept.ts`, import.meta.url).href, name };
}

/** The configured backends, in the configuration's order. Throws ConfigError with every half-set deployment at once. */
export function createBackends(settings: BackendSettings, deps: BackendDeps): readonly Backend[] {
  const problems = Object.entries(TOOLS).flatMap(([tool, { deployments, lacks }]) =>
    deployments(settings).flatMap((one) =>
      [...halfSet(one), ...(lacks?.(settings, one.name) ?? [])].map(
        (problem) => `[${tool}.deployments.${one.name}]: ${problem}`,
      ),
    ),
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.values(TOOLS).flatMap((tool) => tool.create(settings, deps));
}

/** The ids of configured systems in what people write, and their pages. */
export function namesOf(settings: BackendSettings): readonly NamePattern[] {
  return Object.values(TOOLS).flatMap((tool) => tool.names?.(settings) ?? []);
}

/** What a deployment lacks before it can be asked; empty when nothing. Says no value. */
function halfSet({ name, url, linkUrl, auth, cloudflareAccess, ca }: Deployment): string[] {
  const problems: string[] = [];
  if (!/^[\w.-]{1,60}$/.test(name)) problems.push('its name needs letters, digits, `_`, `.` or `-`');
  problems.push(...addressProblems('url', url));
  // User-info and the like in `link_url` are dropped from links, so only its scheme matters.
  if (linkUrl !== undefined && !isHttp(linkUrl)) problems.push('`link_url` is no http or https address');
  if (auth?.kind === 'bearer' && auth.token.isEmpty)
    problems.push(`the token from ${auth.token.origin} is empty`);
  if (auth?.kind === 'basic') {
    if (auth.username === '') problems.push('`password` is set without `username`');
    if (auth.password.isEmpty) problems.push('`username` is set without `password`');
  }
  if (auth?.kind === 'header') {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(auth.name)) problems.push('the header has no valid name');
    if (auth.value.isEmpty) problems.push(`the header value from ${auth.value.origin} is empty`);
  }
  if (cloudflareAccess?.clientSecret.isEmpty)
    problems.push('the Cloudflare Access client id is set without its secret');
  if (cloudflareAccess?.clientId === '')
    problems.push('the Cloudflare Access client secret is set without its id');
  if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----'))
    problems.push('`ca` is no PEM certificate');
  return problems;
}

function addressProblems(key: string, address: string): string[] {
  if (address === '') return [`\`${key}\` is missing`];
  const url = URL.parse(address);
  if (!url || !isHttp(address)) return [`\`${key}\` is no http or https address`];
  if (url.username !== '' || url.password !== '')
    return [`\`${key}\` holds user-info; use \`username\` and \`password\``];
  if (url.search !== '' || url.hash !== '')
    return [`\`${key}\` holds a query or fragment; give the base address alone`];
  return [];
}

function isHttp(address: string): boolean {
  return /^https?:$/.test(URL.parse(address)?.protocol ?? '');
}
