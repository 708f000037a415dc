import type { CallSlack } from './call-slack.ts';
import type { Cleaner } from './clean-payload.ts';
import { type Door, SlackRefusal, SlackUncertain } from './contract.ts';
import { PRIORITY } from './pace.ts';

type CanvasCalls = Pick<Door, 'createCanvas' | 'letIntoCanvas' | 'replaceInCanvas' | 'deleteInCanvas'>;

const HOW = { priority: PRIORITY.update };

/** What is written about canvases. Making one is the only thing that does not repeat safely. https://docs.slack.dev/surfaces/canvases */
export function createCanvases(call: CallSlack, cleaner: Cleaner): CanvasCalls {
  function checked(method: string, text: string): string {
    const safe = cleaner.literal(text);
    if (safe === undefined) throw new SlackRefusal(method, 'withheld');
    return safe;
  }
  const content = (method: string, markdown: string) => ({
    document_content: { type: 'markdown', markdown: checked(method, markdown) },
  });
  const change = (id: string, one: Readonly<Record<string, unknown>>) =>
    call('canvases.edit', { canvas_id: id, changes: [one] }, HOW);
  return {
    async createCanvas(title, markdown, channel) {
      const method = 'canvases.create';
      const made = (await call(
        method,
        {
          title: checked(method, title),
          ...content(method, markdown),
          ...(channel !== undefined && { channel_id: channel }),
        },
        HOW,
      )) as { canvas_id?: unknown };
      if (typeof made.canvas_id !== 'string') throw new SlackUncertain(`${method}: no id in the answer`);
      return made.canvas_id;
    },
    async letIntoCanvas(id, channel) {
      await call(
        'canvases.access.set',
        { canvas_id: id, access_level: 'write', channel_ids: [channel] },
        HOW,
      );
    },
    async replaceInCanvas(id, markdown, section) {
      await change(id, {
        operation: 'replace',
        ...(section !== undefined && { section_id: section }),
        ...content('canvases.edit', markdown),
      });
    },
    async deleteInCanvas(id, section) {
      await change(id, { operation: 'delete', section_id: section });
    },
  };
}
