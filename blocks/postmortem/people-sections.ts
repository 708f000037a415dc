import type { PartName } from '../../src/domain/postmortem/parts.ts';
import { PARTS } from '../../src/domain/postmortem/parts.ts';
import type { Observation, Postmortem } from '../../src/domain/postmortem/postmortem.ts';
import { sayDuration } from '../../src/domain/time.ts';
import { some } from '../fit.ts';
import { iso } from '../text.ts';
import { type DocumentBlock, missing, type Pieces } from './document.ts';
import { joined, said, type Writing, who } from './say.ts';

/** What people wrote on a part, a line each, and who; else that nobody did yet, and how to. */
export function partBlocks(
  { contributed }: Postmortem,
  part: PartName,
  writing: Writing,
  before: readonly Pieces[] = [],
): readonly DocumentBlock[] {
  const words = contributed.words.find((one) => one.part === part);
  const text = words?.text ?? '';
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const items = [...before, ...lines.map((line) => said(line.replace(/^\s*[-*+]\s+/, ''), writing))];
  const asks = PARTS.find((one) => one.name === part)?.asks ?? '';
  return [
    ...(items.length > 0 ? [{ kind: 'list', items } as const] : []),
    lines.length > 0
      ? {
          kind: 'line',
          pieces: ['From ', ...joined((words?.by ?? []).map((one) => [who(one, writing)])), '.'],
        }
      : missing(
          `Nobody has said yet: ${asks} Anyone who was there can: \`postmortem ${part} …\`, or *Fill in*.`.replaceAll(
            '*',
            '',
          ),
        ),
  ];
}

/** Who does what by when, and what became of it. */
export function actionBlocks({ actions }: Postmortem, writing: Writing): readonly DocumentBlock[] {
  if (actions.length === 0)
    return [missing('None yet. Anyone can add one: `action <what to do> @owner due:fri`.')];
  const rows = actions.map((one): readonly Pieces[] => {
    const { link, closed } = one;
    return [
      [one.id],
      [
        ...said(one.text, writing),
        ...(link === undefined ? [] : [' · ', { link, text: 'where it is tracked' }]),
      ],
      [one.owner === undefined ? 'nobody yet' : who(one.owner, writing)],
      [one.dueAt === undefined ? 'no date' : iso(one.dueAt).slice(0, 10)],
      closed
        ? [
            `${closed.how} ${iso(closed.at).slice(0, 10)}`,
            ...(closed.reason === undefined ? [] : [': ', ...said(closed.reason, writing)]),
          ]
        : ['open'],
    ];
  });
  return [{ kind: 'table', head: ['Id', 'What', 'Owner', 'Due', 'State'], rows }];
}

/** What the timeline itself shows of how it went. */
export function observed(
  { observations }: Postmortem,
  sides: readonly Observation['side'][],
  writing: Writing,
): readonly Pieces[] {
  return observations.filter((one) => sides.includes(one.side)).map((one) => [say(one, writing)]);
}

function say(one: Observation, writing: Writing): string {
  switch (one.fact) {
    case 'promises':
      return one.kept === one.of
        ? `Every promised update came in time (${one.of})`
        : `${one.of - one.kept} of ${one.of} promised updates came late`;
    case 'silence':
      return `The channel waited ${sayDuration(one.longest)} at most`;
    case 'mitigated-after':
      return `Mitigated ${sayDuration(one.duration)} after ${one.from === 'impact' ? 'the impact began' : 'it was declared'}`;
    case 'noticed-late':
      return `The impact went unnoticed for ${sayDuration(one.duration)}`;
    case 'ruled-out':
      return `Ruled out by a test, not by opinion: ${one.hypotheses.join(', ')}`;
    case 'reviewed':
      return `The conclusion was judged by ${who(one.by, writing)}, who had no part in it`;
    case 'not-reviewed':
      return 'It closed without anybody independent judging the conclusion';
    case 'reopened':
      return one.times === 1 ? 'It was reopened once' : `It was reopened ${one.times} times`;
    case 'untested':
      return `Stated and never tested: ${one.hypotheses.join(', ')}`;
    case 'unverified':
      return `${some(one.claims, 'claim')} went out with no evidence behind ${one.claims === 1 ? 'it' : 'them'}`;
    case 'returned':
      return one.times === 1
        ? 'A conclusion came back once, because something was missing'
        : `Conclusions came back ${one.times} times, because something was missing`;
    case 'queries':
      return `${some(one.queries, 'query')}, ${one.empty} of them with nothing in the answer`.replace(
        'querys',
        'queries',
      );
    case 'first-query':
      return `First query ${sayDuration(one.after)} after the declaration`;
    case 'channel-lost':
      return `Steady could not speak in the channel ${one.times === 1 ? 'once' : `${one.times} times`}`;
  }
}
