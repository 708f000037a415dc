import { claims } from '../../src/domain/claim.ts';
import { sayEvidence } from '../../src/domain/draft-update.ts';
import { BUGFIX_PARTS } from '../../src/domain/investigation/record.ts';
import type { KeyQuery, Postmortem } from '../../src/domain/postmortem/postmortem.ts';
import { sayWindowUtc } from '../../src/domain/say-window.ts';
import { DAY } from '../../src/domain/time.ts';
import { sayReview } from '../investigation/conclusion.ts';
import { type DocumentBlock, missing, type Pieces } from './document.ts';
import { claimed, evidenceLink, evidences, said, time, type Writing, who } from './say.ts';

/** The cause where it was validated; else that it was not, why, and the best that was said. */
export function rootCauseBlocks({ rootCause }: Postmortem, writing: Writing): readonly DocumentBlock[] {
  if (rootCause.kind === 'established')
    return [
      {
        kind: 'line',
        pieces: [...said(rootCause.statement, writing), ...evidences(rootCause.evidence, writing)],
      },
      {
        kind: 'line',
        pieces: [
          `${rootCause.hypothesis} survived the test that would have proved it wrong, and the five questions are answered with evidence; ${sayReview(rootCause.review, writing.reading).replace(/@(?=\w)/g, '')}.`,
        ],
      },
      ...(rootCause.resolution
        ? [
            {
              kind: 'line',
              pieces: ['Resolved with: ', ...claimed(rootCause.resolution, writing)],
            } as const,
          ]
        : []),
    ];
  const { best, because } = rootCause;
  return [
    { kind: 'line', pieces: [{ strong: 'Not established.' }, ` ${sentence(because.join('; '))}.`] },
    best === undefined
      ? missing('No cause was stated either. Whoever investigated can: `hypothesis … disproof: …`.')
      : {
          kind: 'line',
          pieces: [
            `Best that was said (${best.from}): `,
            { mark: 'unverified' },
            ' ',
            ...said(best.text, writing),
            ...evidences(
              best.evidence.filter(
                (id) => !claims(best.text, writing.incident.evidence).evidence.includes(id),
              ),
              writing,
            ),
          ],
        },
  ];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function ruledOutBlocks({ ruledOut }: Postmortem, writing: Writing): readonly DocumentBlock[] {
  if (ruledOut.length === 0)
    return [
      missing(
        'Nothing was ruled out by evidence. Whoever looked into something else can add it here, with the query.',
      ),
    ];
  return [
    {
      kind: 'list',
      items: ruledOut.map((one) => [
        ...(one.state === 'looked-at' ? [] : [{ strong: one.id }, '  ']),
        ...said(one.statement, writing),
        ...evidences(one.evidence, writing),
        ` · ${time(one.at, writing)} by ${who(one.by, writing)}`,
        ...(one.expected === undefined ? [] : ['; expected: ', ...said(one.expected, writing)]),
      ]),
    },
  ];
}

/** The queries that something stands on, each with its window and what shows it again. */
export function queryBlocks({ keyQueries, queries }: Postmortem, writing: Writing): readonly DocumentBlock[] {
  const left = queries - keyQueries.length;
  if (keyQueries.length === 0)
    return [
      missing(
        queries === 0
          ? 'No query was asked through Steady.'
          : `${queries} were asked, and nothing that was said names one of them. \`verify\` ties a claim to its evidence.`,
      ),
    ];
  return [
    ...keyQueries.flatMap((one) => queryBlock(one, writing)),
    ...(left > 0
      ? [{ kind: 'line', pieces: [`${left} more were asked; the timeline lists them.`] } as const]
      : []),
  ];
}

function queryBlock({ note, why }: KeyQuery, writing: Writing): readonly DocumentBlock[] {
  const day = new Date(note.window.from).toISOString().slice(0, 10);
  const dated = Math.floor(note.window.from / DAY) === Math.floor(note.window.to / DAY);
  const link = evidenceLink(note, writing);
  const { reproduction } = note;
  const head: Pieces = [
    { strong: `${note.id} · ${note.source}` },
    ` · ${dated ? `${day} ` : ''}${sayWindowUtc(note.window)} · asked by ${who(note.askedBy, writing)} · `,
    ...(link === undefined
      ? []
      : [{ link, text: reproduction.kind === 'supplied' ? 'where it was supplied' : 'open' }, ' · ']),
    why.join('; '),
  ];
  return [
    { kind: 'line', pieces: head },
    { kind: 'code', text: note.query.slice(0, 10_000) },
    ...(reproduction.kind === 'request'
      ? [
          {
            kind: 'line',
            pieces: ['Request: ', { code: `${reproduction.method} ${reproduction.url}` }],
          } as const,
        ]
      : []),
    {
      kind: 'line',
      pieces: [
        'Showed: ',
        ...said(sayEvidence(note), writing),
        ...(note.partial === undefined ? [] : [`. Partial: ${note.partial}`]),
      ],
    },
  ];
}

export function unverifiedBlocks({ unverified }: Postmortem, writing: Writing): readonly DocumentBlock[] {
  if (unverified.length === 0)
    return [{ kind: 'line', pieces: ['None: every claim that was posted names evidence that shows it.'] }];
  return [
    {
      kind: 'list',
      items: unverified.map((one) => {
        const link = writing.linkOf(one.seq);
        const where = `${CLAIM_IN[one.where] ?? one.where}, ${time(one.at, writing)}`;
        return [
          { mark: 'unverified' } as const,
          ' ',
          ...said(one.text, writing),
          ' · ',
          link === undefined ? where : { link, text: where },
          ` by ${who(one.by, writing)}`,
        ];
      }),
    },
  ];
}

const CLAIM_IN: Readonly<Record<string, string>> = {
  impact: 'impact in an update',
  known: 'what was known in an update',
  mitigation: 'the recovery',
  resolution: 'the resolution',
};

const OVERRIDE = {
  overridden: 'Closed without a judge',
  unreviewed: 'Closed unreviewed',
  skipped: 'Closed without a judge',
} as const;

export function overrideBlocks({ overrides }: Postmortem, writing: Writing): readonly DocumentBlock[] {
  if (overrides.length === 0) return [{ kind: 'line', pieces: ['None.'] }];
  return [
    {
      kind: 'list',
      items: overrides.map((one) => {
        const link = writing.linkOf(one.seq);
        const head = `${OVERRIDE[one.kind]} at ${time(one.at, writing)}`;
        return [
          link === undefined ? { strong: head } : { link, text: head },
          ...(one.kind === 'overridden' ? [` by ${who(one.by, writing)}`] : []),
          ...(one.reason === undefined ? [] : [': ', ...said(one.reason, writing)]),
        ];
      }),
    },
  ];
}

/** Fix reports, each part under its name. */
export function fixBlocks({ fixes }: Postmortem, writing: Writing): readonly DocumentBlock[] {
  if (fixes.length === 0) return [missing('No fix report was recorded. Whoever fixed it can: `bugfix`.')];
  return fixes.flatMap((one): DocumentBlock[] => [
    { kind: 'line', pieces: [`Recorded at ${time(one.at, writing)} by ${who(one.by, writing)}:`] },
    {
      kind: 'list',
      items: BUGFIX_PARTS.map(({ name, asks }) => [
        { strong: asks.replace(/ \(.*/, '') },
        '  ',
        ...said(one.parts[name], writing),
      ]),
    },
  ]);
}
