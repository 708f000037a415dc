import { BackendError } from '../../domain/errors.ts';
import { readMatchers } from '../alertmanager/matchers.ts';
import { type Discovery, type Matched, matched } from '../backend.ts';
import { type Place, ticked, undiscovered, unknownNames } from '../unknown-names.ts';
import type { Directory } from './directory.ts';
import { asTyped, mayAsk, speaks } from './sources.ts';

/** See `Backend.match`. The data source is checked, then the names inside it as its own API would have them. */
export function matchGrafana(
  query: string,
  discovery: Discovery,
  directory: Directory,
  place: Place & { readonly section: string; readonly vouched: readonly string[] },
): Matched {
  const { title } = place;
  const question = directory.read(query);
  if (!question) return matched(query, 'no data source and question could be read');
  if (question.kind === 'annotations') return matched(query);
  if (question.kind === 'alerts')
    return readMatchers(question.matchers)
      ? matched(query)
      : matched(query, 'these matchers could not be parsed here, so the server decides');
  if (!discovery.lists.some(({ kind }) => kind === 'sources'))
    throw undiscovered('sources', discovery, place);
  const inside = directory.find(question.source);
  if (!inside) {
    const sources = directory.sources();
    const names = sources.map(asTyped);
    const lower = new Set(names.map((name) => name.toLowerCase()));
    const uids = sources.map(({ uid }) => uid).filter((uid) => !lower.has(uid.toLowerCase()));
    throw unknownNames('data source', [question.source], [...names, ...uids], place);
  }
  const { source } = inside;
  if (speaks(source) === 'alertmanager')
    throw new BackendError('bad-query', `${ticked(source.name)} of ${title} is an Alertmanager.`, {
      asked: title,
      nextStep: 'Its alerts are among those of `alerts`.',
    });
  if (!mayAsk(source, place.vouched))
    throw new BackendError(
      'unauthorized',
      `${ticked(source.name)} of ${title} is a ${ticked(source.type)}: what is sent to it could change something, so it is asked only where somebody vouches for it.`,
      {
        asked: title,
        nextStep: `Whoever runs Steady adds \`vouched_sources = ["${source.uid.replace(/[`"\\]/g, '')}"]\` to \`${place.section}\`, once its own credentials can only read.`,
      },
    );
  const { unchecked, hints, sources } = inside.match(question.expression, discovery);
  return matched(query, unchecked, hints, sources);
}
