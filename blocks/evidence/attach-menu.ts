import type { StaticSelect } from '@slack/types';
import type { Hypothesis } from '../../src/domain/investigation/hypothesis.ts';
import { ACTIONS, encodeRef } from '../action-ids.ts';
import { option } from '../controls.ts';
import { brief } from '../fit.ts';

/** Hypotheses offered by one click; *Another* asks for any. */
const OFFERED = 8;

/** What an evidence does for the hypotheses that are alive, one choice each. */
export function attachMenu(
  incident: number,
  evidence: number,
  hypotheses: readonly Hypothesis[],
): StaticSelect {
  const alive = hypotheses.filter((one) => one.state !== 'disproved').slice(-OFFERED);
  const to = (id: string, side: string) => encodeRef({ incident, second: evidence, rest: `${id}:${side}` });
  const offers = alive
    .toReversed()
    .flatMap(({ id, statement }) => [
      option(`supports ${id} · ${brief(statement, 50)}`, to(id, 'for')),
      option(`contradicts ${id}`, to(id, 'against')),
      option(`bears on ${id}`, to(id, 'tests')),
    ]);
  const rest = hypotheses.length === 0 ? 'State a hypothesis …' : 'Another hypothesis …';
  return {
    type: 'static_select',
    action_id: ACTIONS.attachEvidence,
    placeholder: { type: 'plain_text', text: 'Attach', emoji: false },
    options: [...offers, option(rest, encodeRef({ incident, second: evidence }))],
  };
}
