import { bookmarks } from './bookmarks.ts';
import { canvases } from './canvases.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import { marks } from './marks.ts';
import type { Methods } from './method.ts';
import { people } from './people.ts';
import { views } from './views.ts';
import { workspaceFacts } from './workspace-facts.ts';

/** Every Web API method that the workspace answers. */
export const methods: Methods = {
  ...workspaceFacts,
  ...chat,
  ...conversations,
  ...people,
  ...marks,
  ...bookmarks,
  ...files,
  ...canvases,
  ...views,
};
