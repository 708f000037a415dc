import { BackendError } from '../../domain/errors.ts';
import { type Discovery, type Matched, matched } from '../backend.ts';
import { type Place, pointAt, ticked, undiscovered, unknownNames } from '../unknown-names.ts';
import { typesNamed } from './profile-type.ts';
import { readQuestion, writeQuestion } from './question.ts';

/**
 * See `Backend.match`. A type, a label or a service that does not exist is refused; a short name of a type becomes its id, so that
 * the card shows what was sent.
 */
export function matchProfile(query: string, discovery: Discovery, place: Place): Matched {
  const question = readQuestion(query);
  if ('why' in question)
    throw new BackendError('bad-query', question.why, { asked: place.title, nextStep: question.nextStep });
  const { type, matchers } = question;
  const listed = (kind: string) => discovery.lists.find((list) => list.kind === kind);
  const types = listed('types');
  if (!types) throw undiscovered('types', discovery, place);
  const [id, ...others] = typesNamed(type, types.names);
  if (!matchers) {
    const sent = id !== undefined && others.length === 0 ? writeQuestion(question, id) : query;
    return matched(sent, 'this query could not be parsed here, so the server decides');
  }
  if (id === undefined) throw unknownNames('profile type', [type], types.names, place);
  if (others.length > 0)
    throw new BackendError('unknown-source', `${place.title} has several profile types ${ticked(type)}.`, {
      asked: place.title,
      nearest: [id, ...others].slice(0, 5),
      nextStep: 'Say which one.',
    });
  const labels = listed('labels');
  if (!labels && matchers.length > 0) throw undiscovered('labels', discovery, place);
  const positive = matchers.filter(({ op, value }) => op === '=' && value !== '');
  const unknown = positive.map((one) => one.label).filter((one) => !labels?.names.includes(one));
  if (unknown.length > 0) throw unknownNames('label', [...new Set(unknown)], labels?.names ?? [], place);
  const services = listed('services');
  const wanted = positive.find(({ label }) => label === 'service_name')?.value;
  if (services && wanted !== undefined && !services.names.includes(wanted)) {
    if (services.names.length > 0) throw unknownNames('service', [wanted], services.names, place);
    return matched(writeQuestion(question, id), undefined, [pointAt('service', wanted, [])]);
  }
  const sources = [{ source: question.selector, fields: [...new Set(matchers.map((one) => one.label))] }];
  return matched(writeQuestion(question, id), undefined, [], sources);
}
