import { RuleViolation } from '../domain/errors.ts';
import { mayAct } from '../safety/access.ts';
import type { Asked } from './call.ts';

/**
 * The default rule, the same for a typed command and a click: full members of the home workspace. A signed mention or click in
 * a channel proves that its sender is in it; which incident may be seen from elsewhere is `maySee`'s.
 */
export async function permit({ bot, request }: Asked): Promise<void> {
  const standing = await bot.directory.standing(request.team, request.by);
  const kind = standing?.bot === true ? 'bot' : standing?.guest === true ? 'guest' : 'member';
  const channel = request.channel ?? request.by;
  const verdict = mayAct({
    actor: {
      user: request.by,
      team: standing?.homeTeam ?? request.byTeam,
      kind,
      ...(standing?.deactivated === true && { deactivated: true }),
    },
    channel: { channel },
    incident: { channel, private: false },
    homeTeam: request.team,
    openings: bot.rules.openings,
  });
  if (verdict.ok) return;
  throw new RuleViolation(
    'not-permitted',
    `${verdict.why} ${verdict.nextStep}`.replace(/<@([UW][A-Z0-9]+)>/g, '@{$1}'),
  );
}
