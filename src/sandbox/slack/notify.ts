import { mentionsIn } from './mentions.ts';
import type { Conversation, Message, Notification } from './model.ts';
import { repliesOf, type State } from './state.ts';

const NOTIFICATIONS_KEPT = 10_000;

/** Records whom a new message notifies, and why. Edits and ephemerals never come here. */
export function notify(state: State, conversation: Conversation, message: Message): void {
  if (
    message.subtype !== undefined &&
    message.subtype !== 'file_share' &&
    message.subtype !== 'thread_broadcast'
  )
    return;
  for (const id of conversation.members) {
    const person = state.users.get(id);
    if (person === undefined || person.isBot || person.deactivated || id === message.user) continue;
    const why = reason(state, conversation, message, id);
    if (why === undefined) continue;
    state.notifications.unshift({
      at: state.now(),
      to: id,
      from: message.user,
      conversation: conversation.id,
      ts: message.ts,
      text: message.text,
      why,
      heldBack: person.doNotDisturb,
    });
  }
  state.notifications.length = Math.min(state.notifications.length, NOTIFICATIONS_KEPT);
}

function reason(
  state: State,
  conversation: Conversation,
  message: Message,
  person: string,
): Notification['why'] | undefined {
  if (conversation.kind === 'dm') return 'dm';
  const mentions = mentionsIn(message);
  if (mentions.users.has(person)) return 'mention';
  for (const group of mentions.usergroups)
    if (state.usergroups.get(group)?.users.includes(person) === true) return 'mention';
  const isReply = message.threadTs !== undefined && message.threadTs !== message.ts;
  // Slack drops broadcasts inside threads.
  if (!isReply) return mentions.broadcast ? 'broadcast' : undefined;
  return follows(conversation, message.threadTs ?? '', person, message.ts) ? 'thread' : undefined;
}

/** Started the thread, answered in it, or was named in it. */
function follows(conversation: Conversation, threadTs: string, person: string, before: string): boolean {
  const parent = conversation.messages.find((message) => message.ts === threadTs);
  return [...(parent === undefined ? [] : [parent]), ...repliesOf(conversation, threadTs)].some(
    (message) => message.ts !== before && (message.user === person || mentionsIn(message).users.has(person)),
  );
}
