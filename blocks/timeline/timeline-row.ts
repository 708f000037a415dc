import type { RichTextSection } from '@slack/types';
import { claims } from '../../src/domain/claim.ts';
import type { Incident, Recorded } from '../../src/domain/incident.ts';
import { shorten } from '../fit.ts';
import { sayClaim } from '../headline.ts';
import { claimText } from '../investigation/claim.ts';
import type { Reading } from '../message.ts';
import { section } from '../rich.ts';
import { bold, clean, code, type Inline, iso, link, moment, nameOf, ours, plain, words } from '../text.ts';
import { type Part, type Told, told } from './told.ts';

/** Characters of one part of a row; the whole text goes into the file of the timeline. */
export const ROW_SHOWN = 400;

type Evidence = Incident['evidence'];

/** When the row happened: a marked message has its own time. */
export function rowTime({ at, event }: Recorded): number {
  return event.type === 'entry-added' ? event.writtenAt : at;
}

/** One row: time, who, what, link. */
export function timelineRow(recorded: Recorded, evidence: Evidence, reading: Reading): RichTextSection {
  const { says, parts = [], url } = told(recorded, reading);
  const from = recorded.event.via;
  const via = url ?? from?.permalink ?? (from && reading.permalink?.(from));
  const query = recorded.event.type === 'evidence-recorded';
  return section(
    moment(rowTime(recorded), reading),
    plain(`  ${nameOf(recorded.event.by, reading)}  `),
    ...(typeof says === 'string' ? [says] : says).map((one) =>
      typeof one === 'string' ? bold(one) : moment(one, reading, { bold: true }),
    ),
    ...parts.flatMap((part, index) => [
      ours(index === 0 ? ': ' : ' · '),
      ...(part.label === undefined ? [] : [ours(`${part.label}: `)]),
      ...(query ? [code(shorten(part.text, ROW_SHOWN))] : quoted(part, evidence, reading)),
    ]),
    ...(via === undefined ? [] : [' ', link(via, 'link')]),
  );
}

function quoted(part: Part, evidence: Evidence, reading: Reading): readonly Inline[] {
  if (part.claim !== true) return words(shorten(part.text, ROW_SHOWN), reading);
  const whole = { name: 'timeline', title: 'the file', files: [], max: ROW_SHOWN };
  return claimText(claims(part.text, evidence), evidence, reading, whole);
}

/** The same as one line of plain text, whole. */
export function timelineText(recorded: Recorded, evidence: Evidence, reading: Reading): string {
  const { says, parts = [], url } = told(recorded, reading);
  const said = parts.map(({ label, text, claim }) => {
    const shown = claim === true ? sayClaim(claims(text, evidence)) : text;
    return `${label === undefined ? '' : `${label}: `}${clean(shown).replaceAll('\n', '\n    ')}`;
  });
  const head = `${iso(rowTime(recorded))}  ${nameOf(recorded.event.by, reading)}  ${clean(sayPlainly(says))}`;
  return `${[head, ...(said.length > 0 ? [said.join(' · ')] : [])].join(': ')}${url === undefined ? '' : `  ${clean(url)}`}`;
}

function sayPlainly(says: Told['says']): string {
  return typeof says === 'string'
    ? says
    : says.map((one) => (typeof one === 'string' ? one : iso(one))).join('');
}
