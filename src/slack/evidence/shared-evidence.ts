import type { Incident } from '../../domain/incident.ts';
import type { Office } from '../delivery/plan.ts';

type Named = Pick<Office, 'sharedChannels'>;

/** Whether another company reads the incident's channel and the configuration does not name it: no evidence there. */
export function isEvidenceHidden({ sharedChannels }: Named, { shared, channel }: Incident): boolean {
  return shared && !sharedChannels.includes(channel);
}

/** Whether it became so unnoticed, while Steady was away or before it came. */
export async function isSharedUnnoticed(
  office: Named & Pick<Office, 'looks'>,
  { shared, channel }: Incident,
): Promise<boolean> {
  if (shared || office.sharedChannels.includes(channel)) return false;
  return (await office.looks.channel(channel))?.shared === true;
}
