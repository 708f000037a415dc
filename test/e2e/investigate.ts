import type { View } from '../slack-kit/types.ts';
import type { BotKit } from './bot-kit.ts';
import type { Talk } from './talk.ts';

/** What people do on the way to a cause. Each waits until nothing is on its way. */
export interface Investigate {
  /** The newest message at top level. */
  top(): string;
  /** What stands under the status card. */
  underCard(): readonly string[];
  /** The card of a hypothesis. */
  hypothesis(id: string): string;
  /** What the thread under this message says. */
  answer(ts: string): string;
  /** The form that somebody has open, with what Steady said is wrong in it. */
  form(who: string): View | undefined;
  click(who: string, button: string): Promise<void>;
  submit(who: string, values: Readonly<Record<string, string | readonly string[]>>): Promise<void>;
}

export function investigateIn(kit: BotKit, talk: Talk, channel: string): Investigate {
  const underCard = () => kit.thread(channel, talk.card(channel).ts);
  return {
    top: () => kit.channel(channel).at(-1) ?? '',
    underCard,
    hypothesis: (id) => underCard().find((one) => one.startsWith(`${id} · `)) ?? '',
    answer: (ts) => kit.thread(channel, ts).join('\n'),
    form: (who) => kit.workspace.state.modals.get(kit.person(who).id)?.at(-1),
    click: async (who, button) => {
      await kit.person(who).click(button);
      await kit.settled();
    },
    submit: async (who, values) => {
      await kit.person(who).submit(values);
      await kit.settled();
    },
  };
}

const FIVE = ['mechanism', 'tested', 'assumptions', 'alternatives', 'counterfactual'] as const;

/** The five questions answered by these evidences; the rest `not sure`. */
export function five(answers: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(FIVE.map((name, index) => [name, answers[index] ?? 'unsure']));
}

/** The four checks of the judge, each because of these words; with a gap where one is named. */
export function judgement(
  because: readonly [causation: string, assumptions: string, alternatives: string, gaps: string],
  gap?: string,
): Readonly<Record<string, string>> {
  const [causation, assumptions, alternatives, gaps] = because;
  return {
    causation: 'solid',
    'causation-why': causation,
    'judged-assumptions': 'solid',
    'judged-assumptions-why': assumptions,
    'judged-alternatives': 'solid',
    'judged-alternatives-why': alternatives,
    gaps: gap === undefined ? 'solid' : 'gap',
    'gaps-why': gap ?? gaps,
  };
}
