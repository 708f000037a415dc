import type { ClaimFault } from '../../src/domain/claim-faults.ts';
import { type Incident, incidentId } from '../../src/domain/incident.ts';
import { shorten } from '../fit.ts';
import { code, type Inline, plain } from '../text.ts';

/** What is wrong with an evidence that a claim names, and what to do about it; after `it` or the name of a field. */
export function faultWords(
  { number, evidence }: Pick<Incident, 'number' | 'evidence'>,
  fault: ClaimFault,
): (string | Inline)[] {
  const id = incidentId(number);
  const last = evidence.at(-1)?.id;
  switch (fault.kind) {
    case 'unknown-evidence':
      return last === undefined
        ? [plain(` names ${fault.id}; ${id} has no evidence yet. Ask something first: `), code('prom …')]
        : [
            plain(
              ` names ${fault.id}, which ${id} does not have; its evidence ends at ${last}. Name the one that shows it`,
            ),
          ];
    case 'other-incident':
      return fault.incident === number
        ? [plain(` names ${fault.id} of ${id}: here its number alone counts, `), code(fault.id)]
        : [
            plain(
              ` names ${fault.id} of ${incidentId(fault.incident)}. Ask its query here as well, and name `,
            ),
            'the evidence that comes of it',
          ];
    case 'cannot-carry':
      return [
        plain(`: ${shorten(fault.why, 700)}. Say only what it shows, or ask a query whose answer shows it`),
      ];
    case 'shows-none':
      return [
        plain(
          ` names ${fault.id}, which has none of its numbers and names. Name the evidence that shows it, or `,
        ),
        'write the number that it does show',
      ];
  }
}
