import { decodeDocument, isGet } from '../decode-document.ts';
import type { KeptPiece, KeptQuestion } from '../kept-answer.ts';
import {
  type Deploy,
  decodeDeploys,
  decodeEvent,
  decodeEvents,
  decodeIssue,
  decodeIssues,
  decodeReleases,
  type ListPiece,
} from './decode.ts';
import { issueText } from './issue-text.ts';
import { readParts } from './parts.ts';
import { readQuestion, type SentryQuestion } from './question.ts';
import { arrivals, eventRows, issueRows, isWithin, releaseRows } from './rows.ts';
import { happened } from './verbs/issue.ts';
import { deploysOf, lastOf } from './verbs/releases.ts';

type Decode<One> = (bytes: Uint8Array) => Iterable<ListPiece<One>>;

/** Reads a kept answer again: the rows or the text, as they were shown; of whatever else was read by its path. */
export function* readSentry(bytes: Uint8Array, { query, window }: KeptQuestion): Iterable<KeptPiece> {
  if (isGet(query)) {
    yield* decodeDocument(bytes);
    return;
  }
  const question = readQuestion(query);
  if (!('verb' in question)) throw new TypeError('The question of a kept answer cannot be read');
  const parts = readParts(bytes, PARTS[question.verb]);
  const all = <One>(of: string, decode: Decode<One>): One[] =>
    parts
      .filter((part) => part.of === of)
      .flatMap(({ body }) => [...decode(Buffer.from(JSON.stringify(body)))])
      .flatMap((piece) => (piece.kind === 'some' ? [...piece.some] : []));
  switch (question.verb) {
    case 'issues':
    case 'new':
      yield issueRows(all('issues', decodeIssues));
      return;
    case 'events':
      yield eventRows(all('events', decodeEvents), question.fields);
      return;
    case 'tags':
      yield eventRows(all('events', decodeEvents), [question.key, 'count()']);
      return;
    case 'releases': {
      const released = all('releases', decodeReleases).map((release) => {
        const read: readonly Deploy[] = all(deploysOf(release), decodeDeploys);
        return { release, deploys: read.length > 0 ? read : lastOf(release) };
      });
      yield releaseRows(arrivals(released).filter((one) => isWithin(window, one)));
      return;
    }
    case 'issue': {
      const [issue] = all('issue', decodeIssue);
      if (!issue) throw new TypeError('The issue is missing');
      const [event] = all('event', decodeEvent);
      yield { kind: 'text', text: issueText(issue, happened(all('counts', decodeEvents)), event) };
    }
  }
}

/** What a snapshot without an envelope holds. */
const PARTS: Readonly<Record<SentryQuestion['verb'], string>> = {
  issues: 'issues',
  new: 'issues',
  issue: 'issue',
  releases: 'releases',
  tags: 'events',
  events: 'events',
};
