import { BackendError } from '../../domain/errors.ts';
import { type Discovery, type Matched, matched, type NamedSource } from '../backend.ts';
import { type Place, pointAt, undiscovered, unknownNames } from '../unknown-names.ts';
import { readQuestion, type Search, type SentryQuestion } from './question.ts';
import { isBuiltIn } from './searchable.ts';

/** Names that a question may leave out: the deployment's own. */
export interface Defaults {
  readonly organization: string;
  readonly project?: string | undefined;
}

const PROJECT_KEYS: ReadonlySet<string> = new Set(['project', 'project.name']);

/**
 * See `Backend.match`. A project that does not exist is refused, in a search, in a short id and in the configuration; so is a tag
 * that no event of the time has. An environment that does not exist is a hint: nothing there is a finding.
 */
export function matchSentry(query: string, discovery: Discovery, place: Place, defaults: Defaults): Matched {
  const question = readQuestion(query);
  if (!('verb' in question))
    throw new BackendError('bad-query', question.why, { asked: place.title, nextStep: question.nextStep });
  const projects = discovery.lists.find((list) => list.kind === 'projects');
  if (!projects) throw undiscovered('projects', discovery, place);
  const named = projectsOf(question);
  const known = new Set(projects.names);
  const wanted = named.length > 0 || defaults.project === undefined ? named : [defaults.project];
  const unknown = wanted.filter((one) => !known.has(one));
  if (unknown.length > 0 && !projects.truncated)
    throw unknownNames('project', [...new Set(unknown)], projects.names, place);
  const search = searchOf(question);
  if (search && !search.terms)
    return matched(query, 'this search could not be parsed here, so the server decides');
  if (question.verb === 'tags') refuseUnknownTag(question.key, discovery, place);
  return matched(
    query,
    undefined,
    search ? environmentHints(search, discovery) : [],
    sourcesOf(question, wanted, defaults),
  );
}

function searchOf(question: SentryQuestion): Search | undefined {
  return 'search' in question ? question.search : undefined;
}

/** Only what is demanded: `!project:x` and patterns are met without it. */
function projectsOf(question: SentryQuestion): readonly string[] {
  if (question.verb === 'issue' || question.verb === 'tags') {
    const short = /^(.+)-[0-9A-Z]+$/.exec(question.issue)?.[1];
    return short === undefined ? [] : [short.toLowerCase()];
  }
  return (searchOf(question)?.terms ?? [])
    .filter(({ key, negated }) => PROJECT_KEYS.has(key) && !negated)
    .flatMap(({ values }) => values.filter((value) => !value.includes('*')));
}

function refuseUnknownTag(key: string, discovery: Discovery, place: Place): void {
  const tags = discovery.lists.find((list) => list.kind === 'tags');
  if (!tags || tags.truncated || isBuiltIn(key) || tags.names.includes(key)) return;
  throw unknownNames('tag', [key], tags.names, place);
}

function environmentHints({ terms = [] }: Search, discovery: Discovery): readonly string[] {
  const environments = discovery.lists.find((list) => list.kind === 'environments');
  if (!environments || environments.truncated) return [];
  return terms
    .filter(({ key, negated }) => key === 'environment' && !negated)
    .flatMap(({ values }) => values)
    .filter((value) => value !== '' && !value.includes('*') && !environments.names.includes(value))
    .slice(0, 3)
    .map((value) => pointAt('environment', value, environments.names));
}

/** The tags that a search names, each of the projects that it is about; Sentry's own properties are no tags. */
function sourcesOf(
  question: SentryQuestion,
  projects: readonly string[],
  defaults: Defaults,
): readonly NamedSource[] {
  const search = searchOf(question);
  if (!search?.terms) return [];
  const named = search.terms.flatMap(({ key, values }) => (key === 'has' ? values : [key]));
  const fields = [...new Set(named.map((key) => /^tags\[([^\],]+)/.exec(key)?.[1] ?? key))].filter(
    (key) => !isBuiltIn(key),
  );
  const sources = projects.length > 0 ? projects : [defaults.organization];
  return [...new Set(sources)].map((source) => ({ source, fields }));
}
