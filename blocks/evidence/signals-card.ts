import type { RichTextSection } from '@slack/types';
import type { Incident, PersonId } from '../../src/domain/incident.ts';
import type { Amount, SignalLine, SignalsReport } from '../../src/domain/signals/report.ts';
import type { Unit } from '../../src/domain/signals/signal.ts';
import { brief, message, some } from '../fit.ts';
import { notification, plainNotification } from '../headline.ts';
import { citation } from '../investigation/cited.ts';
import type { Block, Message, Reading } from '../message.ts';
import { labelled, lines, section, small } from '../rich.ts';
import { bold, type Inline, moment, nameOf, notation, ours, plain, sayWindow } from '../text.ts';
import { sayAmount, sayTimes } from './amount.ts';
import { signalsControls } from './signals-controls.ts';
import { tableOf } from './table-of.ts';

/** Where a report hangs: its incident, and who asked where no question of theirs is above it. */
export interface ReportPlace {
  readonly incident?: Pick<Incident, 'number' | 'severity'>;
  readonly asker?: PersonId;
}

const TITLES: Readonly<Record<SignalsReport['asked'], string>> = {
  signals: 'golden signals',
  red: 'rate, errors, duration',
  use: 'utilization, saturation, errors',
};
const LABELS: Readonly<Record<SignalLine['signal'], string>> = {
  latency: 'Latency',
  traffic: 'Traffic',
  errors: 'Errors',
  saturation: 'Saturation',
  utilization: 'Utilization',
};

/**
 * The golden signals of a service, or a resource's: numbers first, each beside what it was before and with the evidence that
 * shows it, then where errors come from, and in small what was chosen and why, with the way to choose another.
 */
export function signalsCard(
  report: SignalsReport,
  { incident, asker }: ReportPlace,
  reading: Reading,
): Message {
  const { window } = report;
  const head = section(
    bold(`${brief(report.subject, 80)} · ${TITLES[report.asked]}`),
    ' · ',
    moment(window.to, reading),
    ...(asker === undefined ? [] : [plain(` · asked by ${nameOf(asker, reading)}`)]),
  );
  const blocks: Block[] = [
    lines([head]),
    lines(report.lines.map((one) => signalLine(one, reading))),
    ...topErrors(report, reading),
    small(`${[brief(report.source, 80), ...sayUnder(report)].join(', ')} · ${times(report, reading)}`),
    ...report.lines.flatMap((one) => why(one, reading)),
    ...signalsControls(report),
  ];
  const said = `${brief(report.subject, 40)}: ${report.lines.flatMap(saidShort).join(', ')}`;
  return message(incident ? notification(incident, said) : plainNotification(said), blocks);
}

function signalLine({ signal, amounts, lacks }: SignalLine, reading: Reading): RichTextSection {
  const said = amounts.flatMap((one, index): Inline[] => {
    const next = amounts[index + 1];
    const last =
      next === undefined ||
      next.evidence?.id !== one.evidence?.id ||
      next.evidence?.url !== one.evidence?.url;
    return [
      ...(index === 0 ? [] : [ours(' · ')]),
      ...amount(one),
      ...(last ? [ours(' '), ...cited(one)] : []),
    ];
  });
  const missing = lacks === undefined ? [] : notation(brief(lacks, 600), reading);
  return labelled(LABELS[signal], ...said, ...(said.length > 0 && missing.length > 0 ? ['  '] : []), missing);
}

function cited({ evidence, beforeEvidence }: Amount): readonly Inline[] {
  return [...citation(evidence), ...(beforeEvidence ? [ours(', before '), ...citation(beforeEvidence)] : [])];
}

/** `p95 **4.1 s** (was 310 ms, ×13)`. What is the same as before says so: the eye rests on what changed. */
function amount({ of, name, unit, now, before }: Amount): Inline[] {
  const named = [of, name]
    .filter((one) => one !== undefined && one !== '')
    .map((one) => brief(one ?? '', 60))
    .join(' ');
  return [
    ...(named === '' ? [] : [plain(`${named} `)]),
    now === undefined ? ours('no value now', { bold: true }) : bold(sayAmount(now, unit)),
    ours(` (${sayBefore(now, before, unit)})`),
  ];
}

function sayBefore(now: number | undefined, before: number | undefined, unit: Unit): string {
  if (before === undefined) return 'nothing before';
  // An average is no more exact than this.
  const [roughly, was] = [now ?? Number.NaN, before].map((one) =>
    sayAmount(Number(one.toPrecision(2)), unit),
  );
  const times = now === undefined ? undefined : sayTimes(now, before);
  if (roughly === was) return 'as before';
  return `was ${was}${times === undefined ? '' : `, ${times}`}`;
}

function topErrors({ top, window }: SignalsReport, reading: Reading): Block[] {
  if (!top) return [];
  const heading = (text: string) => section(bold('Top errors'), '  ', text, ...citation(top.evidence));
  if (top.lacks !== undefined)
    return [lines([section(bold('Top errors'), '  ', notation(brief(top.lacks, 400), reading))])];
  if (top.places.length === 0)
    return [
      lines([
        section(bold('Top errors'), '  none at ', moment(window.to, reading), ' ', ...citation(top.evidence)),
      ]),
    ];
  const several = new Set(top.places.map(({ service }) => service)).size > 1;
  const rows = top.places.map(({ service, endpoint, code, perSecond }) => [
    [code, several || endpoint === undefined ? service : undefined, endpoint]
      .filter((one) => one !== undefined && one !== '')
      .map((one) => brief(one ?? '', 60))
      .join(' '),
    sayAmount(perSecond, 'per second'),
  ]);
  return [
    lines([heading(`${some(top.total, 'place')}, most frequent first `)]),
    tableOf(['Error', 'Now'], rows, [1]),
  ];
}

function times({ read, window, before }: SignalsReport, reading: Reading): string {
  const [now, was] = [sayWindow(window, reading), sayWindow(before, reading)];
  return read === 'whole'
    ? `now: ${now} · before: ${was}`
    : `now: last value of ${now} · before: average of ${was}`;
}

/** `service="checkout" (also by job, container)`. */
function sayUnder({ under }: SignalsReport): string[] {
  const [first, ...others] = under;
  if (!first) return [];
  const also = others.slice(0, 4).map(({ label }) => brief(label, 40));
  const found = `${brief(first.label, 40)}${first.op}"${brief(first.value, 80)}"`;
  return [also.length === 0 ? found : `${found} (also by ${also.join(', ')})`];
}

/** What a signal was read from, who or what chose it, and why, on one line. */
function why({ signal, chosen }: SignalLine, reading: Reading): Block[] {
  const once = chosen.filter(
    (one, index) => chosen.findIndex(({ metric }) => metric === one.metric) === index,
  );
  if (once.length === 0) return [];
  const said = once.map(({ metric, why: reason, by }) => {
    const reasons = [
      ...(by === undefined ? [] : [`chosen by ${nameOf(by, reading)}`]),
      ...(reason === '' ? [] : [brief(reason.replaceAll('`', ''), 300)]),
    ];
    return `${brief(metric, 120)}${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}`;
  });
  return [small(`${LABELS[signal]} from ${said.join(', ')}`)];
}

/** For a lock screen: the worst number of each signal. */
function saidShort({ signal, amounts }: SignalLine): string[] {
  const shown =
    amounts.find(({ name, now }) => now !== undefined && (name === 'p95' || name === undefined)) ??
    amounts[0];
  if (shown?.now === undefined) return [];
  return [
    `${shown.name === 'p95' ? 'p95' : LABELS[signal].toLowerCase()} ${sayAmount(shown.now, shown.unit)}`,
  ];
}
