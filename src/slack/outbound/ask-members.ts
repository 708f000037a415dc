import type { WebClient } from '@slack/web-api';
import type { AskMembers } from '../../safety/group-members.ts';

/** Who is in a user group, for `createGroupLookUp`. Rejects when Slack does not say. */
export function createAskMembers(client: Pick<WebClient, 'apiCall'>): AskMembers {
  return async (_team, group) => {
    const answer = (await client.apiCall('usergroups.users.list', { usergroup: group })) as {
      users?: readonly string[];
    };
    return answer.users ?? [];
  };
}
