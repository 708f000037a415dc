import type { OfferedQuery } from '../../blocks/evidence/offered-query.ts';
import {
  forgottenMessage,
  knowledgeList,
  recalled,
  rememberedMessage,
} from '../../blocks/knowledge/knowledge.ts';
import { changedLine } from '../../blocks/knowledge/knowledge-changed.ts';
import { exportMessage, importMessage } from '../../blocks/knowledge/knowledge-export.ts';
import { healthMessage, sleepMessage } from '../../blocks/knowledge/knowledge-health.ts';
import { journalMessage } from '../../blocks/knowledge/knowledge-journal.ts';
import { ownSuggestions } from '../../blocks/knowledge/own-suggestions.ts';
import { shownEntry } from '../../blocks/knowledge/shown-entry.ts';
import { sleepNoticeMessage } from '../../blocks/knowledge/sleep-notice.ts';
import { suggestionCard } from '../../blocks/knowledge/suggestion-card.ts';
import type { Message, Reading, View } from '../../blocks/message.ts';
import { correctEntryModal } from '../../blocks/modals/correct-entry.ts';
import { rememberModal } from '../../blocks/modals/remember.ts';
import { statusCard } from '../../blocks/status-card.ts';
import type { Health } from '../../src/domain/knowledge/health.ts';
import { emptyJournal, withNote } from '../../src/domain/knowledge/journal.ts';
import { type KnowledgeFile, readFile } from '../../src/domain/knowledge/read-file.ts';
import type { ServiceFacts } from '../../src/domain/knowledge/service-facts.ts';
import type { Shelved } from '../../src/domain/knowledge/shelf.ts';
import type { SleepNotice } from '../../src/domain/knowledge/sleep-notice.ts';
import type { Suggestion } from '../../src/domain/knowledge/suggestion.ts';
import { at, LEA, story } from './sample.ts';

/** What the pictures of knowledge are drawn from. */
export interface KnowledgePaint {
  readonly words: string;
  readonly many: number;
  readonly reading: Reading;
}

function factsSaying(words: string): ServiceFacts {
  const said = (value: string) => ({ value, from: { shelf: `org/${words}`, id: 'x', key: words } });
  const url = 'https://git.example.com/checkout';
  return { dashboard: said(url), repository: said(url), owner: said(words), dataset: said(words) };
}

/** What an evidence offers to ask next. */
export function offeredQuery(words: string): OfferedQuery {
  const entry: Shelved['entry'] = {
    at: at('14:00'),
    key: words,
    type: 'query',
    tags: [],
    used: 1,
    pinned: false,
    body: words,
  };
  return {
    one: { shelf: `org/${words}`, id: `queries/${words}`, kind: 'queries', entry },
    run: { tool: 'prometheus', deployment: 'prod', query: words },
    proved: 'INC-31',
  };
}

/** Every form about what is known. */
export function knowledgeViews(words: string): Readonly<Record<string, View>> {
  return {
    'modal: correct an entry': correctEntryModal(offeredQuery(words).one, { about: words.slice(0, 500) }),
    'modal: remember': rememberModal(words, false, { channel: 'C1' }),
    'modal: remember, from a private channel': rememberModal(words, true, { channel: 'C1' }),
  };
}

/** Every message about what is known. */
export function knowledgeMessages({
  words,
  many,
  reading,
}: KnowledgePaint): Readonly<Record<string, Message>> {
  const times = <T>(make: (i: number) => T): T[] => Array.from({ length: many }, (_, i) => make(i));
  const one = (i: number, shelf: string): Shelved => ({
    shelf,
    id: `facts/${i}`,
    kind: 'facts',
    entry: {
      at: at('14:00') + i,
      key: words,
      type: 'fact',
      tags: [words, words],
      used: i,
      lastUsed: '2026-11-23',
      pinned: true,
      body: `${words}\n\n**Shows it**\n\n\`\`\`promql\n${words}\n\`\`\``,
    },
  });
  const matches = times((i) => ({ one: one(i, `org/${words}`), score: 1, why: [words, words] })).slice(0, 5);
  const unread = times(() => ({ shelf: `org/${words}`, why: words })).slice(0, 9);
  const tier = (why: string | undefined): Health => ({
    shelf: `org/${words}`,
    entries: many,
    problems: times(() => words),
    toTidy: many,
    bloated: true,
    unpushed: many,
    pulledAt: at('14:00'),
    ...(why !== undefined && { why }),
  });
  const slept = (why: SleepNotice['why'], state: SleepNotice['state']): SleepNotice => ({
    org: words,
    why,
    state,
    lines: times(() => words),
  });
  const notes =
    times((i) => i).reduce<KnowledgeFile | undefined>(
      (file, i) => withNote(file, { at: at('14:00') + i, did: 'saved', kind: 'facts', key: words, by: 'U1' }),
      undefined,
    ) ?? emptyJournal('2026-11');
  const suggestions = times((i): Suggestion => {
    const why = { service: words, phrases: times(() => words).slice(0, 9), words: times(() => words) };
    const run = { tool: 'prometheus', deployment: 'prod', query: words };
    return i % 2 === 0
      ? {
          of: { kind: 'entry', in: 'patterns', shelf: `org/${words}`, id: `${i}`, key: words },
          name: words,
          says: words,
          why,
          run,
        }
      : {
          of: { kind: 'incident', number: i, endedAt: at('14:00') },
          name: words,
          why: { phrases: [], words: [words] },
        };
  }).slice(0, 3);
  const suggest = { type: 'suggest', because: 1, suggestions } as const;
  const told = story([[at('14:08'), 'steady', suggest]]);
  const seq = told.suggested[0]?.seq ?? 0;
  const [first] = suggestions;
  const used = first && ({ type: 'use-knowledge', of: first.of, name: words, how: 'helped' } as const);
  const answered = story(
    [
      ...(used ? [[at('14:09'), LEA, used] as const] : []),
      ...(suggestions.length > 1
        ? [[at('14:09'), LEA, { type: 'dismiss-suggestion', seq, index: 1 }] as const]
        : []),
    ],
    undefined,
    told,
  );
  const shown = answered.suggested[0];
  const pages: Shelved = {
    ...one(1, `org/${words}`),
    entry: { ...one(1, '').entry, body: times(() => `${words}\n\n\`\`\`apl\n${words}\n\`\`\`\n`).join('\n') },
  };
  return {
    ...(told.suggested[0] && { 'suggestions, new': suggestionCard(told, told.suggested[0], reading) }),
    ...(shown && { 'suggestions, answered': suggestionCard(answered, shown, reading) }),
    'card with facts': statusCard(
      story([
        [at('14:08'), 'steady', { type: 'take-facts', service: words || 'x', facts: factsSaying(words) }],
      ]),
      reading,
    ),
    'own suggestions': ownSuggestions(told, times((i) => one(i, 'personal/U1')).slice(0, 3), reading),
    'an entry, whole': shownEntry(
      pages,
      times((i) => i),
      reading,
    ),
    'recall, found': recalled(words, { matches, more: many, unread }, reading),
    'recall, nothing': recalled(words, { matches: [], more: 0, unread: [] }, reading),
    'kb, all of a kind': knowledgeList(
      'queries',
      times((i) => one(i, 'personal/U1')),
      unread,
    ),
    'kb, none of a kind': knowledgeList('facts', [], []),
    remembered: rememberedMessage(one(1, 'personal/U1'), undefined, reading, {
      label: words,
      command: words.slice(0, 500),
    }),
    'remembered, not pushed': rememberedMessage(one(1, `org/${words}`), words, reading),
    forgotten: forgottenMessage(one(1, 'shipped')),
    'kb doctor, ill': healthMessage([tier(words), { ...tier(undefined), shelf: 'shipped' }], reading),
    'kb doctor, well': healthMessage(
      [{ shelf: 'shipped', entries: 1, problems: [], toTidy: 0, bloated: false, unpushed: 0 }],
      reading,
    ),
    'kb sleep, planned': sleepMessage(
      words,
      times(() => words),
      false,
    ),
    'kb sleep, done': sleepMessage(
      words,
      times(() => words),
      true,
    ),
    'kb sleep, nothing': sleepMessage(words, [], false),
    'knowledge changed': changedLine(words),
    'sleep, offered': sleepNoticeMessage(slept('bloat', 'planned'), reading),
    'sleep, due': sleepNoticeMessage(slept('schedule', 'planned'), reading),
    'sleep, done': sleepNoticeMessage({ ...slept('schedule', 'slept'), by: 'U1' }, reading),
    'sleep, not now': sleepNoticeMessage({ ...slept('bloat', 'later'), by: 'U1' }, reading),
    'kb export': exportMessage('2026-11-28', { entries: many, text: words }),
    'kb export, nothing': exportMessage('2026-11-28', { entries: 0 }),
    'kb import': importMessage('U0123ABCD'),
    'kb journal': journalMessage(
      '2026-11',
      [
        { shelf: `org/${words}`, file: notes },
        { shelf: 'personal/U1', file: readFile('facts', words) },
      ],
      unread,
      reading,
    ),
    'kb journal, empty': journalMessage('2026-11', [], [], reading),
  };
}
