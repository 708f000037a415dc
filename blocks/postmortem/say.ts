import { type Claim, citedIn } from '../../src/domain/claim.ts';
import { type EvidenceNote, linkOf } from '../../src/domain/evidence-note.ts';
import type { Incident, PersonId } from '../../src/domain/incident.ts';
import { DAY, type Instant } from '../../src/domain/time.ts';
import { shorten } from '../fit.ts';
import type { Reading } from '../message.ts';
import { clean, iso, nameOf, safeUrl } from '../text.ts';
import type { Piece, Pieces } from './document.ts';

/** What the sections are written from. */
export interface Writing {
  readonly incident: Incident;
  readonly reading: Reading;
  /** Where an event can be read: its message, else the status card. */
  linkOf(seq: number): string | undefined;
}

/** Characters of one text of people's in a row; the timeline in the archive has all of it. */
const TEXT_SHOWN = 2_000;

/** A name without a sign before it: nobody is pinged. */
export function who(id: PersonId, { reading }: Writing): string {
  return nameOf(id, reading).replace(/^@/, '');
}

/** `14:07`, with the date where the incident went over more than one day; in UTC. */
export function time(at: Instant, { incident }: Writing): string {
  const first = incident.impactSince ?? incident.declaredAt;
  const last = incident.endedAt ?? incident.timeline.at(-1)?.at ?? first;
  const text = iso(at);
  const oneDay =
    Math.floor(first / DAY) === Math.floor(last / DAY) && Math.floor(at / DAY) === Math.floor(first / DAY);
  return oneDay ? text.slice(11, 16) : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}

const SAID =
  /<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>|@\{([^{}\s]{1,80})\}|(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}])/g;

/** People's words: mentions become names, addresses links, evidence of this incident links to what shows it. */
export function said(text: string, writing: Writing): Pieces {
  const tidy = shorten(text, TEXT_SHOWN);
  const out: Piece[] = [];
  let from = 0;
  for (const found of tidy.matchAll(SAID)) {
    out.push(...cited(tidy.slice(from, found.index), writing));
    from = found.index + found[0].length;
    const [whole, slack, braced, url] = found;
    const person = slack ?? braced;
    const address = safeUrl(url);
    if (person !== undefined) out.push(who(person, writing));
    else out.push(address === undefined ? clean(whole) : { link: address, text: address });
  }
  out.push(...cited(tidy.slice(from), writing));
  return out;
}

/** A claim with its label, where nothing stands behind it. */
export function claimed(claim: Claim, writing: Writing): Pieces {
  return [...(claim.verified ? [] : [{ mark: 'unverified' } as const, ' ']), ...said(claim.text, writing)];
}

/** `E7` wherever it is named. */
function cited(text: string, writing: Writing): Pieces {
  if (text === '') return [];
  const known = new Set(citedIn(text));
  return text
    .split(/\b(E\d{1,6})\b/)
    .flatMap((part, index): Piece[] =>
      part === '' ? [] : index % 2 === 1 && known.has(part) ? [evidence(part, writing)] : [part],
    );
}

/** An evidence as a link to its query, else to its card. */
export function evidence(id: string, writing: Writing): Piece {
  const note = writing.incident.evidence.find((one) => one.id === id);
  const link = note && evidenceLink(note, writing);
  return link === undefined ? id : { link, text: id };
}

export function evidenceLink(note: EvidenceNote, writing: Writing): string | undefined {
  const url = safeUrl(linkOf(note));
  if (url !== undefined) return url;
  const recorded = writing.incident.timeline.find(
    ({ event }) => event.type === 'evidence-recorded' && event.evidence.id === note.id,
  );
  return recorded && writing.linkOf(recorded.seq);
}

/** ` (E3, E4)`, linked; nothing where there is none. */
export function evidences(ids: readonly string[], writing: Writing): Pieces {
  if (ids.length === 0) return [];
  return [' (', ...ids.flatMap((id, index) => [...(index > 0 ? [', '] : []), evidence(id, writing)]), ')'];
}

/** Pieces one after the other with something of ours between. */
export function joined(parts: readonly Pieces[], between = ', '): Pieces {
  return parts.flatMap((part, index) => (index === 0 ? part : [between, ...part]));
}
