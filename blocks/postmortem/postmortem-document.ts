import { fingerprint } from '../../src/domain/postmortem/fingerprint.ts';
import type { Postmortem } from '../../src/domain/postmortem/postmortem.ts';
import { DAY } from '../../src/domain/time.ts';
import { brief, some } from '../fit.ts';
import { iso } from '../text.ts';
import {
  fixBlocks,
  overrideBlocks,
  queryBlocks,
  rootCauseBlocks,
  ruledOutBlocks,
  unverifiedBlocks,
} from './cause-sections.ts';
import { type Document, type DocumentBlock, missing, type Section } from './document.ts';
import { markdownOf } from './markdown.ts';
import { actionBlocks, observed, partBlocks } from './people-sections.ts';
import type { Writing } from './say.ts';
import { communicationBlocks, detectionBlocks, impactBlocks, summaryBlocks } from './summary-sections.ts';
import { timelineRows } from './timeline-rows.ts';
import { withEdits } from './with-edits.ts';

/** Pictures of the incident that the document shows, with what they show in words. */
export type DocumentPictures = readonly { readonly name: string; readonly alt: string }[];

/** The whole postmortem: every section of ours from the timeline, then what people made of it. */
export function postmortemDocument(
  postmortem: Postmortem,
  writing: Writing,
  pictures: DocumentPictures = [],
): Document {
  const sections = sectionsOf(postmortem, writing, pictures).map(
    (one): Section => ({ ...one, base: fingerprint(markdownOf(one)) }),
  );
  return {
    title: `${postmortem.incident} postmortem: ${brief(postmortem.title, 200)}`,
    about: aboutLine(postmortem, writing),
    sections: withEdits(sections, postmortem.contributed.edits, writing),
  };
}

function aboutLine(
  { draft, phase, private: secret, times, severity }: Postmortem,
  { reading }: Writing,
): string {
  const day = (at: number) => iso(at).slice(0, 10);
  const from = times.impactAt ?? times.declaredAt;
  const to = times.endedAt ?? reading.now;
  const days = Math.floor(from / DAY) === Math.floor(to / DAY) ? day(from) : `${day(from)} to ${day(to)}`;
  return [
    ...(draft ? ['Draft'] : []),
    severity,
    phase,
    days,
    'times are UTC',
    ...(secret ? ['private: stays in its channel'] : []),
  ].join(' · ');
}

function sectionsOf(
  postmortem: Postmortem,
  writing: Writing,
  pictures: DocumentPictures,
): readonly Omit<Section, 'base'>[] {
  const section = (key: string, title: string, blocks: readonly DocumentBlock[]) => ({ key, title, blocks });
  return [
    section('summary', 'Summary', summaryBlocks(postmortem, writing)),
    section('impact', 'Impact', impactBlocks(postmortem, writing)),
    section('root-cause', 'Root cause', rootCauseBlocks(postmortem, writing)),
    section('factors', 'Contributing factors', partBlocks(postmortem, 'factors', writing)),
    section('detection', 'Detection', detectionBlocks(postmortem, writing)),
    section('timeline', 'Timeline', timelineBlocks(writing)),
    section('ruled-out', 'What was ruled out', ruledOutBlocks(postmortem, writing)),
    section('queries', 'Key queries', queryBlocks(postmortem, writing)),
    section(
      'well',
      'What went well',
      partBlocks(postmortem, 'well', writing, observed(postmortem, ['well'], writing)),
    ),
    section(
      'badly',
      'What did not go well',
      partBlocks(postmortem, 'badly', writing, observed(postmortem, ['badly'], writing)),
    ),
    section('measured', 'Measured', measuredBlocks(postmortem, writing)),
    section('actions', 'Action items', actionBlocks(postmortem, writing)),
    section(
      'lessons',
      'What would have made this trivial to debug?',
      partBlocks(postmortem, 'lessons', writing),
    ),
    section(
      'observability',
      'Which observability is missing?',
      partBlocks(postmortem, 'observability', writing),
    ),
    section('unverified', 'Unverified claims', unverifiedBlocks(postmortem, writing)),
    section('overrides', 'Overrides', overrideBlocks(postmortem, writing)),
    section('communication', 'Communication', communicationBlocks(postmortem, writing)),
    section('fixes', 'Fix reports', fixBlocks(postmortem, writing)),
    ...(pictures.length > 0
      ? [
          section(
            'pictures',
            'Pictures',
            pictures.map(({ name, alt }) => ({ kind: 'picture', name, alt })),
          ),
        ]
      : []),
  ];
}

function measuredBlocks(postmortem: Postmortem, writing: Writing): readonly DocumentBlock[] {
  const items = observed(postmortem, ['measured'], writing);
  return items.length > 0 ? [{ kind: 'list', items }] : [missing('Nothing was measured.')];
}

function timelineBlocks(writing: Writing): readonly DocumentBlock[] {
  const rows = timelineRows(writing);
  return [
    {
      kind: 'table',
      head: ['Time', 'What happened', 'Where'],
      rows: rows.map((row) => [
        row.time,
        row.what,
        row.link === undefined ? [] : [{ link: row.link, text: 'link' }],
      ]),
    },
    ...(rows.some((row) => row.link === undefined)
      ? [
          missing(
            `${some(rows.filter((row) => row.link === undefined).length, 'row')} without a link: the status card was never posted.`,
          ),
        ]
      : []),
  ];
}
