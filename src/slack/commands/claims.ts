import { doneLine } from '../../../blocks/done.ts';
import { act } from '../../flows/act.ts';
import { askerOf, readingOf } from '../call.ts';
import { hintsOnClaim } from '../claim-hints.ts';
import type { CommandRow } from '../command-row.ts';
import { targetOf } from '../target.ts';

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
];
