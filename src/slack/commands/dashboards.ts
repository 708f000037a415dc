import { dashboardsMessage } from '../../../blocks/evidence/dashboards.ts';
import { chooseBackend } from '../../flows/ask.ts';
import { readingOf } from '../call.ts';
import type { Call, CommandRow, Said } from '../command-row.ts';
import { refuseWhereShared } from '../evidence/evidence-place.ts';
import { environmentFor, incidentFor, PATIENCE, windowFor, withEnvironment } from './ask.ts';

export const DASHBOARDS: readonly CommandRow[] = [
  {
    name: 'dashboards',
    also: ['find dashboard', 'boards'],
    group: 'ask',
    usage: 'dashboards [words] [env:prod] [since:30m | from:14:10 to:14:40 | around:14:32]',
    summary: 'Dashboards of Grafana by a word of their title or a tag, each opened over the incident’s time.',
    examples: ['dashboards checkout', 'dashboards payments since:6h'],
    options: ['env', 'since', 'from', 'to', 'around'],
    target: 'any',
    run: dashboards,
  },
];

async function dashboards(call: Call): Promise<Said> {
  const again = (env: string) => withEnvironment(call, env);
  const backend = chooseBackend(call.bot.world.telemetry, 'grafana', environmentFor(call), again);
  const incident = await incidentFor(call);
  await refuseWhereShared(call, incident);
  const window = await windowFor(call, incident);
  const words = call.text.trim();
  const found = (await backend.dashboards?.(words, window, AbortSignal.timeout(PATIENCE))) ?? [];
  const list = `discover grafana dashboards env:${backend.deployment}`;
  const asked = { title: backend.title, words, window, list };
  const message = dashboardsMessage(found, asked, await readingOf(call));
  return { kind: call.request.kind === 'slash' ? 'private' : 'thread', message };
}
