import type { RichTextSection } from '@slack/types';
import { sayNumber } from '../../src/domain/say-number.ts';
import type { Difference, Side, SpotlightReport } from '../../src/domain/signals/spotlight.ts';
import { brief, message, some } from '../fit.ts';
import { notification, plainNotification } from '../headline.ts';
import { citation } from '../investigation/cited.ts';
import type { Message, Reading } from '../message.ts';
import { bullets, lines, section, small } from '../rich.ts';
import { bold, code, type Inline, moment, nameOf, ours, plain, sayWindow } from '../text.ts';
import type { ReportPlace } from './signals-card.ts';

/** What distinguishes the bad from the good: shares and counts, the largest difference first. It says what goes together, never why. */
export function spotlightCard(
  report: SpotlightReport,
  { incident, asker }: ReportPlace,
  reading: Reading,
): Message {
  const { window, before, condition, bad, good, differences } = report;
  const sides = before
    ? ([sayWindow(window, reading), sayWindow(before, reading)] as const)
    : ([condition ?? 'bad', 'the rest'] as const);
  const head = section(
    bold('What distinguishes '),
    code(brief(sides[0], 120)),
    ...(before ? [ours(' from '), code(brief(sides[1], 120))] : []),
    ours(' in '),
    code(brief(report.subject, 160)),
    ' · ',
    moment(window.to, reading),
    ...(asker === undefined ? [] : [plain(` · asked by ${nameOf(asker, reading)}`)]),
  );
  const totals = section(
    ...side(before ? 'These minutes' : 'Bad', bad, report.counts),
    ours(' · '),
    ...side(before ? 'the minutes before' : 'the rest', good, report.counts),
  );
  const blocks = [
    lines([head, totals]),
    differences.length === 0
      ? lines([nothing(report)])
      : bullets(differences.map((one) => difference(one, before !== undefined))),
    ...(report.note === undefined ? [] : [small(brief(report.note, 300))]),
    small(
      `${brief(report.source, 80)} · ${sayWindow(window, reading)} · ${some(report.labels, 'label')} compared. What goes together is no cause: look for what these have in common.`,
    ),
  ];
  const first = differences[0];
  const said = `spotlight: ${first ? `${first.label} ${first.value} ${percent(first.badShare)} of the bad, ${percent(first.goodShare)} of the rest` : 'nothing stands out'}`;
  return message(incident ? notification(incident, said) : plainNotification(said), blocks);
}

/** `the rest: **592,077 requests** E17 without E16`. */
function side(name: string, { total, evidence, without }: Side, counts: string): Inline[] {
  return [
    ours(`${name}: `),
    bold(`${sayNumber(Math.round(total))} ${counts}`),
    ours(' '),
    ...citation(evidence),
    ...(without ? [ours(' without '), ...citation(without)] : []),
  ];
}

function nothing({ bad, good, labels, before }: SpotlightReport): RichTextSection {
  if (bad.total === 0)
    return section(
      bold(before ? 'Nothing in these minutes.' : 'Nothing bad was found.'),
      ' Nothing in this time meets the condition.',
    );
  if (good.total === 0)
    return section(
      bold('There is nothing to compare with.'),
      before ? ' The minutes before are empty.' : ' All of it meets the condition.',
    );
  return section(
    bold('Nothing stands out.'),
    ` No value of ${some(labels, 'label')} differs by 5 points or more between the two.`,
  );
}

/** `route=/api/checkout  99 % of the bad, 13 % of the rest (×7.6) · 23 % of its 12,345 are bad`. */
function difference(one: Difference, minutes: boolean): RichTextSection {
  const also = one.also
    .slice(0, 4)
    .map(([label, value]) => `${brief(label, 40)}=${brief(value, 60) || '""'}`);
  const rest = one.also.length - also.length;
  const lift = one.goodShare > 0 && one.badShare > 0 ? one.badShare / one.goodShare : undefined;
  const of = one.bad + one.good;
  const told: (string | Inline)[] = [
    bold(`${brief(one.label, 60)}=${brief(one.value, 80) || '""'}`),
    '  ',
    bold(percent(one.badShare)),
    minutes ? ' of these minutes, ' : ' of the bad, ',
    bold(percent(one.goodShare)),
    minutes ? ' of those before' : ' of the rest',
    lift === undefined || lift < 1.05 ? '' : ` (×${sayNumber(Number(lift.toPrecision(2)))})`,
    minutes
      ? ` · ${sayNumber(Math.round(one.bad))} against ${sayNumber(Math.round(one.good))}`
      : ` · ${percent(one.bad / of)} of its ${sayNumber(Math.round(of))} are bad`,
    also.length === 0
      ? ''
      : ` · the same: ${also.join(', ')}${rest > 0 ? ` and ${some(rest, 'more label')}` : ''}`,
  ];
  return section(...told.map((part) => (typeof part === 'string' ? plain(part) : part)));
}

function percent(share: number): string {
  return `${sayNumber(Number((share * 100).toPrecision(3)))} %`;
}
