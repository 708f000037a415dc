import { ACTIONS, type Ref } from '../../../blocks/action-ids.ts';
import type { Incident } from '../../domain/incident.ts';
import { OUTCOMES, SIDES } from '../../domain/investigation/hypothesis.ts';
import type { Asked } from '../call.ts';
import type { Said } from '../command-row.ts';
import { attach, judge } from '../commands/hypotheses.ts';
import { openAttach, openHypothesis, openJudge, openTest } from '../open-investigation.ts';
import { openResolve } from '../open-modal.ts';

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
      return openResolve(asked, incident);
    case ACTIONS.judgeIt:
      return openJudge(asked, incident);
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
