import { summaryOf } from '../../src/domain/knowledge/entry.ts';
import type { Shelved } from '../../src/domain/knowledge/shelf.ts';
import type { RunnableQuery } from '../../src/domain/knowledge/suggestion.ts';
import { ACTIONS, encodeRef } from '../action-ids.ts';
import { actions, button } from '../controls.ts';
import { brief } from '../fit.ts';
import { tierName } from '../knowledge/tier-name.ts';
import type { Block } from '../message.ts';
import { lines, section } from '../rich.ts';
import { code, plain } from '../text.ts';

/** A saved query that may be asked next, with where it proved something. */
export interface OfferedQuery {
  readonly one: Shelved;
  readonly run: RunnableQuery;
  readonly proved?: string;
}

/** One line and one button below an evidence; the query itself is seen before it is asked. */
export function offeredBlocks(
  { one, run, proved }: OfferedQuery,
  { incident, evidence }: { readonly incident: number; readonly evidence: string },
): Block[] {
  const key = brief(one.entry.key, 80) || brief(summaryOf(one.entry), 80) || 'this';
  const head = proved === undefined ? 'What helped before: ' : `${brief(proved, 20)} was proved by `;
  const rest = `${one.shelf}/${one.id}`;
  const value = encodeRef({ incident, second: Number(evidence.slice(1)), rest });
  return [
    lines([
      section(plain(head), code(key), plain(` (${tierName(one.shelf)}): `), code(brief(run.query, 200))),
    ]),
    // A place that is too long for a button is not offered: `recall` finds it.
    ...(value.length > 2_000 ? [] : [actions(button(ACTIONS.runKnown, 'Run it', value))]),
  ];
}
