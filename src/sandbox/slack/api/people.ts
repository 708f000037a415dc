import { presentConversation } from '../present/conversation.ts';
import { presentUser } from '../present/user.ts';
import { ApiError } from './api-error.ts';
import { isIn, type Methods, page, personOf } from './method.ts';

const READ = ['users:read'] as const;

/** https://docs.slack.dev/reference/methods?family=users */
export const people: Methods = {
  'users.info': {
    tier: 4,
    scopes: READ,
    run: (call) => ({ user: presentUser(personOf(call), call.slack.state.now()) }),
  },
  'users.list': {
    tier: 2,
    scopes: READ,
    run(call) {
      const { items, next } = page(call, [...call.slack.state.users.values()], 1000);
      return {
        members: items.map((user) => presentUser(user, call.slack.state.now())),
        cache_ts: Math.floor(call.slack.state.now() / 1000),
        response_metadata: { next_cursor: next },
      };
    },
  },
  'users.lookupByEmail': {
    tier: 3,
    scopes: ['users:read.email'],
    run(call) {
      const email = call.args.required('email').toLowerCase();
      const user = [...call.slack.state.users.values()].find(
        (candidate) => candidate.email === email && !candidate.deactivated && !candidate.isBot,
      );
      if (user === undefined) throw new ApiError('users_not_found');
      return { user: presentUser(user, call.slack.state.now()) };
    },
  },
  'users.conversations': {
    tier: 3,
    scopes: ['channels:read', 'groups:read', 'im:read'],
    run(call) {
      const types = (call.args.text('types') ?? 'public_channel').split(',');
      const names = { channel: 'public_channel', private: 'private_channel', dm: 'im' } as const;
      const who = call.args.text('user');
      const all = [...call.slack.state.conversations.values()].filter(
        (item) =>
          types.includes(names[item.kind]) &&
          (who === undefined
            ? isIn(item)
            : item.members.has(who) && (item.kind === 'channel' || isIn(item))) &&
          !(item.archived && call.args.flag('exclude_archived')),
      );
      const { items, next } = page(call, all, 100);
      return {
        channels: items.map((item) => presentConversation(item)),
        response_metadata: { next_cursor: next },
      };
    },
  },
  'users.getPresence': {
    tier: 3,
    scopes: READ,
    run(call) {
      const person = personOf(call);
      return { presence: person.deactivated || person.doNotDisturb ? 'away' : 'active' };
    },
  },
  'dnd.info': {
    tier: 3,
    scopes: ['dnd:read'],
    run(call) {
      const person = personOf(call);
      const now = Math.floor(call.slack.state.now() / 1000);
      return {
        dnd_enabled: person.doNotDisturb,
        next_dnd_start_ts: person.doNotDisturb ? now - 60 : 1,
        next_dnd_end_ts: person.doNotDisturb ? now + 3600 : 1,
      };
    },
  },
  'usergroups.list': {
    tier: 2,
    scopes: ['usergroups:read'],
    run: (call) => ({
      usergroups: [...call.slack.state.usergroups.values()].map((group) => ({
        id: group.id,
        team_id: [...call.slack.state.users.values()][0]?.teamId,
        is_usergroup: true,
        is_subteam: true,
        name: group.name,
        description: '',
        handle: group.handle,
        is_external: false,
        date_create: 1_700_000_000,
        date_update: 1_700_000_000,
        date_delete: 0,
        auto_provision: false,
        created_by: group.users[0] ?? '',
        updated_by: group.users[0] ?? '',
        prefs: { channels: [], groups: [] },
        ...(call.args.flag('include_users') ? { users: group.users } : {}),
        user_count: group.users.length,
      })),
    }),
  },
  'usergroups.users.list': {
    tier: 2,
    scopes: ['usergroups:read'],
    run(call) {
      const group = call.slack.state.usergroups.get(call.args.required('usergroup'));
      if (group === undefined) throw new ApiError('no_such_subteam');
      return { users: group.users };
    },
  },
};
