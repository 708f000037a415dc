import { type Composed, composeText } from '../compose/compose-text.ts';
import type { ComposeContext } from '../compose/context.ts';
import type { User } from '../model.ts';
import type { Slack } from '../slack.ts';
import { nameBlocks } from '../state.ts';

/** What a person's composer knows: everybody, and the channels the person can see. */
export function composeContext(slack: Slack, user: User): ComposeContext {
  const { state } = slack;
  return {
    people: [...state.users.values()].map(({ id, realName, name }) => ({ id, names: [realName, name] })),
    channels: [...state.conversations.values()]
      .filter((item) => item.kind === 'channel' || (item.kind === 'private' && item.members.has(user.id)))
      .map(({ id, name }) => ({ id, name })),
    usergroups: [...state.usergroups.values()].map(({ id, handle }) => ({ id, handle })),
    smartQuotes: state.options.smartQuotes ?? true,
  };
}

/** Typed text as it is sent. */
export function compose(slack: Slack, user: User, typed: string): Composed {
  const composed = composeText(typed, composeContext(slack, user));
  return { text: composed.text, blocks: nameBlocks(slack.state, composed.blocks) };
}
