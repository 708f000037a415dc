import { createPictures } from '../charts/draw.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../flows/ports.ts';
import { createRedactor } from '../safety/redactor.ts';
import { namePeople } from '../slack/connection/name-people.ts';
import { openExportSource } from '../storage/export-source.ts';
import type { ExportRequest } from './composition.ts';
import { writeArchive } from './export-archive.ts';
import { storeOptions } from './store-options.ts';

/** Puts an export together: storage for reading alone, names from Slack where it answers, ids where it does not. */
export async function exportWith(
  config: Config,
  request: ExportRequest,
  clock: Clock,
): Promise<readonly string[]> {
  const { patterns, allow } = config.redaction;
  const redactor = createRedactor({ secrets: config.secrets, patterns, allow });
  const source = await openExportSource(storeOptions(config, clock));
  try {
    const { name, workspaceUrl, nameless } = await namePeople(config.slack, clock);
    const done = await writeArchive(
      {
        source,
        config,
        clock,
        redact: (value) => redactor.redactLeaves(value).value,
        ...(request.pictures && { pictures: createPictures() }),
        name,
        workspaceUrl,
        timeLimit: (ms) => AbortSignal.timeout(ms),
      },
      request,
    );
    return [
      `${done.incidents} ${done.incidents === 1 ? 'incident is' : 'incidents are'} in ${request.file}.`,
      ...(done.leftOut > 0
        ? [`${done.leftOut} private left out; --private INC-… includes one by its name.`]
        : []),
      ...(nameless() ? ['Slack did not answer, so people are named by their ids.'] : []),
    ];
  } finally {
    await source.close();
  }
}
