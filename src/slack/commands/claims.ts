import { doneLine } from '../../../blocks/done.ts';
import { unverifiedList } from '../../../blocks/investigation/verify.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { incidentId } from '../../domain/incident.ts';
import { claimNamed, postedClaims } from '../../domain/investigation/posted-claims.ts';
import { act } from '../../flows/act.ts';
import { askerOf, readingOf } from '../call.ts';
import { hintsOnClaim } from '../claim-hints.ts';
import type { CommandRow } from '../command-row.ts';
import { targetOf } from '../target.ts';
import { verifyClaim } from '../verify-claim.ts';

/** What is said to be so, with the evidence that shows it. */
export const CLAIMS: readonly CommandRow[] = [
  {
    name: 'claim',
    also: ['we claim'],
    group: 'investigate',
    usage: 'claim <what is so> E3 E5',
    summary:
      'Put a statement on the timeline, with links to its evidence; UNVERIFIED where that does not show a number of it.',
    examples: ['claim payments answers 429 to 61 % of our calls E5'],
    options: [],
    target: 'open',
    run: async (call) => {
      const incident = await targetOf(call);
      const command = { type: 'claim', text: call.text } as const;
      const { after } = await act(call.bot.world, incident, command, askerOf(call.request));
      const claimed = after.claims.at(-1);
      const id = claimed?.id ?? 'it';
      const message = doneLine(after, `${id} is under the status card.`, await readingOf(call, after));
      const hints = hintsOnClaim(after, id, claimed?.text);
      if (call.request.kind === 'slash') return { kind: 'private', message: hints ?? message };
      return { kind: 'thread', message, ...(hints && { also: hints }) };
    },
  },
  {
    name: 'verify',
    also: ['unverified'],
    group: 'investigate',
    usage: 'verify [C2|impact|known|mitigation|resolution] [E7]',
    summary:
      'Name the evidence that shows a claim, later: its message is edited in place. Alone it lists what is unverified.',
    examples: ['verify C2 E7', 'verify impact E5', 'verify'],
    options: [],
    target: 'any',
    run: async (call) => {
      const incident = await targetOf(call);
      const [name = '', evidence] = call.text.trim().split(/\s+/);
      if (name === '') {
        const open = postedClaims(incident).filter((one) => !one.claim.verified);
        const reading = await readingOf(call, incident);
        return { kind: 'private', message: unverifiedList(incident, open, reading) };
      }
      const posted = claimNamed(incident, name);
      if (!posted)
        throw new RuleViolation(
          'no-such-claim',
          `${incidentId(incident.number)} has no claim of that name. \`verify C2 E7\`, \`verify impact E7\`, \`verify known E7\`, \`verify mitigation E7\` or \`verify resolution E7\`; \`verify\` alone lists what is unverified.`,
          [{ label: 'Unverified', command: 'verify' }],
        );
      const by = evidence === undefined ? {} : { evidence: evidence.toUpperCase() };
      return verifyClaim(call, incident, posted, by);
    },
  },
];
