import type { Conversation, User } from '../model.ts';
import { APP } from '../options.ts';
import type { Slack } from '../slack.ts';
import { slashCommand } from './interactions.ts';
import { Refused } from './refused.ts';

/** Slack's own commands that matter here. */
const BUILT_IN: Readonly<
  Record<string, (slack: Slack, user: User, conversation: Conversation, text: string) => void>
> = {
  '/invite'(slack, user, conversation, text) {
    const name = text.replace(/^@/, '').toLowerCase();
    const invited = [...slack.state.users.values()].find((person) =>
      [person.name, person.realName.toLowerCase()].includes(name),
    );
    if (invited === undefined) throw new Refused(`Nobody here is called ${text}.`);
    slack.membership.join(conversation, invited.id, user.id);
  },
  '/topic': (slack, user, conversation, text) => slack.membership.setTopic(conversation, user.id, text),
  '/leave': (slack, user, conversation) => slack.membership.leave(conversation, user.id),
  '/remove'(slack, user, conversation, text) {
    if (text.replace(/^@/, '').toLowerCase() !== slack.state.app.name.toLowerCase())
      throw new Refused(`Nobody here is called ${text}.`);
    slack.membership.leave(conversation, APP.botUserId, user.id);
  },
  '/archive': (slack, user, conversation) => slack.membership.archive(conversation, user.id),
  '/unarchive': (slack, user, conversation) => slack.membership.unarchive(conversation, user.id),
  '/rename': (slack, user, conversation, text) => slack.membership.rename(conversation, user.id, text),
};

/** A composer text that begins with a slash. */
export async function typedCommand(
  slack: Slack,
  user: User,
  conversation: Conversation,
  typed: string,
): Promise<void> {
  const command = /^\/\S+/.exec(typed)?.[0] ?? '';
  const text = typed.slice(command.length).trim();
  const own = slack.state.app.slashCommands.find((candidate) => candidate.command === command);
  if (own !== undefined)
    return slashCommand(
      slack,
      user,
      conversation,
      command,
      own.shouldEscape ? escapeNames(slack, text) : text,
    );
  const builtIn = Object.hasOwn(BUILT_IN, command) ? BUILT_IN[command] : undefined;
  if (builtIn === undefined)
    throw new Refused(
      `${command} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`,
    );
  builtIn(slack, user, conversation, text);
}

/** With `should_escape`, names arrive as entities. */
function escapeNames(slack: Slack, text: string): string {
  return text.replace(/([@#])([\p{L}\p{N}_-]+)/gu, (whole, sign: string, name: string) => {
    if (sign === '#') {
      const channel = [...slack.state.conversations.values()].find((item) => item.name === name);
      return channel === undefined ? whole : `<#${channel.id}|${channel.name}>`;
    }
    const person = [...slack.state.users.values()].find(
      (item) => item.name === name.toLowerCase() || item.realName === name,
    );
    return person === undefined ? whole : `<@${person.id}|${person.name}>`;
  });
}
