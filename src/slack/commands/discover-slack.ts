import { discoveryCard } from '../../../blocks/evidence/discovery.ts';
import type { SourceLine } from '../../../blocks/evidence/sources.ts';
import type { Call, Said } from '../command-row.ts';

const COMMAND = 'discover slack';

/** The workspace, and the public channels that Steady is in; of private ones only how many, for not everyone may know them. */
async function channelsOf({ bot }: Pick<Call, 'bot'>) {
  const began = bot.world.clock.now();
  const channels = await bot.looks.channels();
  const took = Math.max(0, bot.world.clock.now() - began);
  const title = `Slack ${bot.rules.workspace}`;
  if (!channels)
    return {
      title,
      lists: [],
      missing: [{ kind: 'channels', why: 'Slack did not say which channels Steady is in.' }],
      at: began,
      took,
    };
  const names = (hidden: boolean) =>
    channels.filter((one) => one.private === hidden).map(({ name }) => `#${name}`);
  const secret = names(true).length;
  return {
    title,
    lists: [{ kind: 'channels', names: names(false).sort() }],
    missing: [],
    at: began,
    took,
    secret,
  };
}

export async function channelsLine(call: Pick<Call, 'bot'>): Promise<SourceLine> {
  const { title, lists, missing } = await channelsOf(call);
  return { title, command: COMMAND, discovery: { lists, missing }, age: 0 };
}

export async function discoverSlack(call: Call): Promise<Said> {
  const { title, secret = 0, ...found } = await channelsOf(call);
  const [, , ...filter] = call.text.split(/\s+/);
  const message = discoveryCard(found, {
    title: secret > 0 ? `${title} (and ${secret} private)` : title,
    age: 0,
    command: COMMAND,
    ...(filter.length > 0 && { filter: filter.join(' ') }),
  });
  return { kind: call.request.kind === 'slash' ? 'private' : 'thread', message };
}
