import type { Canvas } from '../canvas.ts';
import type { Json } from '../model.ts';
import { TEAM } from '../options.ts';

/** A canvas as `files.info` answers it: to Slack it is a file like others. */
export function presentCanvas(canvas: Canvas): Json {
  const seconds = Math.floor(canvas.created / 1000);
  return {
    id: canvas.id,
    created: seconds,
    timestamp: seconds,
    updated: Math.floor(canvas.updated / 1000),
    name: canvas.title.replace(/[^\w.-]+/g, '_'),
    title: canvas.title,
    mimetype: 'application/vnd.slack-docs',
    filetype: 'quip',
    pretty_type: 'Canvas',
    user: canvas.owner,
    user_team: TEAM.id,
    editable: true,
    mode: 'quip',
    is_external: false,
    url_private: `https://files.slack.com/files-pri/${TEAM.id}-${canvas.id}/canvas`,
    permalink: `https://${TEAM.domain}.slack.com/docs/${TEAM.id}/${canvas.id}`,
  };
}
