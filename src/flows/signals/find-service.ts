import { RuleViolation } from '../../domain/errors.ts';
import { metricsOf } from '../../domain/signals/resources.ts';
import {
  exactMatcher,
  looseMatcher,
  nearestNames,
  type ServiceFound,
  serviceLabelsAmong,
} from '../../domain/signals/service.ts';
import type { Matcher } from '../../domain/signals/signal.ts';
import type { Look } from './look.ts';

/** What is known of a backend before a service is looked for. */
export interface Known {
  readonly labels: readonly string[];
  readonly metrics: readonly string[];
}

/** So many labels are asked for their values when nothing of that name was found. */
const ASKED_FOR_NAMES = 6;

/** Where a service is found, surest label first; empty where it is nowhere. By its exact name, else with what is put around one. */
export async function whereIs(
  look: Look,
  service: string,
  { labels }: Known,
): Promise<readonly ServiceFound[]> {
  const among = serviceLabelsAmong(labels);
  const under = async (matcher: (label: string, service: string) => Matcher) => {
    const found = await Promise.all(
      among.map(async (label): Promise<ServiceFound> => {
        const one = matcher(label, service);
        return { matcher: one, metrics: await look.values('__name__', [one]) };
      }),
    );
    return found.filter(({ metrics }) => metrics.length > 0);
  };
  const exact = await under(exactMatcher);
  return exact.length > 0 ? exact : await under(looseMatcher);
}

/** The same; a service that is nowhere is refused with the nearest real ones, a resource with the way to ask for it. */
export async function findService(
  look: Look,
  service: string,
  known: Known,
  command: string,
): Promise<readonly ServiceFound[]> {
  const found = await whereIs(look, service, known);
  if (found.length > 0) return found;
  const said = `\`${service.replaceAll('`', "'")}\``;
  const about = metricsOf(service, known.metrics);
  if (about.length > 0)
    throw new RuleViolation(
      'is-a-resource',
      `${said} is a resource, not a service: ${about
        .slice(0, 2)
        .map((one) => `\`${one}\``)
        .join(
          ', ',
        )} ${about.length === 1 ? 'is' : 'are'} about it. A resource is asked for utilization, saturation and errors.`,
      [{ label: `use ${service}`, command: `use ${service}` }],
    );
  const looked = serviceLabelsAmong(known.labels);
  const { title } = look.backend;
  if (looked.length === 0)
    throw new RuleViolation(
      'no-service-label',
      `${title} has no label that names a service (\`service\`, \`service_name\`, \`app\`, \`job\` …). Ask it in its own language.`,
    );
  const names = await servicesAmong(look, known);
  const nearest = nearestNames(service, names, 5);
  const offered = nearest.length > 0 ? nearest : names.slice(0, 5);
  throw new RuleViolation(
    'unknown-service',
    `${title} has no service ${said} in this time. Looked in ${looked.map((one) => `\`${one}\``).join(', ')}. ${
      offered.length === 0 ? 'They name none.' : `${nearest.length > 0 ? 'Nearest' : 'There are'}:`
    }`,
    offered.map((one) => ({ label: one, command: `${command} ${one}` })),
  );
}

/** The services that there are, those under the surest label first. */
export async function servicesAmong(look: Look, { labels }: Known): Promise<readonly string[]> {
  const asked = serviceLabelsAmong(labels).slice(0, ASKED_FOR_NAMES);
  const lists = await Promise.all(asked.map((label) => look.values(label, [{ label, op: '!=', value: '' }])));
  return [...new Set(lists.flat())];
}
