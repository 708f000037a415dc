import type { Answer } from '../../src/domain/evidence.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { ACTIONS, EVIDENCE_MORE, encodeRef } from '../action-ids.ts';
import { actions, button, option, overflow } from '../controls.ts';
import { brief } from '../fit.ts';
import type { Block, Element } from '../message.ts';
import { safeUrl } from '../text.ts';
import { attachMenu } from './attach-menu.ts';

export interface EvidenceControls {
  readonly evidence: Pick<Answer, 'reproduction' | 'source' | 'result'>;
  readonly empty: boolean;
  readonly incident?: (Pick<Incident, 'number'> & Partial<Pick<Incident, 'hypotheses'>>) | undefined;
  /** `E7`; without it nothing can be done with the answer but open it. */
  readonly id?: string | undefined;
  /** The evidence to compare with: an earlier one of the same query. */
  readonly earlier?: string | undefined;
}

/** What can be done with an evidence: the usual as buttons, the rarer under *More*. */
export function evidenceControls({ evidence, empty, incident, id, earlier }: EvidenceControls): Block[] {
  const { reproduction, source, result } = evidence;
  const supplied = reproduction.kind === 'supplied';
  const address = supplied
    ? reproduction.permalink
    : reproduction.kind === 'permalink'
      ? reproduction.url
      : undefined;
  const url = safeUrl(address);
  const ref =
    incident && id !== undefined ? { incident: incident.number, second: Number(id.slice(1)) } : undefined;
  const value = ref && encodeRef(ref);
  const label = supplied ? 'Open the message' : `Open in ${brief(source, 60).split(' ')[0] || 'the source'}`;
  const kept = ref !== undefined && !empty;
  const drawable = kept && !supplied && result.kind !== 'text';
  const more = (word: string) => encodeRef({ incident: 0, ...ref, rest: word });
  const row: Element[] = [
    ...(url === undefined ? [] : [{ ...button(ACTIONS.openEvidence, label, value), url }]),
    ...(drawable ? [button(ACTIONS.chart, 'Chart', value)] : []),
    ...(value === undefined || supplied ? [] : [button(ACTIONS.rerun, 'Re-run now', value)]),
    ...(kept && !supplied && earlier !== undefined
      ? [button(ACTIONS.compare, `Compare with ${earlier}`, encodeRef({ ...ref, rest: earlier }))]
      : []),
    ...(incident && ref ? [attachMenu(incident.number, ref.second, incident.hypotheses ?? [])] : []),
    ...(ref === undefined
      ? []
      : [
          overflow(ACTIONS.evidenceMore, [
            ...(kept ? [option('All rows', more(EVIDENCE_MORE.rows))] : []),
            ...(drawable && result.kind === 'series'
              ? [option('Chart with the time before', more(EVIDENCE_MORE.baseline))]
              : []),
            option('Pin', more(EVIDENCE_MORE.pin)),
            ...(supplied ? [] : [option('Save to knowledge', more(EVIDENCE_MORE.save))]),
          ]),
        ]),
  ];
  return row.length === 0 ? [] : [actions(...row)];
}
