import { ACTIONS, type Ref } from '../../../blocks/action-ids.ts';
import { doneLine } from '../../../blocks/done.ts';
import { mitigationHand } from '../../../blocks/investigation/triage-card.ts';
import type { Incident } from '../../domain/incident.ts';
import { OUTCOMES, SIDES } from '../../domain/investigation/hypothesis.ts';
import { mitigationCommand } from '../../domain/investigation/mitigation-command.ts';
import { MITIGATION_KINDS } from '../../domain/investigation/triage.ts';
import { act } from '../../flows/act.ts';
import { type Asked, askerOf, readingOf } from '../call.ts';
import type { Said } from '../command-row.ts';
import { attach, judge } from '../commands/hypotheses.ts';
import { confirmed } from '../commands/records.ts';
import { openDistil, openResolve } from '../forms/open-closing.ts';
import { openAttach, openHypothesis, openInterim, openJudge, openTest } from '../forms/open-investigation.ts';
import { verifyClicked } from '../verify-claim.ts';
import { notNowKey } from '../waiting.ts';

/** Says it at top level, and shows the exact command to whoever announced it. */
async function announceMitigation(
  asked: Asked,
  incident: Incident,
  word: string | undefined,
  triage: number,
): Promise<Said> {
  const kind = MITIGATION_KINDS.find((one) => one === word);
  if (!kind) throw new TypeError(`No such mitigation: ${word}`);
  const { after } = await act(
    asked.bot.world,
    incident,
    { type: 'announce-mitigation', kind, triage },
    askerOf(asked.request),
  );
  const target = after.started.at(-1)?.target ?? {};
  const hand = mitigationCommand(asked.bot.rules.mitigations, kind, target);
  return { kind: 'private', message: mitigationHand(after, hand, await readingOf(asked, after)) };
}

/** It waits in `status` no longer. */
async function notNow(asked: Asked, incident: Incident, key: string): Promise<Said> {
  const { bot, request } = asked;
  await bot.world.store.remember(request.team, notNowKey(incident, key, request.by), true);
  const line = 'not now. `mute` ends a kind of warning for this incident.';
  return { kind: 'private', message: doneLine(incident, line, await readingOf(asked, incident)) };
}

/** Clicks of the investigation; undefined for any other. */
export function investigationClick(
  asked: Asked,
  kind: string,
  incident: Incident,
  { second, rest }: Ref,
): Promise<Said> | undefined {
  switch (kind) {
    case ACTIONS.stateHypothesis: {
      const parent = /^under:(H[\d.]+)$/.exec(rest ?? '')?.[1];
      const statement = rest?.startsWith('says:') ? rest.slice('says:'.length) : undefined;
      return openHypothesis(asked, incident, {
        ...(parent !== undefined && { parent }),
        ...(statement !== undefined && { statement }),
      });
    }
    case ACTIONS.answerQuestions:
      return second === undefined ? openResolve(asked, incident) : openInterim(asked, incident, second);
    case ACTIONS.distil:
      return openDistil(asked, incident);
    case ACTIONS.judgeIt:
      return openJudge(asked, incident);
    case ACTIONS.announceMitigation:
      return announceMitigation(asked, incident, rest, second ?? 0);
    case ACTIONS.confirm:
      return confirmed(asked, incident, second ?? 0, rest);
    case ACTIONS.verifyClaim:
      return verifyClicked(asked, incident, second ?? 0, rest ?? '-');
    case ACTIONS.guardNotNow:
      return notNow(asked, incident, rest ?? '');
    case ACTIONS.runTest:
      return openTest(asked, incident, rest ?? '');
    case ACTIONS.addEvidence:
      return openAttach(asked, incident, rest === undefined ? {} : { hypothesis: rest });
    case ACTIONS.attachEvidence: {
      const evidence = `E${second}`;
      const [hypothesis, word] = (rest ?? '').split(':');
      const side = SIDES.find((one) => one === word);
      if (hypothesis !== undefined && hypothesis !== '' && side)
        return attach(asked, incident, hypothesis, evidence, side);
      return openAttach(asked, incident, { evidence });
    }
    case ACTIONS.judgeTest: {
      const [hypothesis = '', word] = (rest ?? '').split('/');
      const outcome = OUTCOMES.find((one) => one === word);
      if (!outcome) return undefined;
      return judge(asked, incident, { hypothesis, outcome, ...(second !== undefined && { test: second }) });
    }
    default:
      return undefined;
  }
}
