import { ACTIONS, type Ref, SUGGESTION_CLICKS } from '../../../blocks/action-ids.ts';
import { shownEntry } from '../../../blocks/knowledge/shown-entry.ts';
import { statusMessage } from '../../../blocks/status.ts';
import { RuleViolation } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Suggestion } from '../../domain/knowledge/suggestion.ts';
import { act } from '../../flows/act.ts';
import { findIncident } from '../../flows/incident-of.ts';
import { entryAt } from '../../flows/knowledge/recall.ts';
import { runnableQuery } from '../../flows/knowledge/runnable-query.ts';
import { useKnowledge } from '../../flows/knowledge/use-knowledge.ts';
import { type Asked, askerOf, readingOf } from '../call.ts';
import type { CommandRow, Said } from '../command-row.ts';
import { PATIENCE } from '../evidence/evidence-again.ts';
import { usedInSeen } from '../knowledge/used-in.ts';
import { maySee } from '../target.ts';
import { parseCommand } from '../words/parse-command.ts';

/** Clicks on what is suggested and offered; undefined for any other. */
export function suggestionClick(
  asked: Asked,
  kind: string,
  incident: Incident,
  { second, rest }: Ref,
  table: readonly CommandRow[],
): Promise<Said> | undefined {
  if (kind === ACTIONS.runKnown) return runKnown(asked, incident, rest ?? '', table);
  if (kind !== ACTIONS.suggestion) return undefined;
  const [place = '', click] = (rest ?? '').split('/');
  const index = Number(place);
  const one = incident.suggested.find(({ seq }) => seq === second)?.suggestions[index];
  if (second === undefined || !one) return undefined;
  switch (click) {
    case SUGGESTION_CLICKS.run:
      return runSuggested(asked, incident, one, table);
    case SUGGESTION_CLICKS.show:
      return show(asked, one);
    case SUGGESTION_CLICKS.helped:
      return helped(asked, incident, one);
    case SUGGESTION_CLICKS.dismiss:
      return dismiss(asked, incident, second, index);
    default:
      return undefined;
  }
}

/** Asks it as if somebody had typed it: over the incident's window, with everything that is checked then. */
async function runSuggested(
  asked: Asked,
  incident: Incident,
  { of, name, run }: Suggestion,
  table: readonly CommandRow[],
): Promise<Said> {
  if (!run) throw gone();
  const said = await runQuery(asked, incident, run, table);
  await useKnowledge(asked.bot.world, incident, { of, name, how: 'ran' }, askerOf(asked.request));
  return said;
}

/** A saved query that was offered beside an evidence. Where it is kept is a hint: nobody's own is run from a card. */
async function runKnown(
  asked: Asked,
  incident: Incident,
  place: string,
  table: readonly CommandRow[],
): Promise<Said> {
  const { bot, request } = asked;
  const [, shelf = '', id = ''] = /^(shipped|org\/[^/]+)\/(.+)$/s.exec(place) ?? [];
  const one = shelf === '' ? undefined : await entryAt(bot.world, request.team, { shelf, id });
  const signal = AbortSignal.timeout(PATIENCE);
  const run = one && (await runnableQuery(bot.world, one, incident.service, signal));
  if (!run) throw gone();
  const said = await runQuery(asked, incident, run, table);
  const of = { kind: 'entry', shelf, id, key: one.entry.key } as const;
  await useKnowledge(bot.world, incident, { of, name: one.entry.key, how: 'ran' }, askerOf(request));
  return said;
}

/** One query of what is known, for an incident. */
async function runQuery(
  asked: Asked,
  incident: Incident,
  { tool, deployment, query }: NonNullable<Suggestion['run']>,
  table: readonly CommandRow[],
): Promise<Said> {
  const read = parseCommand(`${tool} ${query} env:${deployment}`, table);
  if (read.kind !== 'command') throw gone();
  return read.parsed.row.run({ ...asked, ...read.parsed, incident: incident.number });
}

async function show(asked: Asked, { of }: Suggestion): Promise<Said> {
  const { bot, request } = asked;
  if (of.kind === 'entry') {
    const one = await entryAt(bot.world, request.team, of);
    if (!one) throw gone();
    return {
      kind: 'private',
      message: shownEntry(one, await usedInSeen(asked, one), await readingOf(asked)),
    };
  }
  const past = await findIncident(bot.world.store, { team: request.team, number: of.number });
  if (!past || !(await maySee(asked, past))) throw gone();
  return { kind: 'private', message: statusMessage(past, [], await readingOf(asked, past)) };
}

async function helped(asked: Asked, incident: Incident, { of, name }: Suggestion): Promise<Said> {
  await useKnowledge(asked.bot.world, incident, { of, name, how: 'helped' }, askerOf(asked.request));
  return { kind: 'posted' };
}

async function dismiss(asked: Asked, incident: Incident, seq: number, index: number): Promise<Said> {
  const command = { type: 'dismiss-suggestion', seq, index } as const;
  await act(asked.bot.world, incident, command, askerOf(asked.request));
  return { kind: 'posted' };
}

function gone(): RuleViolation {
  return new RuleViolation(
    'suggestion-gone',
    'That is not known any more. `recall checkout` looks for what is.',
  );
}
