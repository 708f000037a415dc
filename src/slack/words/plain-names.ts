import type { Asked } from '../call.ts';

const NAMED = /<([@#])([A-Z0-9]{2,31})(?:\|([^<>]*))?>/g;

/**
 * People and channels in a text that is shown as plain text (titles, reasons, modals), by name: Slack draws their ids there.
 * Where Slack does not tell a channel's name, the id stays out of sight.
 */
export async function plainNames({ bot, request }: Asked, text: string): Promise<string> {
  const names = new Map<string, string>();
  for (const [whole, sign, id = '', label] of text.matchAll(NAMED)) {
    if (names.has(whole)) continue;
    if (sign === '@') names.set(whole, `@${await bot.directory.name(request.team, id)}`);
    else names.set(whole, `#${label || ((await bot.looks.channel(id))?.name ?? 'a channel')}`);
  }
  return text.replace(NAMED, (whole) => names.get(whole) ?? whole);
}
