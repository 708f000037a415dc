import type { Postmortem } from '../../src/domain/postmortem/postmortem.ts';
import { sayServiceLevel } from '../../src/domain/postmortem/service-level.ts';
import { sayNumber } from '../../src/domain/say-number.ts';
import { sayDuration } from '../../src/domain/time.ts';
import { some } from '../fit.ts';
import { sayReview } from '../investigation/conclusion.ts';
import { type DocumentBlock, missing, type Pieces } from './document.ts';
import { claimed, joined, said, time, type Writing, who } from './say.ts';

const PHASE = {
  undetected: 'Before anybody knew',
  investigating: 'Investigating',
  mitigated: 'Mitigated, not resolved',
} as const;

/** Title, severity, phases and people in one list. */
export function summaryBlocks(postmortem: Postmortem, writing: Writing): readonly DocumentBlock[] {
  const { times, severityChanges, phases, roles, incident } = postmortem;
  const row = (label: string, ...pieces: Pieces) => [{ strong: label }, '  ', ...pieces];
  const changes = severityChanges.map(({ at, was, severity, by }) => [
    `${was} → ${severity} at ${time(at, writing)} by ${who(by, writing)}`,
  ]);
  const leads = times.leads.map(({ at, lead, how }) => [
    `${who(lead, writing)} since ${time(at, writing)} (${how})`,
  ]);
  const { review } = writing.incident;
  return [
    ...(postmortem.draft ? [missing(`${incident} is still open: this is a draft, and will change.`)] : []),
    {
      kind: 'list',
      items: [
        row('Severity', postmortem.severity, ...(changes.length > 0 ? [', ', ...joined(changes)] : [])),
        ...(postmortem.service === undefined ? [] : [row('Service', ...said(postmortem.service, writing))]),
        row(
          'State',
          postmortem.phase,
          ...(review ? [` · ${sayReview(review, writing.reading).replace(/@(?=\w)/g, '')}`] : []),
        ),
        row(
          'Acknowledged',
          `${time(times.acknowledged.at, writing)} by ${who(times.acknowledged.by, writing)}, by declaring it`,
          ...(leads.length > 0 ? ['; lead: ', ...joined(leads)] : []),
        ),
        ...phases.map((one) =>
          row(
            PHASE[one.phase],
            `${sayDuration(one.duration)} (${time(one.from, writing)}–${one.open ? 'now' : time(one.to, writing)})`,
          ),
        ),
        row('People', roles.map(({ role, person }) => `${who(person, writing)} (${role})`).join(', ')),
      ],
    },
    ...(times.impactAt === undefined
      ? [
          missing(
            `When the impact began was never said: whoever has a graph of it can, with \`started 13:58\`.`,
          ),
        ]
      : []),
  ];
}

/** What hurt, for how long, how much, and what it took of what the service promises. */
export function impactBlocks({ impact, incident }: Postmortem, writing: Writing): readonly DocumentBlock[] {
  const { claims, duration, serviceLevel, budget } = impact;
  const items: Pieces[] = [
    ...(duration === undefined
      ? []
      : [[{ strong: sayDuration(duration) }, ' from the beginning of the impact to its end']]),
    ...claims.map((one) => {
      const link = writing.linkOf(one.seq);
      const from = `said ${time(one.at, writing)}`;
      return [...claimed(one, writing), ' · ', link === undefined ? from : { link, text: from }];
    }),
  ];
  return [
    ...(items.length > 0 ? [{ kind: 'list', items } as const] : []),
    ...(claims.length === 0
      ? [
          missing(
            'Nobody said in an update what customers felt. Whoever led it can: edit this section, and name the evidence.',
          ),
        ]
      : []),
    ...(serviceLevel === undefined
      ? [
          missing(
            'What the service promises is not configured: its owner can set `slo` under `[services.NAME]`.',
          ),
        ]
      : [
          {
            kind: 'line',
            pieces:
              budget === undefined
                ? [
                    `Service level: ${sayServiceLevel(serviceLevel)}. How much of the error budget ${incident} took is not known while the beginning and the end of the impact are not.`,
                  ]
                : [
                    `Service level: ${sayServiceLevel(serviceLevel)}, an error budget of ${sayDuration(budget.budget)} of complete failure. ${incident} took `,
                    { strong: `${budget.share ? 'about' : 'at most'} ${sayDuration(budget.spent)}` },
                    `, ${sayNumber((budget.spent / budget.budget) * 100)} % of it`,
                    ...(budget.share
                      ? [
                          ` (${sayNumber(budget.share.value * 100)} % failing all of the time: `,
                          ...claimed(budget.share.claim, writing),
                          ')',
                        ]
                      : [' if every request failed: no verified claim says which share did']),
                    '.',
                  ],
          } as const,
        ]),
  ];
}

/** How it was noticed, and how long that took. */
export function detectionBlocks(
  { detection, times }: Postmortem,
  writing: Writing,
): readonly DocumentBlock[] {
  const { how, alert, by, afterImpact, afterAlert } = detection;
  const url = alert && (alert.permalink ?? writing.reading.permalink?.(alert));
  const late =
    afterImpact === undefined
      ? []
      : [
          afterImpact >= 0
            ? `, ${sayDuration(afterImpact)} after the impact began`
            : `, ${sayDuration(-afterImpact)} before the impact that was said later`,
        ];
  return [
    {
      kind: 'line',
      pieces: [
        ...(how === 'alert'
          ? [
              'By ',
              url === undefined ? 'an alert' : { link: url, text: 'an alert' },
              ...(times.alertAt === undefined ? [] : [` at ${time(times.alertAt, writing)}`]),
              `; ${who(by, writing)} declared it at ${time(times.declaredAt, writing)}`,
              ...(afterAlert === undefined ? [] : [`, ${sayDuration(afterAlert)} after the alert`]),
            ]
          : [
              `By a person: ${who(by, writing)} declared it at ${time(times.declaredAt, writing)}, from no alert`,
            ]),
        ...late,
        '.',
      ],
    },
    ...(afterImpact === undefined
      ? [missing('How long it went unnoticed is not known: nobody said when the impact began.')]
      : []),
  ];
}

/** Whether the channel heard when it was promised to. */
export function communicationBlocks(
  { communication: one }: Postmortem,
  writing: Writing,
): readonly DocumentBlock[] {
  const rate =
    one.onTimeRate === undefined
      ? 'No update was due'
      : `${one.kept} of ${one.of} promised updates came in time (${Math.round(one.onTimeRate * 100)} %)`;
  return [
    {
      kind: 'list',
      items: [
        [rate],
        [`Longest silence: ${sayDuration(one.longestSilence)}`],
        [
          `${some(one.updates, 'update')}, ${one.heartbeats} without change, ${some(one.reminders, 'reminder')}`,
        ],
        ...one.late.map(({ dueAt, at }) => [
          `Promised for ${time(dueAt, writing)}, came at ${time(at, writing)}`,
        ]),
        ...one.snoozes.map(({ at, by, reason }) => [
          `Put off at ${time(at, writing)} by ${who(by, writing)}: `,
          ...said(reason, writing),
        ]),
      ],
    },
  ];
}
