const API = 'https://api.axiom.co';

/** What `/v2/datasets` says of where a dataset lives. */
export interface Home {
  readonly edgeDeployment?: string | null | undefined;
  readonly edgeDeploymentUrl?: string | null | undefined;
}

/** The address of management requests: an edge has none of its own. */
export function managementAddress(url: string): string {
  return isEdge(url) ? API : url;
}

export function isEdge(url: string): boolean {
  return /^[a-z0-9.-]+\.edge\.axiom\.co$/.test(URL.parse(url)?.hostname ?? '');
}

/**
 * The edge to ask for a dataset, undefined where the classic address of `url` must do. The token goes wherever this says, and the
 * answer comes from a server: it is followed to the configured origin itself, and from an address of Axiom to an edge of Axiom over
 * https. From a proxy it leads nowhere else. A configured edge is the only one. https://axiom.co/docs/reference/edge-deployments
 */
export function edgeFor(url: string, { edgeDeployment, edgeDeploymentUrl }: Home): string | undefined {
  if (isEdge(url)) return url;
  const told = URL.parse(edgeDeploymentUrl ?? '');
  const configured = new URL(url);
  if (told && told.origin === configured.origin) return url;
  if (!isAxiom(configured)) return undefined;
  if (told) return isAxiom(told) && isEdge(told.href) ? told.origin : undefined;
  const region = /^cloud\.([a-z]{2}-[a-z]+-\d)\.(aws)$/.exec(edgeDeployment ?? '');
  return region ? `https://${region[1]}.${region[2]}.edge.axiom.co` : undefined;
}

function isAxiom({ protocol, hostname, port, username, password }: URL): boolean {
  const plain = port === '' && username === '' && password === '';
  return protocol === 'https:' && plain && /^(?:[a-z0-9-]+\.)+axiom\.co$/.test(hostname);
}

/** The console that belongs to an address: `api.X` becomes `app.X`, an edge and the cloud are Axiom's own. */
export function consoleAddress(url: string): string {
  const root = new URL(url);
  if (isEdge(url) || root.hostname === 'cloud.axiom.co') return 'https://app.axiom.co';
  root.hostname = root.hostname.replace(/^api\./, 'app.');
  return root.href;
}
