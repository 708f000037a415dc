import type { Json, User } from '../model.ts';
import { APP } from '../options.ts';

/** A person as `users.info` answers it; the time zone's offset is the one of now. */
export function presentUser(user: User, now: number): Json {
  const image = 'https://secure.gravatar.com/avatar/0?d=mm';
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: user.deactivated,
    color: '9f69e7',
    real_name: user.realName,
    tz: user.tz,
    tz_label: zoneLabel(user.tz, now),
    tz_offset: zoneOffset(user.tz, now),
    profile: {
      title: '',
      phone: '',
      skype: '',
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.isBot ? '' : user.realName,
      display_name_normalized: user.isBot ? '' : user.realName,
      status_text: '',
      status_emoji: '',
      status_expiration: 0,
      avatar_hash: 'g0',
      ...(user.isBot
        ? { api_app_id: APP.id, bot_id: APP.botId, always_active: true }
        : { email: user.email }),
      first_name: user.realName,
      last_name: '',
      image_24: image,
      image_48: image,
      image_72: image,
      team: user.teamId,
    },
    is_admin: user.isAdmin,
    is_owner: user.isAdmin,
    is_primary_owner: false,
    is_restricted: user.isGuest,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    updated: 1_700_000_000,
    ...(user.isBot ? {} : { is_email_confirmed: true, who_can_share_contact_card: 'EVERYONE' }),
  };
}

/** Seconds east of Greenwich at `now`. */
export function zoneOffset(tz: string, now: number): number {
  const name = zonePart(tz, now, 'longOffset');
  const found = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (found === null) return 0;
  const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60;
  return found[1] === '-' ? -seconds : seconds;
}

function zoneLabel(tz: string, now: number): string {
  return zonePart(tz, now, 'long');
}

function zonePart(tz: string, now: number, style: 'long' | 'longOffset'): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: style }).formatToParts(now);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}
