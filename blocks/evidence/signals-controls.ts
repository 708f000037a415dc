import type { SignalLine, SignalsReport } from '../../src/domain/signals/report.ts';
import { ACTIONS, numbered } from '../action-ids.ts';
import { actions, option } from '../controls.ts';
import { brief } from '../fit.ts';
import { idsOf } from '../investigation/cited.ts';
import type { Block, Element, Option } from '../message.ts';

/** Slack's limits on an option's value and on their number. https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const VALUE = 150;
const OPTIONS = 100;

/**
 * *Not this one*: another metric for a signal, remembered for the team, or a choice of a person's given back. *Show evidence*: the
 * card of one evidence. A command too long for an option's value is left out: it can be typed.
 */
export function signalsControls(report: SignalsReport): Block[] {
  const menus = [
    ...menu('Not this one', otherChoices(report), 0),
    ...menu('Show evidence', evidenceOptions(report), 1),
  ];
  return menus.length === 0 ? [] : [actions(...menus)];
}

function otherChoices({ lines, correct }: SignalsReport): readonly Option[] {
  if (correct === undefined) return [];
  return lines.flatMap(({ signal, others, chosen }): Option[] => [
    ...(chosen.some(({ by }) => by !== undefined)
      ? [option(`${signal}: let Steady choose again`, `${correct} ${signal}=auto`)]
      : []),
    ...others.map((metric) => option(`${signal}: ${metric}`, `${correct} ${signal}=${metric}`)),
  ]);
}

function evidenceOptions({ lines, top }: SignalsReport): readonly Option[] {
  const named = lines.flatMap(({ signal, amounts }) =>
    idsOf(amounts.map(({ evidence }) => evidence)).map((id) =>
      option(`${id}: ${labelOf(signal, amounts, id)}`, `evidence ${id}`),
    ),
  );
  const errors = idsOf([top?.evidence]).map((id) => option(`${id}: top errors`, `evidence ${id}`));
  return [...named, ...errors];
}

function labelOf(signal: string, amounts: SignalLine['amounts'], id: string): string {
  const own = amounts.filter(({ evidence }) => evidence?.id === id);
  return [signal, ...new Set(own.flatMap(({ of }) => of ?? []))].map((one) => brief(one, 40)).join(' ');
}

function menu(placeholder: string, options: readonly Option[], place: number): Element[] {
  const fitting = options
    .filter(({ value }) => value !== undefined && value.length <= VALUE)
    .slice(0, OPTIONS);
  if (fitting.length === 0) return [];
  return [
    {
      type: 'static_select',
      action_id: numbered(ACTIONS.say, place),
      placeholder: { type: 'plain_text', text: placeholder, emoji: false },
      options: [...fitting],
    },
  ];
}
