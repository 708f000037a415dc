import type { Answer } from '../../src/domain/evidence.ts';
import { MINUTE } from '../../src/domain/time.ts';
import { actions, sayButtons } from '../controls.ts';
import type { Block } from '../message.ts';

/** After nothing was found: buttons for what the source is made of, and for the values that its field does have. */
export function lookInto({
  lookInto: into,
  tool,
  deployment,
  window,
}: Pick<Answer, 'lookInto' | 'tool' | 'deployment' | 'window'>): Block[] {
  if (into === undefined) return [];
  const time = (at: number) => new Date(at).toISOString();
  // An instant is no stretch of time to look at; the half hour before it is.
  const from = window.from < window.to ? window.from : window.to - 30 * MINUTE;
  const end = `env:${deployment} from:${time(from)} to:${time(window.to)}`;
  const row = sayButtons([
    ...(into.field === undefined
      ? []
      : [
          {
            label: `Top values of ${into.field}`,
            command: `values ${tool} ${into.source} ${into.field} ${end}`,
          },
        ]),
    { label: 'Schema', command: `schema ${tool} ${into.source} ${end}` },
  ]);
  return row.length === 0 ? [] : [actions(...row)];
}
