import { sleepNoticeMessage } from '../../../blocks/knowledge/sleep-notice.ts';
import type { Message } from '../../../blocks/message.ts';
import type { SleepNotice } from '../../domain/knowledge/sleep-notice.ts';
import type { Post } from '../../domain/post.ts';
import { sleepNotice } from '../../flows/knowledge/sleep-notices.ts';
import { readingFor } from '../reading.ts';
import type { Office, Plan } from './plan.ts';
import { PRIVATE_PACE, privatePaceKey } from './plan-guard.ts';

type Of<K extends Post['kind']> = Extract<Post, { kind: K }>;

/** A sleep that is due or offered: to the organisation's channel, else to whoever wrote last. */
export async function planSleep(office: Office, team: string, post: Of<'sleep'>): Promise<Plan> {
  const { world } = office;
  const notice = await sleepNotice(world, team, post.notice);
  if (!notice) return { do: 'drop', why: 'there is no such notice' };
  const channel = world.knowledge?.orgs.find((one) => one.name === notice.org)?.channel;
  const message = await draw(office, team, notice);
  if (channel !== undefined) return { do: 'post', to: { channel }, message };
  if (notice.to === undefined) return { do: 'drop', why: 'nobody is known whom it concerns' };
  const now = await world.store.now();
  if (!(await world.store.rememberOnce(team, privatePaceKey(notice.to), now, PRIVATE_PACE)))
    return { do: 'wait', why: 'they were told something else a moment ago' };
  return { do: 'post', to: { dm: notice.to }, message };
}

/** What came of it, where it was said. */
export async function planSleepEdit(office: Office, team: string, post: Of<'sleep-edit'>): Promise<Plan> {
  const { world } = office;
  const [notice, said] = [
    await sleepNotice(world, team, post.notice),
    await world.store.post(team, post.notice),
  ];
  if (!notice || !said || said.state === 'refused') return { do: 'drop', why: 'it was not said' };
  // Posted a moment later it shows how things stand by then; whether it does is not known here.
  if (!said.message) return { do: 'wait', why: 'it is not out yet' };
  return { do: 'edit', edits: [{ at: said.message, message: await draw(office, team, notice) }] };
}

async function draw(office: Office, team: string, notice: SleepNotice): Promise<Message> {
  return sleepNoticeMessage(
    notice,
    await readingFor(office, team, notice.by === undefined ? [] : [notice.by]),
  );
}
