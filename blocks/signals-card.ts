import type { RichTextSection } from '@slack/types';
import type { Incident, PersonId } from '../src/domain/incident.ts';
import type { Amount, SignalLine, SignalsReport } from '../src/domain/signals/report.ts';
import { sayAmount, sayTimes } from './amount.ts';
import { citation } from './cited.ts';
import { brief, message, some } from './fit.ts';
import { notification, plainNotification } from './headline.ts';
import type { Block, Message, Reading } from './message.ts';
import { labelled, lines, section, small } from './rich.ts';
import { signalsControls } from './signals-controls.ts';
import { tableOf } from './table-of.ts';
import { bold, type Inline, moment, nameOf, notation, ours, plain, sayWindow } from './text.ts';

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
  const { window, before } = report;
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
    small(
      [
        `${[brief(report.source, 80), ...sayUnder(report)].join(', ')} · now: last value of ${sayWindow(window, reading)} · before: average of ${sayWindow(before, reading)}`,
        ...whyLines(report.lines, reading),
      ].join('\n'),
    ),
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
      ...(last ? [ours(' '), ...citation(one.evidence)] : []),
    ];
  });
  const missing = lacks === undefined ? [] : notation(brief(lacks, 600), reading);
  return labelled(LABELS[signal], ...said, ...(said.length > 0 && missing.length > 0 ? ['  '] : []), missing);
}

/** `p95 **4.1 s** (was 310 ms, ×13)`. */
function amount({ of, name, unit, now, before }: Amount): Inline[] {
  const named = [of, name]
    .filter((one) => one !== undefined && one !== '')
    .map((one) => brief(one ?? '', 60))
    .join(' ');
  const times = now === undefined || before === undefined ? undefined : sayTimes(now, before);
  const was =
    before === undefined
      ? 'nothing before'
      : `was ${sayAmount(before, unit)}${times === undefined ? '' : `, ${times}`}`;
  return [
    ...(named === '' ? [] : [plain(`${named} `)]),
    now === undefined ? ours('no value now', { bold: true }) : bold(sayAmount(now, unit)),
    ours(` (${was})`),
  ];
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
  const coded = top.places.some(({ code }) => code !== undefined);
  const rows = top.places.map(({ service, endpoint, code, perSecond }) => [
    ...(several ? [brief(service, 40)] : []),
    brief(endpoint ?? service, 60),
    ...(coded ? [brief(code ?? '', 30)] : []),
    sayAmount(perSecond, 'per second'),
  ]);
  const columns = [...(several ? ['Service'] : []), 'Endpoint', ...(coded ? ['Code'] : []), 'Now'];
  return [
    lines([heading(`${some(top.total, 'place')}, most frequent first `)]),
    tableOf(columns, rows, [columns.length - 1]),
  ];
}

/** `service="checkout" (also by job, container)`. */
function sayUnder({ under }: SignalsReport): string[] {
  const [first, ...others] = under;
  if (!first) return [];
  const also = others.slice(0, 4).map(({ label }) => brief(label, 40));
  const found = `${brief(first.label, 40)}${first.op}"${brief(first.value, 80)}"`;
  return [also.length === 0 ? found : `${found} (also by ${also.join(', ')})`];
}

/** What each signal was read from, who or what chose it, and why: one line for each metric. */
function whyLines(all: readonly SignalLine[], reading: Reading): string[] {
  return all.flatMap(({ signal, chosen }) =>
    chosen
      .filter((one, index) => chosen.findIndex(({ metric }) => metric === one.metric) === index)
      .map(({ metric, why, by }) => {
        const parts = [
          `${LABELS[signal]} from ${brief(metric, 120)}`,
          ...(by === undefined ? [] : [`chosen by ${nameOf(by, reading)}`]),
          ...(why === '' ? [] : [brief(why.replaceAll('`', ''), 300)]),
        ];
        return parts.join(': ');
      }),
  );
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
