import { RuleViolation } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Asked } from '../call.ts';
import { isEvidenceHidden } from './shared-evidence.ts';

/**
 * Refuses to show telemetry in a channel that another company reads, unless the configuration names it: in the incident's own
 * channel, and where it was asked. What only the asker sees is no one else's to read.
 */
export async function refuseWhereShared({ bot, request }: Asked, incident?: Incident): Promise<void> {
  const named = (channel: string) => bot.rules.sharedChannels.includes(channel);
  if (incident && isEvidenceHidden(bot.rules, incident)) throw shared();
  const { channel, direct, kind } = request;
  if (channel === undefined || direct || kind === 'slash' || channel === incident?.channel || named(channel))
    return;
  if ((await bot.looks.channel(channel))?.shared) throw shared();
}

function shared(): RuleViolation {
  return new RuleViolation(
    'shared',
    'This channel is shared with another company, so evidence is not shown here. Ask in an internal channel, or have it named under `[slack] shared_channels`.',
  );
}
