import { citedElsewhere, citedIn, claims, saysAbsence, sentences, shows } from './claim.ts';
import type { EvidenceNote } from './evidence-note.ts';
import { whyTooWeak } from './investigation/bears.ts';

/** What is wrong with an evidence that a claim names. Pointed out to its author alone; it holds nothing back. */
export type ClaimFault =
  | { readonly kind: 'unknown-evidence'; readonly id: string }
  | { readonly kind: 'other-incident'; readonly id: string; readonly incident: number }
  /** It is empty or a part, and the sentence says more than that can show. */
  | { readonly kind: 'cannot-carry'; readonly id: string; readonly why: string }
  /** None of the sentence's numbers and names is in it. */
  | { readonly kind: 'shows-none'; readonly id: string };

/** Words that name nothing. */
const COMMON = new Set(
  'about above after all also and are because been before below but every fail failed failing fails for from had has have into its less more most none not nothing only our over per rate since some still than that the their them then there they this those under was were what when which while who will with'.split(
    ' ',
  ),
);

/** Each evidence that the text names and that does not stand behind its sentence, once each, in order. */
export function claimFaults(text: string, evidence: readonly EvidenceNote[]): readonly ClaimFault[] {
  const { unknown, evidence: known } = claims(text, evidence);
  const said = sentences(text);
  return [
    ...unknown.map((id): ClaimFault => ({ kind: 'unknown-evidence', id })),
    ...citedElsewhere(text).map((one): ClaimFault => ({ kind: 'other-incident', ...one })),
    ...known.flatMap((id): readonly ClaimFault[] => {
      const note = evidence.find((one) => one.id === id);
      const naming = said.filter((one) => citedIn(one).includes(id));
      return note ? faultOf(note, naming) : [];
    }),
  ];
}

function faultOf(note: EvidenceNote, naming: readonly string[]): readonly ClaimFault[] {
  if (naming.some((one) => shows(note, one))) return [];
  const why = naming.map((one) => whyTooWeak(note, one)).find((one) => one !== undefined);
  if (why !== undefined) return [{ kind: 'cannot-carry', id: note.id, why }];
  if (note.empty && naming.some(saysAbsence)) return [];
  const there = namesIn(textOf(note));
  const named = naming.some((one) => [...namesIn(one)].some((name) => there.has(name)));
  return named ? [] : [{ kind: 'shows-none', id: note.id }];
}

/** Everything of an evidence that may hold a name. */
function textOf({ query, source, findings, excerpt }: EvidenceNote): string {
  const labels = findings.flatMap((one) => Object.entries(one.labels).flat());
  const shown =
    excerpt?.kind === 'rows'
      ? [...excerpt.columns, JSON.stringify(excerpt.rows)]
      : excerpt?.kind === 'text'
        ? [excerpt.text]
        : [];
  return [query, source, ...labels, ...shown].join(' ');
}

/** Its words without their plural, those that name nothing left out; `429s` is the name 429. */
function namesIn(text: string): ReadonlySet<string> {
  const found = text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return new Set(
    found
      .filter((one) => !COMMON.has(one) && !/^(?:e|inc)\d+$/.test(one))
      .map((one) => one.replace(/(?<=..[^s])s$/, '')),
  );
}
